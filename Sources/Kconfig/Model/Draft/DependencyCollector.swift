/// Joins what the entries of the menu say about each symbol: what it depends on, what selects and what implies it.
struct DependencyCollector {
  /// Selections and implications in the order in which they take effect: of which symbol, and when.
  private var selections: [(target: SymbolID, by: ExpressionID)] = []
  private var implications: [(target: SymbolID, by: ExpressionID)] = []
  /// What each definition of a symbol depends on, in the order in which they are finished.
  private var dependencies: [(symbol: SymbolID, on: ExpressionID)] = []

  mutating func addSelection(of target: SymbolID, by condition: ExpressionID) {
    selections.append((target, condition))
  }

  mutating func addImplication(of target: SymbolID, by condition: ExpressionID) {
    implications.append((target, condition))
  }

  mutating func addDependency(of symbol: SymbolID, on condition: ExpressionID) {
    if !condition.isEmpty { dependencies.append((symbol, condition)) }
  }

  /// Gives the symbols what was collected.
  func collect(into symbols: inout SymbolTable, _ rewriter: inout ExpressionRewriter) throws(KconfigRejection) {
    try collectDependencies(into: &symbols, &rewriter)
    for (target, list) in Self.lists(of: selections, rewriter.expressions) {
      symbols[target].selection = rewriter.list(.or, list)
    }
    for (target, list) in Self.lists(of: implications, rewriter.expressions) {
      symbols[target].implication = rewriter.list(.or, list)
    }
    try rewriter.spend(selections.count + implications.count)
  }

  private func collectDependencies(
    into symbols: inout SymbolTable, _ rewriter: inout ExpressionRewriter
  ) throws(KconfigRejection) {
    var lists: [SymbolID: [ExpressionID]] = [:]
    for (symbol, dependency) in dependencies {
      let known = symbols[symbol].dependency
      if known.isEmpty {
        symbols[symbol].dependency = dependency
      } else {
        if lists[symbol] == nil { rewriter.expressions.append(known, of: .or, to: &lists[symbol, default: []]) }
        rewriter.expressions.append(dependency, of: .or, to: &lists[symbol, default: []])
      }
    }
    for (symbol, list) in lists.sorted(by: { $0.key < $1.key }) {
      try rewriter.spend(list.count)
      symbols[symbol].dependency = rewriter.list(.or, list)
    }
  }

  /// The alternatives for each target, by its number.
  private static func lists(
    of statements: [(target: SymbolID, by: ExpressionID)], _ expressions: ExpressionStore
  ) -> [(target: SymbolID, list: [ExpressionID])] {
    var lists: [SymbolID: [ExpressionID]] = [:]
    for (target, by) in statements { expressions.append(by, of: .or, to: &lists[target, default: []]) }
    return lists.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
