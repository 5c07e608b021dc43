public import Diagnostics

/// A name or constant in an expression, with its place.
public struct KconfigOperand: Sendable, Hashable {
  /// What the operand stands for.
  public enum Kind: Sendable, Hashable {
    /// A bare word. Whether it is a symbol, a fact or a word that a fact may be compared with is up to the caller; it
    /// is never taken for a string, as the kernel takes unknown words.
    case name
    /// y, m or n with or without quotes, a quoted text, or a bare decimal or hexadecimal number.
    case constant(KconfigTerm)
  }

  /// Where the operand stands.
  public enum Role: Sendable, Hashable {
    /// By itself: its y, m or n counts.
    case truth
    /// Left of `=`, `<` and so on.
    case leftOfRelation
    /// Right of `=`, `<` and so on.
    case rightOfRelation
  }

  /// The word, or the text of the constant without quotes.
  public let text: String
  /// What it stands for.
  public let kind: Kind
  /// Where it stands.
  public let role: Role
  /// Its place, quotes included.
  public let range: SourceRange

  /// Whether the caller has to say what the operand's value is.
  public var isName: Bool { kind == .name }
}

/// A comparison in an expression.
public struct KconfigComparison: Sendable, Hashable {
  /// The operand on the left.
  public let left: KconfigOperand
  /// What is asked for.
  public let relation: KconfigRelation
  /// The operand on the right.
  public let right: KconfigOperand
}
