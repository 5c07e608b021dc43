import Satisfiability

/// Two copies of a space in one formula, each a configuration of its own, to ask in what two configurations can differ.
struct TwoCopyEncoding {
  private var solver: SatisfiabilitySolver
  /// The answers that there are, as indices of what was asked.
  let asked: [Int]
  /// Where both have the same answer, by index.
  private let isSame: [Int: Literal]
  /// Where they differ in a symbol of the space.
  private let differs: [Literal]
  private let isDifferent: Literal

  init(_ space: KconfigSpace, asked names: [String]) {
    var first = space.encoding
    let answers = first.answers(about: names)
    let firstCases = first.cases(of: space.ids)
    var second = ConfigurationCircuit(besides: first)
    for literal in second.literals(of: space.required) { second.circuit.require(literal) }
    let secondAnswers = second.answers(about: names)
    let secondCases = second.cases(of: space.ids)

    var circuit = second.circuit
    var isSame: [Int: Literal] = [:]
    for (one, other) in zip(answers, secondAnswers) {
      circuit.require(one.isSaid)
      circuit.require(other.isSaid)
      let isSome = circuit.equal(one.truth.some, other.truth.some)
      isSame[one.index] = circuit.and(isSome, circuit.equal(one.truth.full, other.truth.full))
    }
    var differs: [Literal] = []
    for (one, other) in zip(firstCases, secondCases) {
      var isEqual = circuit.never
      for (text, holds) in one.cases {
        guard let otherHolds = other.literal(of: text) else { continue }
        let both = circuit.and(holds, otherHolds)
        isEqual = circuit.or(isEqual, both)
      }
      differs.append(!isEqual)
    }
    asked = answers.map(\.index)
    self.isSame = isSame
    self.differs = differs
    isDifferent = circuit.or(differs)
    solver = circuit.solver
  }

  /// Whether they can differ in any symbol although these answers are the same.
  mutating func canDiffer(with answers: [Int]) throws(KconfigSpace.Failure) -> Bool {
    try canHold(answers, isDifferent)
  }

  /// Whether they can differ in this symbol although these answers are the same.
  mutating func canDiffer(in symbol: Int, with answers: [Int]) throws(KconfigSpace.Failure) -> Bool {
    try canHold(answers, differs[symbol])
  }

  private mutating func canHold(_ answers: [Int], _ difference: Literal) throws(KconfigSpace.Failure) -> Bool {
    do throws(SolverGaveUp) {
      return try solver.canHold(answers.compactMap { isSame[$0] } + [difference])
    } catch {
      throw .tooHard
    }
  }
}

extension ConfigurationCircuit {
  /// The texts of symbols; that of one that no file defines is n.
  mutating func cases(of symbols: [SymbolID?]) -> [TextLiterals] {
    var all: [TextLiterals] = []
    for symbol in symbols {
      all.append(symbol.map { cases(of: $0) } ?? TextLiterals(Array("n".utf8), circuit.always))
    }
    return all
  }
}
