import Diagnostics
import Kconfig

/// The closed set of names that a rule may use: Kconfig symbols in UPPER_CASE, facts of the simulation in lower.case.
///
/// An unknown name is an error, because a rule that silently never fires looks like a pass.
struct Vocabulary: Sendable {
  /// What a fact can be.
  enum FactType: Sendable {
    /// y or n.
    case truth
    /// One of these words.
    case words([String])
  }

  /// Facts by name.
  let facts: [String: FactType]
  private let symbols: Set<String>

  /// The vocabulary of one quantifier.
  init(for quantifier: Rule.Quantifier, symbols: Set<String>) {
    self.symbols = symbols
    var facts: [String: FactType] = [:]
    for (level, own) in Self.factsByLevel where Self.levels(of: quantifier).contains(level) {
      facts.merge(own) { first, _ in first }
    }
    self.facts = facts
  }

  /// A cell knows what its configuration knows, a run what its cell knows.
  private static func levels(of quantifier: Rule.Quantifier) -> [Rule.Quantifier] {
    switch quantifier {
    case .select: [.select]
    case .architecture: [.architecture]
    case .configuration: [.configuration]
    case .cell: [.configuration, .cell]
    case .flush: [.configuration, .cell, .flush]
    case .icacheSync: [.configuration, .cell, .icacheSync]
    }
  }

  private static let factsByLevel: [(Rule.Quantifier, [String: FactType])] = [
    (.select, ["select.exists": .truth, "select.is_opt_in": .truth]),
    (.architecture, ["opt_in.selected": .truth, "feature.reachable": .truth]),
    (
      .configuration,
      [
        "opt_in.selected": .truth, "feature.enabled": .truth, "flush.implemented": .truth, "flush.announced": .truth,
        "struct_page.power_of_two": .truth, "page_kernel_ro": .truth,
        "live_pte_replace": .words(["allowed", "forbidden", "handled"]),
      ]
    ),
    (
      .cell,
      [
        "hugepage.optimizable": .truth, "remap.replaces_live_pte": .truth, "remap.splits_live_block": .truth,
      ]
    ),
    (.flush, runFacts),
    (.icacheSync, runFacts),
  ]

  private static let runFacts: [String: FactType] = [
    "page.optimized": .truth, "run.understood": .truth, "run.faults": .truth, "run.writes_alias": .truth,
    "run.loses_flush": .truth,
  ]

  /// Everything that is wrong with the names of an expression, and with what they are compared with.
  func problems(in expression: KconfigExpression) -> [Diagnostic] {
    let unknown = expression.symbols.filter { kind(of: $0) == nil }.map(unknownName)
    guard unknown.isEmpty else { return unknown }
    let alone = expression.operands.filter { $0.role == .truth }.compactMap(problem(inTruth:))
    return alone + expression.comparisons.compactMap(problem(in:))
  }

  private func unknownName(_ name: KconfigOperand) -> Diagnostic {
    let candidates = facts.keys.sorted() + symbols.sorted() + words.sorted()
    var help = didYouMean(name.text, among: candidates)
    if help.isEmpty { help = ["facts here are: " + facts.keys.sorted().joined(separator: ", ")] }
    return Diagnostic(id: "RULE003", "unknown name '\(name.text)' in a rule", at: name.range, help: help)
  }

  // MARK: what fits together

  /// What an operand is to a rule.
  private enum Kind {
    /// y, m or n: a fact, a symbol or one of the three letters.
    case truth
    /// A fact that is one of these words.
    case wordFact([String])
    /// A bare word that some fact can be, or a quoted text or number, which none can.
    case word
  }

  private func kind(of operand: KconfigOperand) -> Kind? {
    switch operand.kind {
    case .name:
      if case .words(let own)? = facts[operand.text] { return .wordFact(own) }
      if facts[operand.text] != nil || symbols.contains(operand.text) { return .truth }
      return words.contains(operand.text) ? .word : nil
    case .constant(.tristate): return .truth
    case .constant: return .word
    }
  }

  private func problem(inTruth operand: KconfigOperand) -> Diagnostic? {
    switch kind(of: operand) {
    case .truth?, nil: nil
    case .wordFact(let words)?:
      mismatch(
        "'\(operand.text)' is a word, not y or n", at: operand, help: words.map { "\(operand.text) = \($0)" })
    case .word?: mismatch("'\(operand.text)' is neither y nor n, so it never holds", at: operand, help: [])
    }
  }

  private func problem(in comparison: KconfigComparison) -> Diagnostic? {
    let (left, right) = (comparison.left, comparison.right)
    switch (kind(of: left), kind(of: right)) {
    case (.truth?, .truth?), (nil, _), (_, nil): return nil
    case (.wordFact(let own)?, .word?):
      return problem(comparing: left, own, with: right, by: comparison.relation)
    case (.word?, .wordFact(let own)?):
      return problem(comparing: right, own, with: left, by: comparison.relation)
    case (.truth?, _): return mismatch("'\(left.text)' is y or n, never '\(right.text)'", at: right, help: [])
    case (_, .truth?) where !isWordFact(left):
      return mismatch("'\(right.text)' is y or n, never '\(left.text)'", at: left, help: [])
    default:
      return mismatch("'\(left.text)' is never '\(right.text)'", at: right, help: [])
    }
  }

  private func isWordFact(_ operand: KconfigOperand) -> Bool {
    if case .wordFact? = kind(of: operand) { true } else { false }
  }

  private func problem(
    comparing fact: KconfigOperand, _ own: [String], with word: KconfigOperand, by relation: KconfigRelation
  ) -> Diagnostic? {
    guard own.contains(word.text) else {
      return mismatch("'\(fact.text)' is never '\(word.text)'", at: word, help: didYouMean(word.text, among: own))
    }
    guard relation == .equal || relation == .notEqual else {
      return mismatch("the words of '\(fact.text)' have no order", at: fact, help: ["compare with = or !="])
    }
    return nil
  }

  private func mismatch(_ message: String, at operand: KconfigOperand, help: [String]) -> Diagnostic {
    let others = words.isEmpty ? "" : "; words are: " + words.sorted().joined(separator: ", ")
    let usual = "facts and symbols are y, m or n" + others
    return Diagnostic(
      id: "RULE009", message, at: operand.range, reasons: ["a rule that never fires would look like a pass"],
      help: help.isEmpty ? [usual] : help)
  }

  /// The words that some fact of this quantifier can be.
  private var words: Set<String> { Set(facts.values.flatMap(Self.words(of:))) }

  /// The words that some fact of any quantifier can be.
  static let allWords = Set(factsByLevel.flatMap { $0.1.values }.flatMap(words(of:)))

  private static func words(of type: FactType) -> [String] {
    if case .words(let words) = type { words } else { [] }
  }
}
