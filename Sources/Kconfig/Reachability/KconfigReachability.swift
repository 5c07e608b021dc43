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
    let ids = symbols.map { model.definedSymbol(named: $0) }
    undefined = zip(symbols, ids).filter { $0.1 == nil }.map(\.0)
    let encoding = ConfigurationCircuit(of: ids.compactMap(\.self), in: model)
    coneSize = encoding.cone.count
    openEnded = zip(symbols, ids).filter { $0.1.map { encoding.domains.isOpenEnded($0) } ?? false }.map(\.0)
    var enumeration = ConfirmedEnumeration(of: ids, in: encoding)
    var combinations: [Combination] = []
    while let candidate = try Self.next(&enumeration) {
      guard combinations.count < mostCombinations else { throw .tooManyCombinations(mostCombinations) }
      combinations.append(try enumeration.confirmed(candidate))
    }
    self.combinations = combinations.sorted { $0.values.lexicographicallyPrecedes($1.values) }
  }

  private static func next(
    _ enumeration: inout ConfirmedEnumeration
  ) throws(Failure) -> ConfirmedEnumeration.Candidate? {
    do throws(SolverGaveUp) {
      return try enumeration.next()
    } catch {
      throw .tooHard
    }
  }
}
