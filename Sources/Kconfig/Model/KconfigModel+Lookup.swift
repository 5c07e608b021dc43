/// What the rooms of this target ask a model, by the numbers of its tables.
extension KconfigModel {
  /// The symbol of a name that a `.config` file or a caller gives.
  func symbol(named name: Span<UInt8>) -> SymbolID? { names.find(name).flatMap { symbols.find($0) } }

  /// The symbol of a name that some file defines.
  func definedSymbol(named name: String) -> SymbolID? {
    symbol(named: Array(name.utf8).span).flatMap { symbols[$0].type == .unknown ? nil : $0 }
  }

  /// The text of a symbol's name; empty for a choice without one.
  func nameText(of symbol: SymbolID) -> ArraySlice<UInt8> { symbols[symbol].name.map { names[$0] } ?? [] }

  func place(of node: NodeID) -> KconfigPlace {
    KconfigPlace(path: names.text(menu[node].path), line: Int(menu[node].line))
  }

  func place(of property: PropertyRecord) -> KconfigPlace {
    KconfigPlace(path: names.text(property.path), line: Int(property.line))
  }

  /// The text of a prompt, title or name that stands for an entry.
  func title(of node: NodeID) -> ArraySlice<UInt8> {
    if let prompt = menu[node].prompt { return properties[prompt].text.map { names[$0] } ?? [] }
    return menu[node].symbol.map { nameText(of: $0) } ?? []
  }

  /// Whether an expression is y whatever the values are.
  func isYes(_ expression: ExpressionID) -> Bool {
    expression.isEmpty || expressions.isSymbol(expression, .constantY)
  }

  /// Whether two expressions say the same, in whatever order. Kernel: `expr_eq` in scripts/kconfig/expr.c.
  func areEqual(_ left: ExpressionID, _ right: ExpressionID) -> Bool {
    if left == right { return true }
    if left.isEmpty || right.isEmpty { return isYes(left) && isYes(right) }
    let kind = expressions.kind(left)
    guard kind == expressions.kind(right) else { return false }
    switch kind {
    case .not: return areEqual(expressions.operand(left), expressions.operand(right))
    case .and, .or: return haveEqualOperands(left, right, neutral: kind == .and ? .constantY : .constantN)
    default: return false
    }
  }

  private func haveEqualOperands(_ left: ExpressionID, _ right: ExpressionID, neutral: SymbolID) -> Bool {
    let deciding: SymbolID = neutral == .constantY ? .constantN : .constantY
    let operands = expressions.operands(left).filter { !expressions.isSymbol($0, neutral) }
    var others = expressions.operands(right).filter { !expressions.isSymbol($0, neutral) }
    let isDecided = operands.contains { expressions.isSymbol($0, deciding) }
    if isDecided != others.contains(where: { expressions.isSymbol($0, deciding) }) { return false }
    if isDecided { return true }
    for operand in operands {
      guard let match = others.firstIndex(where: { areEqual(operand, $0) }) else { return false }
      others.remove(at: match)
    }
    return others.isEmpty
  }
}
