/// An expression of C.
final class Expression: Sendable {
  indirect enum Kind: Sendable {
    case integer(IntegerLiteral)
    case string
    case name(String)
    case unary(String, Expression)
    /// `++` and `--` before or behind the operand.
    case step(operation: String, Expression, isPrefix: Bool)
    case binary(String, Expression, Expression)
    /// `&&` and `||`.
    case logical(isConjunction: Bool, Expression, Expression)
    case conditional(Expression, Expression?, Expression)
    /// `=`, or the operator of a compound assignment.
    case assignment(operation: String?, Expression, Expression)
    case cast(CType, Expression)
    case sizeOfType(CType)
    case sizeOfValue(Expression)
    case call(Expression, [Expression])
    case member(Expression, String, throughPointer: Bool)
    case element(Expression, Expression)
    case comma(Expression, Expression)
    case configQuestion(ConfigQuestion, Expression)
  }

  let kind: Kind
  let place: TextRange
  /// The text of the expression, as a path condition shows it.
  let text: String
  /// Height of the tree below; bounded, because later stages recurse.
  let height: Int

  init(_ kind: Kind, at place: TextRange, text: String, height: Int) {
    self.kind = kind
    self.place = place
    self.text = text
    self.height = height
  }

  /// The identifier, if the expression is nothing else.
  var name: String? {
    if case .name(let name) = kind { name } else { nil }
  }
}
