import Satisfiability

/// What a user answers where a symbol has a prompt.
extension ConfigurationCircuit {
  /// The answer about a bool or tristate.
  struct Answer {
    /// Which of the symbols asked about.
    var index: Int
    /// Whether there is one at all.
    var isSaid: Literal
    var truth: TruthLiterals
    /// y, n, and m where it can be said.
    var byPreference: [Literal]
  }

  /// The answers about symbols; there is none about one without a prompt, or a text.
  mutating func answers(about symbols: [String]) -> [Answer] {
    var answers: [Answer] = []
    for (index, symbol) in symbols.enumerated() {
      guard let id = model.definedSymbol(named: symbol), let freedom = freedoms[id], let truth = freedom.truth
      else { continue }
      let isModule = circuit.and(truth.some, !truth.full)
      answers.append(
        Answer(
          index: index, isSaid: freedom.isSaid, truth: truth,
          byPreference: [truth.full, !truth.some] + (isModule == circuit.never ? [] : [isModule])))
    }
    return answers
  }

  /// Where symbols have values. What no file defines is n, and so is what is no bool and no tristate.
  mutating func literals(of values: [(symbol: SymbolID?, value: Tristate)]) -> [Literal] {
    var literals: [Literal] = []
    for (symbol, value) in values {
      let truth = symbol.map { truths[$0] } ?? TruthLiterals(circuit.never)
      switch value {
      case .y: literals.append(truth.full)
      case .m: literals.append(circuit.and(truth.some, !truth.full))
      case .n: literals.append(!truth.some)
      }
    }
    return literals
  }
}
