/// A statement of C.
indirect enum Statement: Sendable {
  struct Variable: Sendable {
    var name: String
    var type: CType
    var place: TextRange
    var initialValue: Expression?
  }

  case empty
  case expression(Expression)
  case declaration([Variable])
  case block([Statement])
  case ifElse(Expression, Statement, Statement?)
  /// `while` and, with `first` and `step`, `for`; without a condition it never ends by itself.
  case loop(first: Statement?, condition: Expression?, step: Expression?, body: Statement, place: TextRange)
  case doWhile(body: Statement, condition: Expression, place: TextRange)
  case switchOver(Expression, body: [Statement])
  /// A `case` label, or `default` without a value.
  case label(Expression?, place: TextRange)
  case breakOut(TextRange)
  case continueLoop(TextRange)
  case returnValue(Expression?, place: TextRange)
}
