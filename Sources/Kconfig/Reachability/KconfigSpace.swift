import Satisfiability

/// What is left of all configurations of a model where some symbols have given values: which values others have together
/// there, and which answers of the user decide between them.
public struct KconfigSpace: Sendable {
  /// A value that a symbol is to have.
  public struct Requirement: Sendable, Hashable {
    /// The symbol, without `CONFIG_`.
    public var symbol: String
    /// Its value.
    public var value: Tristate

    /// Makes a requirement.
    public init(_ symbol: String, is value: Tristate) {
      self.symbol = symbol
      self.value = value
    }
  }

  /// Why there is no answer.
  public enum Failure: Error, Sendable, Hashable {
    /// No configuration has all these values; without any one of them there is one.
    case contradiction([Requirement])
    /// More combinations than were asked for.
    case tooManyCombinations(Int)
    /// The solver gave up; no kernel comes near.
    case tooHard
    /// Evaluating the settings does not give what the formula says: one of both is wrong, and nothing is claimed.
    case unconfirmed(KconfigReachability.Combination, evaluated: [String])
  }

  /// The symbols that are asked about.
  public let symbols: [String]
  /// The numbers of the named symbols that have a say in these or in what is required, in the order of the files.
  public let cone: [Int]
  let numbers: [Int32?]
  let required: [(symbol: Int32?, value: Tristate)]
  private(set) var encoding: ConfigurationCircuit

  /// The configurations in which all requirements hold.
  /// - Parameters:
  ///   - symbols: whose values tell one configuration from another; names without `CONFIG_`. What no file defines is n.
  ///   - requirements: the earlier ones are named where a contradiction can be told in more than one way.
  /// - Throws: `contradiction` or `tooHard`.
  public init(
    of symbols: [String], in model: KconfigModel, requiring requirements: [Requirement] = []
  ) throws(Failure) {
    self.symbols = symbols
    numbers = symbols.map { model.definedSymbol(named: $0) }
    required = requirements.map { (model.definedSymbol(named: $0.symbol), $0.value) }
    encoding = ConfigurationCircuit(of: (numbers + required.map(\.symbol)).compactMap(\.self), in: model)
    cone = model.symbols.indices.filter { [contains = encoding.cone.contains] number in
      let record = model.symbols[number]
      return contains[number] && !record.isConstant && !record.isChoice && record.type != .unknown
    }
    try demand(requirements)
  }

  private mutating func demand(_ requirements: [Requirement]) throws(Failure) {
    let demands = encoding.literals(of: required)
    guard try encoding.circuit.solver.canHold(demands) else {
      // Each is left out that is not needed, the last ones first.
      var needed = Array(demands.indices)
      for index in demands.indices.reversed() {
        let rest = needed.filter { $0 != index }
        if try !encoding.circuit.solver.canHold(rest.map { demands[$0] }) { needed = rest }
      }
      throw .contradiction(needed.map { requirements[$0] })
    }
    for literal in demands { encoding.circuit.require(literal) }
  }

  /// All combinations of values that the symbols have, in the order of the answers to `asked`.
  ///
  /// Of all settings that give a combination, the witness is the one with the answers y before n before m; the last of
  /// `asked` is the first to choose.
  /// - Parameters:
  ///   - asked: bools and tristates with a prompt about which the user says something; others are passed over.
  ///   - mostCombinations: more than these are refused.
  /// - Throws: `tooManyCombinations`, `tooHard` or `unconfirmed`.
  public func combinations(
    preferring asked: [String], mostCombinations: Int
  ) throws(Failure) -> [KconfigReachability.Combination] {
    var encoding = encoding
    let answers = encoding.answers(about: asked).reversed()
    for answer in answers { encoding.circuit.require(answer.isSaid) }
    let cases = encoding.cases(of: numbers)
    let literals = cases.flatMap { $0.cases.map(\.holds) }
    var models = ProjectedModels(of: encoding.circuit.solver, onto: literals)
    var evaluation = KconfigEvaluation(encoding.model)
    var found: [(ranks: [Int], combination: KconfigReachability.Combination)] = []
    while let values = try Self.next(&models) {
      guard found.count < mostCombinations else { throw .tooManyCombinations(mostCombinations) }
      let demands = zip(literals, values).map { $1 ? $0 : !$0 }
      let (ranks, solution) = try encoding.circuit.solver.preferring(answers.map(\.byPreference), where: demands)
      let texts = cases.map { cases in
        String(decoding: cases.cases.first { solution.value(of: $0.holds) }?.text ?? [], as: UTF8.self)
      }
      let combination = KconfigReachability.Combination(
        values: texts, witness: KconfigReachability.witness(of: encoding, solution),
        answers: encoding.answers(in: solution))
      let evaluated = evaluation.values(of: numbers, with: combination)
      guard evaluated == texts else { throw .unconfirmed(combination, evaluated: evaluated) }
      found.append((ranks, combination))
    }
    return found.sorted { $0.ranks.lexicographicallyPrecedes($1.ranks) }.map(\.combination)
  }

  private static func next(_ models: inout ProjectedModels) throws(Failure) -> [Bool]? {
    do throws(ProjectedModels.GaveUp) {
      return try models.next()
    } catch {
      throw .tooHard
    }
  }
}

extension SatisfiabilitySolver {
  /// Whether the literals can hold together.
  mutating func canHold(_ literals: [Literal]) throws(KconfigSpace.Failure) -> Bool {
    switch solve(assuming: literals) {
    case .satisfiable: true
    case .unsatisfiable: false
    case .gaveUp: throw .tooHard
    }
  }

  /// Chooses of each group the first literal that is possible with what was chosen before.
  /// - Returns: the index of each choice, and the solver with a solution that has them.
  fileprivate func preferring(
    _ groups: [[Literal]], where demands: [Literal]
  ) throws(KconfigSpace.Failure) -> (ranks: [Int], solution: SatisfiabilitySolver) {
    var solver = self
    var chosen = demands
    var ranks: [Int] = []
    guard try solver.canHold(chosen) else { return (ranks, solver) }
    for group in groups {
      for (rank, literal) in group.enumerated() {
        if !solver.value(of: literal) {
          // What the last solution does not have has to be asked for.
          guard try solver.canHold(chosen + [literal]) else { continue }
        }
        chosen.append(literal)
        ranks.append(rank)
        break
      }
    }
    return (ranks, solver)
  }
}
