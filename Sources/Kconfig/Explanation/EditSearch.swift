import Satisfiability

/// Looks for the fewest lines that have to change: a MaxSAT search with the goals as hard constraints and a soft constraint
/// for each line of the user, that it stays.
struct EditSearch {
  private let lines: [UserLine]
  private let encoding: ConfigurationCircuit
  private let evaluation: KconfigEvaluation
  private var search: MaxSATSearch

  /// - Parameter evaluation: that of the present lines.
  /// - Returns: nil where no configuration has the values.
  init?(
    for goals: [KconfigEdits.Goal], _ presentLines: PresentLines, _ evaluation: KconfigEvaluation
  ) throws(SolverGaveUp) {
    let (model, user) = (evaluation.model, evaluation.user)
    // The user's own texts have to be told from others: they may stay.
    let texts = model.symbols.ids.compactMap { symbol in
      user.isSet[symbol] ? user.text(of: symbol).map { (symbol: symbol, text: $0) } : nil
    }
    var encoding = ConfigurationCircuit(
      of: goals.map(\.symbol), in: model,
      tellingApart: goals.map { ($0.symbol, Array($0.value.utf8)) } + texts)
    let hard = goals.map { encoding.literal(of: $0) }
    lines = encoding.userLines(of: user, presentLines)
    guard let search = try MaxSATSearch(of: lines.map(\.stays), under: hard, in: encoding.circuit) else { return nil }
    self.search = search
    self.encoding = encoding
    self.evaluation = evaluation
  }

  /// What the toolchain answers in the last solution.
  var answers: [ToolchainAnswer] { encoding.answers(in: search.circuit.solver) }

  /// How the lines change that have to: for each line the first option that goes together with those before it.
  mutating func options() throws(SolverGaveUp) -> [UserLine.Option] {
    let order = lines.indices.sorted { evaluation.prefersChange(of: lines[$0], to: lines[$1]) }
    var options: [UserLine.Option] = []
    for line in try search.leastWanted(inOrder: order).map({ lines[$0] }) {
      for option in line.options where option.literal != line.stays {
        guard try search.allows(options.map(\.literal) + [option.literal]) else { continue }
        options.append(option)
        break
      }
    }
    guard try search.allows(options.map(\.literal)) else { throw SolverGaveUp() }
    return options
  }

  /// Whether every other set of changes with these goals is larger.
  mutating func isOnlyBest(_ options: [UserLine.Option]) throws(SolverGaveUp) -> Bool {
    try !search.allowsOther(than: options.map(\.literal))
  }
}

extension ConfigurationCircuit {
  /// Holds where a symbol has a value.
  mutating func literal(of goal: KconfigEdits.Goal) -> Literal {
    cases(of: goal.symbol).literal(of: Array(goal.value.utf8)) ?? circuit.never
  }
}

extension KconfigEvaluation {
  /// Which of two lines is rather to be changed: what can be seen now, then bools and tristates, then in menu order.
  fileprivate func prefersChange(of first: UserLine, to second: UserLine) -> Bool {
    func key(_ line: UserLine) -> (Int, Int, Int, SymbolID) {
      (
        visibility[line.unit] == .n ? 1 : 0, model.symbols[line.unit].type.isLogical ? 0 : 1,
        model.menu.firstDefinition(of: line.unit)?.position ?? -1, line.unit
      )
    }
    return key(first) < key(second)
  }
}
