/// Comparing the values of symbols. Kernel: `expr_calc_value` and `expr_parse_string` in scripts/kconfig/expr.c.
extension KconfigEvaluation {
  /// Whether a comparison holds.
  func compare(_ expression: ExpressionID) -> Bool {
    guard let relation = model.expressions.kind(expression).relation else { return false }
    return relation.holds(
      for: order(model.expressions.symbol(expression), model.expressions.rightSymbol(expression)))
  }

  /// Negative, zero or positive, as the value of one symbol lies before, at or behind that of another.
  private func order(_ left: SymbolID, _ right: SymbolID) -> Int {
    let areTexts = type(left) == .string && type(right) == .string
    if !areTexts, let leftNumber = number(left), let rightNumber = number(right) {
      return leftNumber.order(comparedTo: rightNumber)
    }
    let (leftBytes, rightBytes) = (bytes(of: left), bytes(of: right))
    if leftBytes.elementsEqual(rightBytes) { return 0 }
    return leftBytes.lexicographicallyPrecedes(rightBytes) ? -1 : 1
  }

  private func type(_ symbol: SymbolID) -> KconfigType { model.symbols[symbol].type }

  private func number(_ symbol: SymbolID) -> KconfigNumber? {
    switch type(symbol) {
    case .bool, .tristate: .signed(Int64(truth(symbol).rawValue))
    case .int: KconfigNumber(signed: bytes(of: symbol), base: 10)
    case .hex: KconfigNumber(unsignedHex: bytes(of: symbol))
    case .string, .unknown: KconfigNumber(signed: bytes(of: symbol), base: 0)
    }
  }
}
