import Satisfiability

/// All combinations of values that symbols can have: the solver enumerates them, and an evaluation confirms each.
///
/// The evaluation is written down apart from the formula, so that a mistake in one of both shows.
struct ConfirmedEnumeration {
  private let encoding: ConfigurationCircuit
  private let symbols: [SymbolID?]
  private let cases: [TextLiterals]
  private var models: ModelEnumeration
  private var evaluation: KconfigEvaluation

  /// A combination that the formula has and that is not confirmed yet.
  struct Candidate {
    /// What the solver has to keep for these values.
    let literals: [Literal]
    /// The solver, with a solution that has them.
    var solution: SatisfiabilitySolver
  }

  /// - Parameter symbols: nil for those that no file defines; they are n.
  init(of symbols: [SymbolID?], in encoding: ConfigurationCircuit) {
    var encoding = encoding
    self.symbols = symbols
    cases = encoding.cases(of: symbols)
    models = ModelEnumeration(of: encoding.circuit.solver, onto: cases.flatMap { $0.cases.map(\.holds) })
    evaluation = KconfigEvaluation(encoding.model, inside: encoding.cone)
    self.encoding = encoding
  }

  /// The solver of the formula, without the combinations that were found.
  var solver: SatisfiabilitySolver { encoding.circuit.solver }

  /// The next combination of the formula; nil behind the last.
  mutating func next() throws(SolverGaveUp) -> Candidate? {
    guard let values = try models.next() else { return nil }
    let literals = zip(cases.flatMap { $0.cases.map(\.holds) }, values).map { $1 ? $0 : !$0 }
    return Candidate(literals: literals, solution: models.solver)
  }

  /// The combination of a candidate, with what the user says in its solution.
  /// - Throws: `unconfirmed` where evaluating that gives other values.
  mutating func confirmed(
    _ candidate: Candidate
  ) throws(KconfigReachability.Failure) -> KconfigReachability.Combination {
    let solution = candidate.solution
    let values = cases.map { cases in
      String(decoding: cases.cases.first { solution.value(of: $0.holds) }?.text ?? [], as: UTF8.self)
    }
    let combination = KconfigReachability.Combination(
      values: values, witness: encoding.witness(in: solution), answers: encoding.answers(in: solution))
    let evaluated = evaluation.values(of: symbols, with: combination)
    guard evaluated == values else { throw .unconfirmed(combination, evaluated: evaluated) }
    return combination
  }
}

extension ConfigurationCircuit {
  /// What the user says in a solution, in the order in which the files define symbols.
  fileprivate func witness(in solution: SatisfiabilitySolver) -> [KconfigReachability.Setting] {
    var settings: [KconfigReachability.Setting] = []
    var named: [KconfigReachability.Setting] = []
    for (symbol, freedom) in freedoms.sorted(by: { $0.key < $1.key })
    where model.symbols[symbol].name != nil && model.openAnswers.symbols[symbol] == nil
      && solution.value(of: freedom.isUsed)
    {
      let record = model.symbols[symbol]
      let setting = KconfigReachability.Setting(
        symbol: model.name(of: symbol), value: value(of: symbol, freedom, in: solution),
        isText: record.type == .string)
      // A choice symbol is confused by a member that is m behind one that is y.
      if setting.value == "y", record.choice != nil { named.append(setting) } else { settings.append(setting) }
    }
    return settings + named
  }

  private func value(of symbol: SymbolID, _ freedom: Freedom, in solution: SatisfiabilitySolver) -> String {
    if let truth = freedom.truth {
      return solution.value(of: truth.full) ? "y" : solution.value(of: truth.some) ? "m" : "n"
    }
    let text = texts[symbol]?.cases.first { solution.value(of: $0.holds) }?.text ?? []
    return String(decoding: text, as: UTF8.self)
  }
}

extension KconfigEvaluation {
  /// The values of symbols where the `.config` file says just this; n where there is no such symbol.
  fileprivate mutating func values(
    of symbols: [SymbolID?], with combination: KconfigReachability.Combination
  ) -> [String] {
    read(combination.witness, answers: combination.answers)
    // A toolchain that the files cannot be read with gives nothing at all.
    guard model.requirements.allSatisfy({ evaluate($0) == .y }) else { return [] }
    return symbols.map { $0.map { String(decoding: bytes(of: $0), as: UTF8.self) } ?? "n" }
  }
}
