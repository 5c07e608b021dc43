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
  /// The named symbols that have a say in these or in what is required, in the order of the files.
  public let cone: [SymbolID]
  let ids: [SymbolID?]
  let required: [(symbol: SymbolID?, value: Tristate)]
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
    ids = symbols.map { model.definedSymbol(named: $0) }
    required = requirements.map { (model.definedSymbol(named: $0.symbol), $0.value) }
    encoding = ConfigurationCircuit(of: (ids + required.map(\.symbol)).compactMap(\.self), in: model)
    cone = model.symbols.ids.filter { [contains = encoding.cone.contains] symbol in
      let record = model.symbols[symbol]
      return contains[symbol] && !record.isConstant && !record.isChoice && record.type != .unknown
    }
    if let contradiction = try demand(requirements) { throw .contradiction(contradiction) }
  }

  /// Demands what is required.
  /// - Returns: the requirements that contradict each other, if some do; without any one of them nothing does.
  private mutating func demand(_ requirements: [Requirement]) throws(Failure) -> [Requirement]? {
    let hard = encoding.literals(of: required)
    do throws(SolverGaveUp) {
      let needed = try encoding.circuit.solver.contradiction(among: hard)
      if let needed { return needed.map { requirements[$0] } }
    } catch {
      throw .tooHard
    }
    for literal in hard { encoding.circuit.require(literal) }
    return nil
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
    let groups = answers.map(\.byPreference)
    var enumeration = ConfirmedEnumeration(of: ids, in: encoding)
    var found: [(ranks: [Int], combination: KconfigReachability.Combination)] = []
    while var candidate = try Self.next(&enumeration) {
      guard found.count < mostCombinations else { throw .tooManyCombinations(mostCombinations) }
      let best = try Self.preferred(groups, candidate, enumeration.solver)
      candidate.solution = best.solver
      found.append((best.ranks, try Self.confirmed(candidate, &enumeration)))
    }
    return found.sorted { $0.ranks.lexicographicallyPrecedes($1.ranks) }.map(\.combination)
  }

  private static func next(
    _ enumeration: inout ConfirmedEnumeration
  ) throws(Failure) -> ConfirmedEnumeration.Candidate? {
    do throws(SolverGaveUp) { return try enumeration.next() } catch { throw .tooHard }
  }

  private static func preferred(
    _ groups: [[Literal]], _ candidate: ConfirmedEnumeration.Candidate, _ solver: SatisfiabilitySolver
  ) throws(Failure) -> LexicographicSearch {
    do throws(SolverGaveUp) {
      return try LexicographicSearch(of: groups, where: candidate.literals, in: solver)
    } catch {
      throw .tooHard
    }
  }

  private static func confirmed(
    _ candidate: ConfirmedEnumeration.Candidate, _ enumeration: inout ConfirmedEnumeration
  ) throws(Failure) -> KconfigReachability.Combination {
    do throws(KconfigReachability.Failure) {
      return try enumeration.confirmed(candidate)
    } catch {
      throw Failure(error)
    }
  }
}

extension KconfigSpace.Failure {
  fileprivate init(_ failure: KconfigReachability.Failure) {
    switch failure {
    case .tooManyCombinations(let count): self = .tooManyCombinations(count)
    case .tooHard: self = .tooHard
    case .unconfirmed(let combination, let evaluated): self = .unconfirmed(combination, evaluated: evaluated)
    }
  }
}

extension SatisfiabilitySolver {
  /// The numbers of literals that cannot hold together, and could without any one of them; nil where all can. Of those that
  /// are not needed the last ones are left out first.
  fileprivate mutating func contradiction(among literals: [Literal]) throws(SolverGaveUp) -> [Int]? {
    if try canHold(literals) { return nil }
    var needed = Array(literals.indices)
    for index in literals.indices.reversed() {
      let rest = needed.filter { $0 != index }
      if try !canHold(rest.map { literals[$0] }) { needed = rest }
    }
    return needed
  }
}
