/// Why a symbol has the value that it has in a configuration: what the files and the user say about it, each part with its
/// value and its place.
public struct KconfigExplanation: Sendable, Hashable {
  /// Where the value comes from.
  public enum Origin: Sendable, Hashable {
    /// The user's line, as far as the prompt allows it.
    case user(KconfigReachability.Setting)
    /// The first default that counts.
    case `default`(KconfigPlace)
    /// Symbols select it.
    case selected
    /// Symbols imply it.
    case implied
    /// It is the member that its choice has, or another one is.
    case choice
    /// A range moved it to a bound.
    case range(KconfigPlace)
    /// Nobody gives it a value.
    case nothing
  }

  /// An expression of the files with the values of its symbols.
  public struct Clause: Sendable, Hashable {
    /// As `conf` prints it: `A [=y] && B [=n]`.
    public let text: String
    /// Its value.
    public let value: Tristate
    /// The parts that keep it from being more than n.
    public let missing: [String]
  }

  /// A place that defines the symbol.
  public struct Definition: Sendable, Hashable {
    /// Where.
    public let place: KconfigPlace
    /// The text of the prompt; nil without.
    public let prompt: String?
    /// When the prompt is shown; nil for always, or without a prompt.
    public let visibility: Clause?
    /// What the place depends on; nil for nothing.
    public let dependency: Clause?
  }

  /// A default, a range, or another symbol that selects or implies this one.
  public struct Statement: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
      /// A default.
      case `default`
      /// A range.
      case range
      /// A `select`.
      case select
      /// An `imply`.
      case imply
    }

    /// What it is.
    public let kind: Kind
    /// The default's value, the bounds, or the symbol that selects or implies.
    public let text: String
    /// Where it stands.
    public let place: KconfigPlace
    /// When it counts; nil for always.
    public let condition: Clause?
    /// What it gives: of a select or imply, the lesser of symbol and condition; of others, whether it is the first one that
    /// counts.
    public let value: Tristate
  }

  /// The name, without `CONFIG_`.
  public let name: String
  /// The type.
  public let type: KconfigType
  /// The value, without quotes.
  public let value: String
  /// Where it comes from.
  public let origin: Origin
  /// What the prompts allow the user.
  public let visibility: Tristate
  /// What the user says, whether it counts or not.
  public let said: KconfigReachability.Setting?
  /// Where it is defined.
  public let definitions: [Definition]
  /// Defaults, ranges, selects and implies.
  public let statements: [Statement]
  /// Whether it is selected although what it depends on is not given.
  public let isUnmet: Bool

  /// Explains a symbol.
  public init(of symbol: SymbolID, in evaluation: KconfigEvaluation) {
    var reader = ExplanationReader(symbol, evaluation)
    let model = evaluation.model
    name = model.shownName(of: symbol)
    type = model.symbols[symbol].type
    value = String(decoding: evaluation.bytes(of: symbol), as: UTF8.self)
    visibility = evaluation.visibility(of: symbol)
    said = PresentLines(evaluation.user, in: model)[symbol]
    definitions = reader.definitions()
    statements = reader.statements()
    origin = reader.origin(statements, said)
    isUnmet = evaluation.unmet.contains(symbol)
  }
}
