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

  /// Everything that is wrong with the names of an expression.
  func problems(in expression: KconfigExpression) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for symbol in expression.symbols where facts[symbol.text] == nil && !symbols.contains(symbol.text) {
      if Self.words.contains(symbol.text) { continue }
      let candidates = facts.keys.sorted() + symbols.sorted() + Self.words.sorted()
      var help = didYouMean(symbol.text, among: candidates)
      if help.isEmpty { help = ["facts here are: " + facts.keys.sorted().joined(separator: ", ")] }
      problems.append(
        Diagnostic(id: "RULE003", "unknown name '\(symbol.text)' in a rule", at: symbol.range, help: help))
    }
    return problems
  }

  /// The words that some fact can be.
  static let words = Set(
    factsByLevel.flatMap { $0.1.values }.flatMap { type -> [String] in
      if case .words(let words) = type { words } else { [] }
    })
}
