/// The type of a symbol.
public enum KconfigType: UInt8, Sendable, Hashable {
  /// Never defined, or defined without a type.
  case unknown
  /// n or y.
  case bool
  /// n, m or y; as bool without modules.
  case tristate
  /// A decimal number.
  case int
  /// A hexadecimal number.
  case hex
  /// Any text.
  case string

  /// The name in messages.
  public var name: String {
    switch self {
    case .unknown: "unknown"
    case .bool: "bool"
    case .tristate: "tristate"
    case .int: "integer"
    case .hex: "hex"
    case .string: "string"
    }
  }

  /// Whether its values are n, m and y.
  public var isLogical: Bool { self == .bool || self == .tristate }
  /// Whether a range can limit it.
  public var isNumeric: Bool { self == .int || self == .hex }
}
