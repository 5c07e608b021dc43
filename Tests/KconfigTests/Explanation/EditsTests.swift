import Diagnostics
import TestSupport
import Testing

@testable import Kconfig

/// Smallest edits and blockades against trying everything that a user can say.
struct EditsTests {
  private struct Outcome {
    var words: RandomTree.Words
    var values: [String]
  }

  private static func model(_ text: String, _ language: KconfigLanguage) throws -> KconfigModel {
    try KconfigModel.read(language: language, sources: MemorySources(files: ["Kconfig": Array(text.utf8)]))
  }

  /// The values of all symbols for everything that a user can say instead of `standing`; lines that confuse a choice of
  /// v6.1 are left out.
  private static func outcomes(
    _ tree: RandomTree, _ model: KconfigModel, from standing: RandomTree.Words
  ) -> [Outcome] {
    let numbers = tree.symbols.compactMap { model.symbolID(named: $0) }
    var evaluation = KconfigEvaluation(model)
    return tree.allWords.compactMap { words in
      let messages = evaluation.read(tree.file(words, behind: standing))
      if confuse(messages) { return nil }
      return Outcome(words: words, values: numbers.map { evaluation.value(of: $0).text })
    }
  }

  private static func confuse(_ messages: [KconfigMessage]) -> Bool {
    messages.contains { $0.summary.contains("inconsistent") }
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...6 as ClosedRange<UInt64>)
  func `edits are as few as trying everything finds`(language: KconfigLanguage, seed: UInt64) throws {
    let tree = RandomTree(seed: seed, isOld: language == .v6_1)
    let model = try Self.model(tree.text, language)
    var random = SeededGenerator(seed: seed &* 77)
    var (standing, present) = (tree.randomWords(using: &random), KconfigEvaluation(model))
    // What confuses a choice is said in other words, of which there are always some.
    while Self.confuse(present.read(tree.file(standing, behind: standing))) {
      (standing, present) = (tree.randomWords(using: &random), KconfigEvaluation(model))
    }
    let outcomes = Self.outcomes(tree, model, from: standing)
    var compared = 0
    for (place, symbol) in tree.symbols.enumerated() {
      let number = try #require(model.symbolID(named: symbol))
      let values = ["NUMBER": ["1", "2", "3", "4"], "NAME": ["x", "z"]][symbol] ?? ["n", "m", "y"]
      for value in values {
        let costs = outcomes.filter { $0.values[place] == value }
          .map { outcome in zip(outcome.words, standing).count { $0 != $1 } }
        let goal = KconfigEdits.Goal(symbol: number, value: value)
        let found = try KconfigEdits(for: [goal], from: present)
        #expect(
          found?.edits.count == costs.min(),
          "seed \(seed), \(symbol)=\(value)\n\(tree.text)\n\(tree.file(standing, behind: standing).text)")
        let blockade = try KconfigBlockade(of: [goal], in: model)
        #expect((blockade == nil) == !costs.isEmpty, "seed \(seed), \(symbol)=\(value)")
        compared += 1
      }
    }
    #expect(compared > 20)
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
