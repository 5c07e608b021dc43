/// A Boolean variable of a formula, or its negation.
struct Literal: Hashable, Sendable {
  /// Twice the variable's number, plus one for the negation: an index into tables with a place for each literal.
  let code: Int32

  init(code: Int32) {
    self.code = code
  }

  /// The literal that holds where the variable is true.
  init(variable: Int) {
    code = Int32(truncatingIfNeeded: variable) &<< 1
  }

  var variable: Int { Int(code >> 1) }
  var index: Int { Int(code) }
  var isNegated: Bool { code & 1 == 1 }

  static prefix func ! (literal: Literal) -> Literal { Literal(code: literal.code ^ 1) }
}
