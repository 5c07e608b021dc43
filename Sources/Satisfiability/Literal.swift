/// A Boolean variable of a formula, or its negation.
@frozen
package struct Literal: Hashable, Sendable {
  /// Twice the variable's number, plus one for the negation: an index into tables with a place for each literal.
  package let code: Int32

  /// The literal of a code.
  @inlinable
  package init(code: Int32) {
    self.code = code
  }

  /// The literal that holds where the variable is true.
  @inlinable
  package init(variable: Int) {
    code = Int32(truncatingIfNeeded: variable) &<< 1
  }

  /// The number of its variable.
  @inlinable
  package var variable: Int { Int(code >> 1) }
  /// Its code as an index.
  @inlinable
  package var index: Int { Int(code) }
  /// Whether it holds where its variable is false.
  @inlinable
  package var isNegated: Bool { code & 1 == 1 }

  /// The literal that holds where this one does not.
  @inlinable
  package static prefix func ! (literal: Literal) -> Literal { Literal(code: literal.code ^ 1) }
}
