import Diagnostics
import Kconfig
import TestSupport
import Testing

/// An expression as a tree with an evaluator of its own, written down from the definition.
private indirect enum Tree {
  case symbol(Int)
  case constant(Int)
  case comparison(String, Int, Int)
  case not(Tree)
  case and(Tree, Tree)
  case or(Tree, Tree)

  static let names = ["A", "B2", "store.fault", "64BIT", "E_"]
  private static let letters = ["n", "m", "y"]

  static func random(depth: Int, _ random: inout SeededGenerator) -> Tree {
    let index = Int.random(in: 0..<names.count, using: &random)
    switch Int.random(in: 0..<(depth == 0 ? 3 : 9), using: &random) {
    case 0: return .symbol(index)
    case 1: return .constant(Int.random(in: 0...2, using: &random))
    case 2:
      let relation = ["=", "!=", "<", "<=", ">", ">="].randomElement(using: &random) ?? "="
      return .comparison(relation, index, Int.random(in: 0..<names.count, using: &random))
    case 3: return .not(.random(depth: depth - 1, &random))
    case 4, 5, 6: return .and(.random(depth: depth - 1, &random), .random(depth: depth - 1, &random))
    default: return .or(.random(depth: depth - 1, &random), .random(depth: depth - 1, &random))
    }
  }

  /// 0, 1, 2 or nil for unknown.
  func value(_ values: [Int?]) -> Int? {
    switch self {
    case .symbol(let index): return values[index]
    case .constant(let value): return value
    case .comparison(let relation, let left, let right):
      guard let left = values[left], let right = values[right] else { return nil }
      let holds = [
        "=": left == right, "!=": left != right, "<": left < right, "<=": left <= right, ">": left > right,
        ">=": left >= right,
      ]
      return holds[relation] == true ? 2 : 0
    case .not(let tree): return tree.value(values).map { 2 - $0 }
    case .and(let left, let right):
      let both = [left.value(values), right.value(values)]
      return both.contains(0) ? 0 : both.contains(nil) ? nil : both.compactMap { $0 }.min()
    case .or(let left, let right):
      let both = [left.value(values), right.value(values)]
      return both.contains(2) ? 2 : both.contains(nil) ? nil : both.compactMap { $0 }.max()
    }
  }

  /// The text with only the parentheses that it needs and, by chance, some more.
  func text(_ random: inout SeededGenerator, binding outer: Int = 0) -> String {
    let blank = ["", " ", "\n  "].randomElement(using: &random) ?? ""
    let (text, own): (String, Int) =
      switch self {
      case .symbol(let index): (Self.names[index], 3)
      case .constant(let value): ([Self.letters[value], "\"\(Self.letters[value])\""][value % 2], 3)
      case .comparison(let relation, let left, let right):
        (Self.names[left] + blank + relation + blank + Self.names[right], 3)
      case .not(let tree): ("!" + blank + tree.text(&random, binding: 3), 3)
      case .and(let left, let right):
        (left.text(&random, binding: 2) + blank + "&&" + blank + right.text(&random, binding: 2), 2)
      case .or(let left, let right):
        (left.text(&random, binding: 1) + blank + "||" + blank + right.text(&random, binding: 1), 1)
      }
    return own < outer || Int.random(in: 0..<8, using: &random) == 0 ? "(\(blank)\(text)\(blank))" : text
  }
}

/// Random expressions against the evaluator above, with seeds that a failure prints as the test's argument.
@Suite struct RandomExpressionTests {
  private func parse(_ text: String) throws -> KconfigExpression {
    try parsed(text)
  }

  private func evaluate(_ expression: KconfigExpression, _ values: [Int?]) -> KconfigTruth {
    expression.evaluate { operand in
      Tree.names.firstIndex(of: operand.text).flatMap { values[$0] }.flatMap(Tristate.init).map { .tristate($0) }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func agreesWithTheDefinition(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for step in 0..<300 {
      let tree = Tree.random(depth: Int.random(in: 0...6, using: &random), &random)
      let text = tree.text(&random)
      let expression = try parse(text)
      let rewritten = try parse(expression.description)
      let isStable = rewritten.description == expression.description
      try #require(isStable, "seed \(seed) step \(step): \(text)")
      for _ in 0..<20 {
        let values = Tree.names.map { _ in [nil, 0, 1, 2].randomElement(using: &random) ?? nil }
        let truth = evaluate(expression, values)
        let message: Comment = "seed \(seed) step \(step): \(text) with \(values) is \(truth)"
        let isSame = evaluate(rewritten, values).decided == truth.decided && truth.decided == tree.value(values)
        try #require(isSame, message)
        try checkCauses(truth, values, message)
        try checkCompletion(truth, expression, values, &random, message)
      }
    }
  }

  /// An undecided expression names at least one cause, each unknown and named once.
  private func checkCauses(_ truth: KconfigTruth, _ values: [Int?], _ message: Comment) throws {
    guard case .undecided(let names) = truth else { return }
    let texts = names.map(\.text)
    let areUnknown = texts.allSatisfy { name in Tree.names.firstIndex(of: name).map { values[$0] == nil } ?? false }
    try #require(!texts.isEmpty && areUnknown && Set(texts).count == texts.count, message)
  }

  /// A decided value holds whatever the unknown values turn out to be; values for all causes decide an undecided one.
  private func checkCompletion(
    _ truth: KconfigTruth, _ expression: KconfigExpression, _ values: [Int?], _ random: inout SeededGenerator,
    _ message: Comment
  ) throws {
    switch truth {
    case .value(let value):
      let completed = values.map { $0 ?? Int.random(in: 0...2, using: &random) }
      let isSame = evaluate(expression, completed) == .value(value)
      try #require(isSame, message)
    case .undecided(let causes):
      let names = Set(causes.map(\.text))
      let completed = zip(Tree.names, values).map { name, value in
        value ?? (names.contains(name) ? Int.random(in: 0...2, using: &random) : nil)
      }
      let isDecided = evaluate(expression, completed).decided != nil
      try #require(isDecided, message)
    }
  }

  @Test(arguments: [UInt64(21), 22, 23, 24])
  func randomTextsNeverCrash(seed: UInt64) throws {
    let pieces = [
      "A", "b.c", "64", "CONFIG_", "y", "\"", "'", "\\", "=", "!", "<", ">", "&", "&&", "|", "||", "(", ")", " ", "\n",
      "\r\n", "#", "é", "\u{0}", "-", "$",
    ]
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...14, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      // Not `EmbeddedText(wholeFile:)`, which takes CR LF for one character that ends no line.
      let starts = lines.indices.map { SourcePosition(line: $0 + 1, column: 1) }
      guard let found = mistake(EmbeddedText(text: text, path: "x", lineStarts: starts)) else { continue }
      let start = try #require(found.place?.start)
      let exists = lines.indices.contains(start.line - 1) && start.column <= lines[start.line - 1].count + 1
      try #require(exists, "seed \(seed): \(text.debugDescription) \(found.id) \(start)")
    }
  }
}

extension KconfigTruth {
  /// 0, 1, 2 or nil for undecided.
  fileprivate var decided: Int? {
    if case .value(let value) = self { value.rawValue } else { nil }
  }
}
