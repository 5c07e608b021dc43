/// Joins operands of `&&` and `||` that one expression can say together. Kernel: `expr_eliminate_dups2` in
/// scripts/kconfig/expr.c.
///
/// `conf` compares each operand with each other one; here only those are compared that can be joined.
struct OperandJoiner {
  typealias Symbols = IDTable<SymbolID, SymbolRecord>

  /// Expressions with sorted operands, to be compared.
  private var canonicals = ExpressionMap()

  /// What has to be the same for two operands to be joined: the symbol that they are about, or else all of them.
  private enum Key: Hashable {
    case symbol(SymbolID)
    case canonical(ExpressionID)
  }

  /// Joins each operand with the earlier ones; what was joined into a later one becomes the empty expression.
  mutating func join(
    _ kind: ExpressionKind, _ list: inout [ExpressionID], _ symbols: Symbols, _ expressions: inout ExpressionStore,
    _ budget: inout WorkBudget
  ) throws(KconfigRejection) {
    if list.count < 2 { return }
    if list.count <= 8 {
      for later in 1..<list.count {
        for earlier in 0..<later where !list[earlier].isEmpty {
          join(kind, earlier, later, &list, symbols, &expressions)
        }
      }
      return
    }
    var earlierByKey: [Key: [Int]] = [:]
    for later in list.indices {
      let key = key(list[later], &expressions)
      for earlier in earlierByKey[key] ?? [] where !list[earlier].isEmpty {
        try budget.spend(1, operands: expressions.operands.count)
        join(kind, earlier, later, &list, symbols, &expressions)
      }
      earlierByKey[key, default: []].removeAll { list[$0].isEmpty }
      earlierByKey[key, default: []].append(later)
    }
  }

  private mutating func join(
    _ kind: ExpressionKind, _ earlier: Int, _ later: Int, _ list: inout [ExpressionID], _ symbols: Symbols,
    _ expressions: inout ExpressionStore
  ) {
    let (left, right) = (list[earlier], list[later])
    let isEqual = left == right || canonical(left, &expressions) == canonical(right, &expressions)
    guard let joined = isEqual ? left : expressions.joined(kind, left, right, symbols) else { return }
    list[earlier] = .empty
    list[later] = joined
  }

  private mutating func key(_ expression: ExpressionID, _ expressions: inout ExpressionStore) -> Key {
    switch expressions.kind(expression) {
    case .symbol, .equal, .unequal: return .symbol(expressions.symbol(expression))
    case .not: return key(expressions.operand(expression), &expressions)
    default: return .canonical(canonical(expression, &expressions))
    }
  }

  /// The expression with its operands in a fixed order, so that equal ones have equal numbers.
  mutating func canonical(_ expression: ExpressionID, _ expressions: inout ExpressionStore) -> ExpressionID {
    let kind = expressions.kind(expression)
    guard kind == .and || kind == .or || kind == .not else { return expression }
    if let known = canonicals[expression] { return known }
    let result: ExpressionID
    if kind == .not {
      result = expressions.not(canonical(expressions.operand(expression), &expressions))
    } else {
      var list: [ExpressionID] = []
      for operand in Array(expressions.operands(expression)) {
        let sorted = canonical(operand, &expressions)
        expressions.append(sorted, of: kind, to: &list)
      }
      result = expressions.list(kind, list.sorted())
    }
    canonicals.set(expression, to: result)
    return result
  }
}
