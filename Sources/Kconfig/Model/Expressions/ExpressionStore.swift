/// All expressions of a model, each stored once: equal expressions have equal numbers.
///
/// `&&` and `||` have any number of operands: a chain of any length is one node, and nothing recurses deeper than the
/// parentheses of the text.
///
/// This is the form for whole trees, whose twenty thousand conditions share their parts and are evaluated thousands of times.
/// `KconfigExpression` is the form for single conditions of a user, with a place for each word.
struct ExpressionStore: Sendable {
  private(set) var kinds: [ExpressionKind] = [.symbol]
  /// The symbol, the operand of `!`, the left side, or where the operands begin.
  private var first: [Int32] = [0]
  /// The right side, or how many operands there are.
  private var second: [Int32] = [0]
  private(set) var operands: [ExpressionID] = []
  private var slots = [Int32](repeating: 0, count: 1 << 15)

  /// One more than there are expressions: the first place belongs to the empty one.
  var count: Int { kinds.count }

  func kind(_ expression: ExpressionID) -> ExpressionKind { kinds[expression.position] }

  /// The symbol, or the one on the left side of a comparison or range.
  func symbol(_ expression: ExpressionID) -> SymbolID { SymbolID(number: first[expression.position]) }

  /// The symbol on the right side of a comparison or range.
  func rightSymbol(_ expression: ExpressionID) -> SymbolID { SymbolID(number: second[expression.position]) }

  /// The operand of `!`.
  func operand(_ expression: ExpressionID) -> ExpressionID { ExpressionID(number: first[expression.position]) }

  /// The operands of `&&` or `||`.
  func operands(_ expression: ExpressionID) -> ArraySlice<ExpressionID> {
    operands[operandRange(expression)]
  }

  /// Where they lie: they stay there, whatever is made.
  func operandRange(_ expression: ExpressionID) -> Range<Int> {
    let start = Int(first[expression.position])
    return start..<start + Int(second[expression.position])
  }

  func isSymbol(_ expression: ExpressionID, _ symbol: SymbolID) -> Bool {
    !expression.isEmpty && kind(expression) == .symbol && self.symbol(expression) == symbol
  }

  // MARK: making

  mutating func symbol(of symbol: SymbolID) -> ExpressionID { intern(.symbol, symbol.number, -1) }
  mutating func not(_ operand: ExpressionID) -> ExpressionID { intern(.not, operand.number, -1) }
  mutating func pair(_ kind: ExpressionKind, _ left: SymbolID, _ right: SymbolID) -> ExpressionID {
    intern(kind, left.number, right.number)
  }

  /// Both, or the one that there is.
  mutating func join(_ kind: ExpressionKind, _ left: ExpressionID, _ right: ExpressionID) -> ExpressionID {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    let start = operands.count
    addOperands(left, kind)
    addOperands(right, kind)
    return settled(kind, start)
  }

  /// Lays an expression, or its operands if it is of that kind, behind all operands.
  private mutating func addOperands(_ expression: ExpressionID, _ kind: ExpressionKind) {
    guard self.kind(expression) == kind else {
      operands.append(expression)
      return
    }
    for index in operandRange(expression) { operands.append(operands[index]) }
  }

  /// Adds an expression to the operands of another; its own operands if it is of the same kind.
  func append(_ expression: ExpressionID, of kind: ExpressionKind, to list: inout [ExpressionID]) {
    if self.kind(expression) == kind {
      list += operands(expression)
    } else {
      list.append(expression)
    }
  }

  /// `&&` or `||` of at least one expression, none of which is of that kind itself.
  mutating func list(_ kind: ExpressionKind, _ list: [ExpressionID]) -> ExpressionID {
    if list.count == 1 { return list[0] }
    let start = operands.count
    operands += list
    return settled(kind, start)
  }

  /// The expression of the operands from `start` on. They stay where they are if it is new, so that none need a list of
  /// their own before it is known.
  private mutating func settled(_ kind: ExpressionKind, _ start: Int) -> ExpressionID {
    let count = operands.count - start
    var hash = Self.start(kind)
    for index in start..<operands.count { Self.mix(&hash, operands[index].number) }
    var slot = Self.slot(hash, slots.count)
    while slots[slot] != 0 {
      let found = Int(slots[slot])
      if kinds[found] == kind, second[found] == Int32(count), areOperandsEqual(Int(first[found]), start, count) {
        operands.removeLast(count)
        return ExpressionID(found)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return add(kind, Int32(start), Int32(count), at: slot)
  }

  private func areOperandsEqual(_ one: Int, _ other: Int, _ count: Int) -> Bool {
    for index in 0..<count where operands[one + index] != operands[other + index] { return false }
    return true
  }

  private mutating func intern(_ kind: ExpressionKind, _ left: Int32, _ right: Int32) -> ExpressionID {
    var hash = Self.start(kind)
    Self.mix(&hash, left)
    Self.mix(&hash, right)
    var slot = Self.slot(hash, slots.count)
    while slots[slot] != 0 {
      let found = Int(slots[slot])
      if kinds[found] == kind, first[found] == left, second[found] == right { return ExpressionID(found) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return add(kind, left, right, at: slot)
  }

  private mutating func add(_ kind: ExpressionKind, _ left: Int32, _ right: Int32, at slot: Int) -> ExpressionID {
    let number = Int32(kinds.count)
    kinds.append(kind)
    first.append(left)
    second.append(right)
    slots[slot] = number
    if kinds.count * 2 > slots.count { grow() }
    return ExpressionID(number: number)
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    for number in 1..<kinds.count {
      let kind = kinds[number]
      var hash = Self.start(kind)
      if kind == .and || kind == .or {
        for operand in operands(ExpressionID(number)) { Self.mix(&hash, operand.number) }
      } else {
        Self.mix(&hash, first[number])
        Self.mix(&hash, second[number])
      }
      var slot = Self.slot(hash, slots.count)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  private static func start(_ kind: ExpressionKind) -> UInt64 { UInt64(kind.rawValue) &+ 0x9E37_79B9_7F4A_7C15 }

  private static func mix(_ hash: inout UInt64, _ value: Int32) {
    hash = (hash ^ UInt64(UInt32(bitPattern: value))) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 32
  }

  private static func slot(_ hash: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: hash) & (count - 1)
  }
}

extension ExpressionStore {
  /// The symbols of an expression in text order, with repetitions.
  func collectSymbols(_ expression: ExpressionID, into list: inout [SymbolID]) {
    if expression.isEmpty { return }
    switch kind(expression) {
    case .and, .or:
      for index in operandRange(expression) { collectSymbols(operands[index], into: &list) }
    case .not:
      collectSymbols(operand(expression), into: &list)
    case .symbol:
      list.append(symbol(expression))
    default:
      list.append(symbol(expression))
      list.append(rightSymbol(expression))
    }
  }
}
