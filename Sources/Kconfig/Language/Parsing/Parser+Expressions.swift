/// Expressions: `||` binds least, then `&&`, then `!`; comparisons only join symbols and constants.
///
/// Not the reader of `Conditions`: tokens come from the lexer of the files, with its macros and its way of going on behind
/// mistakes, words become symbols of the model, and equal expressions are stored once.
extension Parser {
  mutating func ifCondition() throws(Interruption) -> ExpressionID {
    guard try peek() == .if else { return .empty }
    shift()
    return try expression()
  }

  mutating func expression() throws(Interruption) -> ExpressionID {
    try disjunction(depth: 0)
  }

  /// A symbol, or a constant in quotes.
  mutating func operand() throws(Interruption) -> SymbolID {
    switch try peek() {
    case .word:
      shift()
      return try answer(isQuoted: false) ?? draft.symbols.symbol(lexer.name)
    case .quoted:
      shift()
      return try answer(isQuoted: true) ?? draft.symbols.constant(lexer.name)
    default:
      throw .syntax(.operand)
    }
  }

  private mutating func disjunction(depth: Int) throws(Interruption) -> ExpressionID {
    let first = try conjunction(depth: depth)
    guard try peek() == .or else { return first }
    var list: [ExpressionID] = []
    draft.expressions.append(first, of: .or, to: &list)
    while try peek() == .or {
      shift()
      let next = try conjunction(depth: depth)
      draft.expressions.append(next, of: .or, to: &list)
    }
    return draft.expressions.list(.or, list)
  }

  private mutating func conjunction(depth: Int) throws(Interruption) -> ExpressionID {
    let first = try term(depth: depth)
    guard try peek() == .and else { return first }
    var list: [ExpressionID] = []
    draft.expressions.append(first, of: .and, to: &list)
    while try peek() == .and {
      shift()
      let next = try term(depth: depth)
      draft.expressions.append(next, of: .and, to: &list)
    }
    return draft.expressions.list(.and, list)
  }

  private mutating func term(depth: Int) throws(Interruption) -> ExpressionID {
    guard depth < lexer.limits.expressionDepth else {
      throw .rejection(lexer.log.limit("expressions nest too deep", at: lexer.statement))
    }
    switch try peek() {
    case .not:
      shift()
      let inner = try term(depth: depth + 1)
      return draft.expressions.not(inner)
    case .open:
      shift()
      let inner = try disjunction(depth: depth + 1)
      guard try peek() == .close else { throw .syntax(.operatorOrClose) }
      shift()
      return inner
    default:
      let left = try operand()
      guard let kind = try peek().relation else { return draft.expressions.symbol(of: truth(of: left)) }
      shift()
      let right = try operand()
      return draft.expressions.pair(kind, left, right)
    }
  }
}
