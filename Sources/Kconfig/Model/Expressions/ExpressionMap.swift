/// What became of expressions that were rewritten in some way; nil for those that were not yet.
struct ExpressionMap {
  private var table: [ExpressionID] = []

  subscript(expression: ExpressionID) -> ExpressionID? {
    guard expression.position < table.count, !table[expression.position].isEmpty else { return nil }
    return table[expression.position]
  }

  mutating func set(_ expression: ExpressionID, to result: ExpressionID) {
    let position = expression.position
    if position >= table.count {
      table.append(contentsOf: repeatElement(.empty, count: position + 1 - table.count + table.count / 2))
    }
    table[position] = result
  }
}
