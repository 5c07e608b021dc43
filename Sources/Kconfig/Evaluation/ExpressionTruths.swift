/// The values of expressions that have been computed since the last change.
struct ExpressionTruths: Sendable {
  private struct Entry: Sendable {
    /// When the value was computed; 0 for never.
    var round: UInt32 = 0
    var value = Tristate.n
  }

  private var table: IDTable<ExpressionID, Entry>
  private var round: UInt32 = 1

  init(count: Int) {
    table = IDTable(repeating: Entry(), count: count)
  }

  /// The value of an expression; nil where it has to be computed.
  subscript(expression: ExpressionID) -> Tristate? {
    let known = table[expression]
    return known.round == round ? known.value : nil
  }

  mutating func set(_ expression: ExpressionID, to value: Tristate) {
    table[expression] = Entry(round: round, value: value)
  }

  /// Forgets all values, without looking at each.
  mutating func forget() {
    round += 1
    guard round == .max else { return }
    round = 1
    table.fill(with: Entry())
  }
}
