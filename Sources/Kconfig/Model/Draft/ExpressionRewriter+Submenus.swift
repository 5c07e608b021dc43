/// Whether an entry belongs below the one before it, as far as conditions say so.
extension ExpressionRewriter {
  /// Whether a symbol stands anywhere in an expression.
  mutating func mentions(_ expression: ExpressionID, _ symbol: SymbolID) throws(KconfigRejection) -> Bool {
    if expression.isEmpty { return false }
    switch expressions.kind(expression) {
    case .and, .or:
      let operands = expressions.operands(expression)
      try spend(operands.count)
      for operand in operands where try mentions(operand, symbol) { return true }
      return false
    case .not: return try mentions(expressions.operand(expression), symbol)
    case .symbol: return expressions.symbol(expression) == symbol
    case .range: return false
    default: return expressions.symbol(expression) == symbol || expressions.rightSymbol(expression) == symbol
    }
  }

  /// Whether nothing of `wanted` is left when what both have in common is taken away.
  ///
  /// Kernel: `expr_eliminate_eq` in scripts/kconfig/expr.c.
  mutating func isMet(_ wanted: ExpressionID, by given: ExpressionID) throws(KconfigRejection) -> Bool {
    var given = given
    var wanted = wanted
    let givenKind = expressions.kind(given)
    if expressions.isList(given) { try removeCommon(givenKind, &given, &wanted) }
    let wantedKind = expressions.kind(wanted)
    if expressions.isList(wanted), wantedKind != givenKind { try removeCommon(wantedKind, &given, &wanted) }
    let left = try withoutConstants(wanted)
    return expressions.isSymbol(left, .constantY)
  }

  private mutating func removeCommon(
    _ kind: ExpressionKind, _ left: inout ExpressionID, _ right: inout ExpressionID
  ) throws(KconfigRejection) {
    var lefts: [ExpressionID] = []
    var rights: [ExpressionID] = []
    expressions.append(left, of: kind, to: &lefts)
    expressions.append(right, of: kind, to: &rights)
    let neutral = symbol(of: kind == .and ? .constantY : .constantN)
    var places: [ExpressionID: [Int]] = [:]
    for (index, operand) in rights.enumerated() { places[canonical(operand), default: []].append(index) }
    try spend(lefts.count + rights.count)
    for index in lefts.indices {
      let key = canonical(lefts[index])
      let isConstant = expressions.isSymbol(key, .constantY) || expressions.isSymbol(key, .constantN)
      guard !isConstant, var found = places[key], !found.isEmpty else { continue }
      rights[found.removeFirst()] = neutral
      places[key] = found
      lefts[index] = neutral
    }
    left = list(kind, lefts)
    right = list(kind, rights)
  }
}

extension ExpressionStore {
  /// Whether an expression is n wherever a symbol is, at first sight.
  func dependsOutright(_ expression: ExpressionID, on symbol: SymbolID) -> Bool {
    switch kind(expression) {
    case .and: operands(expression).contains { dependsOutright($0, on: symbol) }
    case .symbol: self.symbol(expression) == symbol
    case .equal:
      self.symbol(expression) == symbol
        && (rightSymbol(expression) == .constantY || rightSymbol(expression) == .constantM)
    case .unequal: self.symbol(expression) == symbol && rightSymbol(expression) == .constantN
    default: false
    }
  }
}
