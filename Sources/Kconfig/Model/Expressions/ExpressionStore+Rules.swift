/// What can be said of expressions by their form alone.
extension ExpressionStore {
  /// Whether an expression is an `&&` or `||`.
  func isList(_ expression: ExpressionID) -> Bool {
    kind(expression) == .and || kind(expression) == .or
  }

  // MARK: n, and not n

  /// What makes an expression n, or not n. Kernel: `expr_trans_compare` for `!= n`.
  mutating func isNotNo(_ expression: ExpressionID) -> ExpressionID {
    if expression.isEmpty { return not(symbol(of: .constantN)) }
    switch kind(expression) {
    case .and, .or: return not(isNo(expression))
    case .not: return isNo(operand(expression))
    case .symbol: return pair(.unequal, symbol(expression), .constantN)
    default: return expression
    }
  }

  /// What makes an expression n.
  mutating func isNo(_ expression: ExpressionID) -> ExpressionID {
    let kind = kind(expression)
    switch kind {
    case .and, .or:
      let opposite: ExpressionKind = kind == .and ? .or : .and
      var new: [ExpressionID] = []
      for operand in Array(operands(expression)) {
        let changed = isNo(operand)
        append(changed, of: opposite, to: &new)
      }
      return list(opposite, new)
    case .not: return isNotNo(operand(expression))
    case .symbol: return pair(.equal, symbol(expression), .constantN)
    default: return not(expression)
    }
  }

  // MARK: pairs

  /// What two different operands of an `&&` or `||` are together, if one expression about the same symbol says it. Kernel:
  /// `expr_join_or` and `expr_join_and` in scripts/kconfig/expr.c.
  mutating func joined(
    _ kind: ExpressionKind, _ left: ExpressionID, _ right: ExpressionID, _ symbols: IDTable<SymbolID, SymbolRecord>
  ) -> ExpressionID? {
    guard let subject = joinableSubject(left, right) else { return nil }
    let type = symbols[subject].type
    guard type.isLogical else { return nil }
    return kind == .or ? joinedOr(left, right, subject, type) : joinedAnd(left, right, subject, type, symbols)
  }

  /// The symbol that both are about, in a form that can be joined.
  private func joinableSubject(_ left: ExpressionID, _ right: ExpressionID) -> SymbolID? {
    guard let subject = comparedSymbol(left) ?? negatedSymbol(left) ?? comparedSymbol(negatedBy: left),
      subject == comparedSymbol(right) ?? negatedSymbol(right)
    else { return nil }
    return subject
  }

  private func comparedSymbol(_ expression: ExpressionID) -> SymbolID? {
    switch kind(expression) {
    case .symbol, .equal, .unequal: symbol(expression)
    default: nil
    }
  }

  private func comparedSymbol(negatedBy expression: ExpressionID) -> SymbolID? {
    kind(expression) == .not ? comparedSymbol(operand(expression)) : nil
  }

  private func negatedSymbol(_ expression: ExpressionID) -> SymbolID? {
    guard kind(expression) == .not else { return nil }
    let negated = operand(expression)
    return kind(negated) == .symbol ? symbol(negated) : nil
  }

  private mutating func joinedOr(
    _ left: ExpressionID, _ right: ExpressionID, _ subject: SymbolID, _ type: KconfigType
  ) -> ExpressionID? {
    if type == .tristate, kind(left) == .equal, kind(right) == .equal {
      let values = (min(rightSymbol(left), rightSymbol(right)), max(rightSymbol(left), rightSymbol(right)))
      switch values {
      case (.constantY, .constantM): return pair(.unequal, subject, .constantN)
      case (.constantY, .constantN): return pair(.unequal, subject, .constantM)
      case (.constantM, .constantN): return pair(.unequal, subject, .constantY)
      default: return nil
      }
    }
    let isAlways =
      negatedSymbol(left) != nil && kind(right) == .symbol || negatedSymbol(right) != nil && kind(left) == .symbol
    return type == .bool && isAlways ? symbol(of: .constantY) : nil
  }

  private mutating func joinedAnd(
    _ left: ExpressionID, _ right: ExpressionID, _ subject: SymbolID, _ type: KconfigType,
    _ symbols: IDTable<SymbolID, SymbolRecord>
  ) -> ExpressionID? {
    if kind(left) == .symbol || kind(right) == .symbol {
      let other = kind(left) == .symbol ? right : left
      switch (kind(other), rightSymbol(other)) {
      case (.equal, .constantY): return pair(.equal, subject, .constantY)
      case (.unequal, .constantN): return symbol(of: subject)
      case (.unequal, .constantM): return pair(.equal, subject, .constantY)
      default: return nil
      }
    }
    guard type == .tristate else { return nil }
    let values = (rightSymbol(left), rightSymbol(right))
    switch (kind(left), kind(right)) {
    case (.equal, .unequal): return onlyEqual(subject, values.0, butNot: values.1, symbols)
    case (.unequal, .equal): return onlyEqual(subject, values.1, butNot: values.0, symbols)
    case (.unequal, .unequal):
      switch (min(values.0, values.1), max(values.0, values.1)) {
      case (.constantY, .constantN): return pair(.equal, subject, .constantM)
      case (.constantY, .constantM): return pair(.equal, subject, .constantN)
      case (.constantM, .constantN): return pair(.equal, subject, .constantY)
      default: return nil
      }
    default: return nil
    }
  }

  private mutating func onlyEqual(
    _ subject: SymbolID, _ value: SymbolID, butNot other: SymbolID, _ symbols: IDTable<SymbolID, SymbolRecord>
  ) -> ExpressionID? {
    guard symbols[value].isConstant, symbols[other].isConstant else { return nil }
    return value == other ? symbol(of: .constantN) : pair(.equal, subject, value)
  }
}
