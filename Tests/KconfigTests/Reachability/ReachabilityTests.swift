import Diagnostics
import TestSupport
import Testing

@testable import Kconfig

/// Reachable combinations against evaluating everything that a user can say.
struct ReachabilityTests {
  static func model(_ text: String, _ language: KconfigLanguage) throws -> KconfigModel {
    try KconfigModel.read(language: language, sources: MemorySources(files: ["Kconfig": Array(text.utf8)]))
  }

  /// A small tree in which everything depends on what comes before it: bools, tristates, a choice, a number.
  static func tree(seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    var text = "config MODULES\n\tbool \"modules\"\n\tmodules\n\n"
    var names: [String] = []
    func operand() -> String {
      let name = names.randomElement(using: &random) ?? "y"
      switch Int.random(in: 0..<6, using: &random) {
      case 0: return "!\(name)"
      case 1: return "\(name) = \(["y", "m", "n"].randomElement(using: &random) ?? "y")"
      case 2: return "NUMBER > \(Int.random(in: 0...4, using: &random))"
      default: return name
      }
    }
    func expression() -> String {
      let joint = Bool.random(using: &random) ? " && " : " || "
      return (0..<Int.random(in: 1...2, using: &random)).map { _ in operand() }.joined(separator: joint)
    }
    func condition() -> String { Bool.random(using: &random) ? " if \(expression())" : "" }
    text += "config NUMBER\n\tint \"number\"\n\trange 1 3\n\tdefault 2\n\n"
    for name in ["A", "B", "C"] {
      let type = Bool.random(using: &random) ? "bool" : "tristate"
      let hasPrompt = Int.random(in: 0..<4, using: &random) > 0
      text += "config \(name)\n\t\(type)" + (hasPrompt ? " \"\(name)\"" + condition() : "") + "\n"
      if !names.isEmpty, Bool.random(using: &random) { text += "\tdepends on \(expression())\n" }
      if Bool.random(using: &random) {
        text += "\tdefault \(["y", "m", "n"].randomElement(using: &random) ?? "y")\(condition())\n"
      }
      if Bool.random(using: &random) {
        text += "\t\(Bool.random(using: &random) ? "select" : "imply") TARGET\(condition())\n"
      }
      text += "\n"
      names.append(name)
    }
    text += "config TARGET\n\ttristate\n\tdepends on \(expression())\n\n"
    text += "choice\n\tprompt \"one\"\n"
    for member in ["P", "Q"] {
      text += "config \(member)\n\tbool \"\(member)\"\n\tdepends on \(expression())\n"
    }
    return text + "endchoice\n\nconfig LAST\n\tdef_bool y\n\tdepends on (P || TARGET) && NUMBER != 3\n"
  }

  /// Everything that a user can say, one `.config` file each.
  private static func files() -> [String] {
    func lines(_ symbol: String, _ values: [String]) -> [String] {
      [""] + values.map { $0 == "n" ? "# CONFIG_\(symbol) is not set\n" : "CONFIG_\(symbol)=\($0)\n" }
    }
    let choices = [
      lines("MODULES", ["y"]), lines("A", ["n", "m", "y"]), lines("B", ["n", "m", "y"]), lines("C", ["n", "m", "y"]),
      lines("NUMBER", ["1", "3"]), lines("P", ["y"]), lines("Q", ["y"]),
    ]
    return choices.reduce([""]) { files, lines in files.flatMap { file in lines.map { file + $0 } } }
  }

  private static let symbols = ["MODULES", "NUMBER", "A", "B", "C", "TARGET", "P", "Q", "LAST"]

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...40 as ClosedRange<UInt64>)
  func `combinations are those of everything that a user can say`(language: KconfigLanguage, seed: UInt64) throws {
    let text = Self.tree(seed: seed)
    let model = try Self.model(text, language)
    let numbers = try Self.symbols.map { try #require(model.symbolID(named: $0)) }
    var evaluation = KconfigEvaluation(model)
    var expected: Set<[String]> = []
    for file in Self.files() {
      _ = evaluation.read(Array(file.utf8))
      expected.insert(numbers.map { evaluation.value(of: $0).text })
    }
    let found = try KconfigReachability(of: Self.symbols, in: model)
    #expect(Set(found.combinations.map(\.values)) == expected, "seed \(seed)\n\(text)")
    #expect(found.combinations.count == expected.count, "seed \(seed)")
    #expect(found.undefined.isEmpty)
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...8 as ClosedRange<UInt64>)
  func `choices and texts of every kind have no other combinations either`(
    language: KconfigLanguage, seed: UInt64
  ) throws {
    let tree = RandomTree(seed: seed, isOld: language == .v6_1)
    let model = try Self.model(tree.text, language)
    let symbols = tree.symbols.filter { $0 != "NAME" }
    let numbers = symbols.compactMap { model.symbolID(named: $0) }
    var evaluation = KconfigEvaluation(model)
    var expected: Set<[String]> = []
    for words in tree.allWords {
      let messages = evaluation.read(tree.file(words, behind: words))
      // Lines that confuse a choice symbol are nothing that a user means.
      if messages.contains(where: { $0.summary.contains("inconsistent") }) { continue }
      expected.insert(numbers.map { evaluation.value(of: $0).text })
    }
    let found = try KconfigReachability(of: symbols, in: model)
    #expect(Set(found.combinations.map(\.values)) == expected, "seed \(seed)\n\(tree.text)")
  }

  @Test func `a witness gives its combination`() throws {
    let model = try Self.model(Self.tree(seed: 7), .v6_12)
    for combination in try KconfigReachability(of: Self.symbols, in: model).combinations {
      var evaluation = KconfigEvaluation(model)
      _ = evaluation.read(Array(combination.witness.map { $0.line + "\n" }.joined().utf8))
      let values = Self.symbols.map { model.symbolID(named: $0).map { evaluation.value(of: $0).text } ?? "n" }
      #expect(values == combination.values)
    }
  }

  @Test func `what nobody defines is n, and named`() throws {
    let found = try KconfigReachability(of: ["A", "NOWHERE"], in: try Self.model(Self.tree(seed: 1), .v6_12))
    #expect(found.undefined == ["NOWHERE"])
    #expect(found.combinations.allSatisfy { $0.values[1] == "n" })
  }

  @Test func `more combinations than asked for are refused`() throws {
    let model = try Self.model("config A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\n", .v6_12)
    #expect(throws: KconfigReachability.Failure.tooManyCombinations(3)) {
      try KconfigReachability(of: ["A", "B"], in: model, mostCombinations: 3)
    }
  }
}
