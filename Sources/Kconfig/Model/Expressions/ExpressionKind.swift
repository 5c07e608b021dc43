/// What a node of an expression of a `KconfigModel` is.
public enum ExpressionKind: UInt8, Sendable, Hashable {
  /// Any number of operands, at least two; y where one is.
  case or
  /// Any number of operands, at least two; n where one is.
  case and
  /// One operand.
  case not
  /// The value of a symbol.
  case symbol
  /// `=` of two symbols.
  case equal
  /// `!=` of two symbols.
  case unequal
  /// `<` of two symbols.
  case less
  /// `<=` of two symbols.
  case lessOrEqual
  /// `>` of two symbols.
  case greater
  /// `>=` of two symbols.
  case greaterOrEqual
  /// The two bounds of a `range`; no truth value.
  case range

  /// The comparison that holds where this one does not.
  var inverse: ExpressionKind {
    switch self {
    case .equal: .unequal
    case .unequal: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    default: self
    }
  }

  /// What it asks for, if it compares.
  public var relation: KconfigRelation? {
    switch self {
    case .equal: .equal
    case .unequal: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }
}
