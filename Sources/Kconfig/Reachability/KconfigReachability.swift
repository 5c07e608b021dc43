import Satisfiability

/// Which values some symbols of a tree can have together, over everything that a user can say.
///
/// Exact in both directions: each combination comes with settings that give it, confirmed by evaluating them, and the
/// solver proves that there is no other.
public struct KconfigReachability: Sendable {
  /// What a user says about a symbol.
  public struct Setting: Sendable, Hashable {
    /// The symbol, without `CONFIG_`.
    public var symbol: String
    /// y, m, n, a number or a text.
    public var value: String
    /// Is it a string? Then a `.config` file has its value in quotes.
    var isText: Bool

    /// The line of a `.config` file, without its line end.
    public var line: String {
      if isText {
        let escaped = value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "CONFIG_\(symbol)=\"\(String(escaped))\""
      }
      return value == "n" ? "# CONFIG_\(symbol) is not set" : "CONFIG_\(symbol)=\(value)"
    }
  }

  /// Values that the symbols can have together.
  public struct Combination: Sendable, Hashable {
    /// The values in the order of the symbols that were asked for.
    public var values: [String]
    /// Settings that give them; everything else is left to defaults.
    public var witness: [Setting]
    /// What the toolchain has to answer; everything else it may answer as it likes.
    public var answers: [ToolchainAnswer] = []
  }

  /// Why there is no answer.
  public enum Failure: Error, Sendable, Hashable {
    /// More combinations than were asked for.
    case tooManyCombinations(Int)
    /// The solver gave up; no kernel comes near.
    case tooHard
    /// Evaluating the settings does not give what the formula says: one of both is wrong, and nothing is claimed.
    case unconfirmed(Combination, evaluated: [String])
  }

  /// The symbols that were asked for.
  public let symbols: [String]
  /// Those of them that no Kconfig file defines; they are n.
  public let undefined: [String]
  /// Those of them that may have further numbers or texts: listed are those that a comparison can tell from others.
  public let openEnded: [String]
  /// All combinations.
  public let combinations: [Combination]
  /// How many symbols have a say.
  public let coneSize: Int

  /// Finds all combinations.
  /// - Parameters:
  ///   - symbols: names without `CONFIG_`.
  ///   - mostCombinations: more than these are not listed.
  public init(
    of symbols: [String], in model: KconfigModel, mostCombinations: Int = 100_000
  ) throws(Failure) {
    self.symbols = symbols
    let numbers = symbols.map { model.definedSymbol(named: $0) }
    undefined = zip(symbols, numbers).filter { $0.1 == nil }.map(\.0)
    var encoding = ConfigurationCircuit(of: numbers.compactMap(\.self), in: model)
    coneSize = encoding.cone.count
    openEnded = zip(symbols, numbers).filter { $0.1.map { encoding.domains.isOpenEnded($0) } ?? false }.map(\.0)
    let cases = numbers.map { number in number.map { encoding.cases(of: $0) } }
    let literals = cases.flatMap { $0?.cases.map(\.holds) ?? [] }
    var models = ProjectedModels(of: encoding.circuit.solver, onto: literals)
    var evaluation = KconfigEvaluation(model, inside: encoding.cone)
    var combinations: [Combination] = []
    while try Self.advance(&models) {
      guard combinations.count < mostCombinations else { throw .tooManyCombinations(mostCombinations) }
      let values = cases.map { cases in
        cases?.cases.first { models.value(of: $0.holds) }.map { String(decoding: $0.text, as: UTF8.self) } ?? "n"
      }
      let combination = Combination(
        values: values, witness: Self.witness(of: encoding, models.solver),
        answers: encoding.answers(in: models.solver))
      let evaluated = evaluation.values(of: numbers, with: combination)
      guard evaluated == values else { throw .unconfirmed(combination, evaluated: evaluated) }
      combinations.append(combination)
    }
    self.combinations = combinations.sorted { $0.values.lexicographicallyPrecedes($1.values) }
  }

  private static func advance(_ models: inout ProjectedModels) throws(Failure) -> Bool {
    do throws(ProjectedModels.GaveUp) {
      return try models.next() != nil
    } catch {
      throw .tooHard
    }
  }

  /// What the user says in a solution, in the order in which the files define symbols.
  static func witness(of encoding: ConfigurationCircuit, _ solution: SatisfiabilitySolver) -> [Setting] {
    var settings: [Setting] = []
    var named: [Setting] = []
    for (symbol, freedom) in encoding.freedoms.sorted(by: { $0.key < $1.key })
    where encoding.model.symbols[Int(symbol)].name >= 0 && encoding.model.openAnswers.symbols[symbol] == nil
      && solution.value(of: freedom.isUsed)
    {
      let value: String
      if let truth = freedom.truth {
        value = solution.value(of: truth.full) ? "y" : solution.value(of: truth.some) ? "m" : "n"
      } else {
        let text = encoding.texts[symbol]?.cases.first { solution.value(of: $0.holds) }?.text ?? []
        value = String(decoding: text, as: UTF8.self)
      }
      let setting = Setting(
        symbol: encoding.model.names.text(encoding.model.symbols[Int(symbol)].name), value: value,
        isText: encoding.model.symbols[Int(symbol)].type == .string)
      // A choice of v6.1 is confused by a member that is m behind one that is y.
      if value == "y", encoding.model.symbols[Int(symbol)].choice >= 0 {
        named.append(setting)
      } else {
        settings.append(setting)
      }
    }
    return settings + named
  }
}

extension KconfigModel {
  /// The symbol of a name that some file defines.
  func definedSymbol(named name: String) -> Int32? {
    symbol(named: Array(name.utf8).span).flatMap { symbols[Int($0)].type == .unknown ? nil : $0 }
  }
}

extension KconfigEvaluation {
  /// The values of symbols where the `.config` file says just this; n where there is no such symbol.
  mutating func values(
    of symbols: [Int32?], with combination: KconfigReachability.Combination
  ) -> [String] {
    read(combination.witness, answers: combination.answers)
    // A toolchain that the files cannot be read with gives nothing at all.
    guard model.requirements.allSatisfy({ evaluate($0) == Self.yes }) else { return [] }
    return symbols.map { $0.map { String(decoding: bytes(of: $0), as: UTF8.self) } ?? "n" }
  }
}
