/// What the user said about symbols, by their number.
struct UserValues: Sendable {
  /// Whether anything was said.
  var isSet: [Bool]
  /// n, m or y of bools, tristates and choice symbols, as 0, 1 and 2.
  var truth: [UInt8]
  /// The text of ints, hexes and strings, as a number of `texts`; -1 for none.
  var text: [Int32]
  private(set) var texts: [[UInt8]] = []
  /// The member that a choice symbol was set to; -1 for none.
  var chosen: [Int32]
  /// Where members of choices stand among one another, lower numbers first: 0 as long as nothing was said.
  private var ranks: [Int32: Int] = [:]
  private var highest = 0
  private var lowest = 0

  init(_ model: KconfigModel) {
    let count = model.symbols.count
    isSet = [Bool](repeating: false, count: count)
    truth = [UInt8](repeating: 0, count: count)
    text = [Int32](repeating: -1, count: count)
    chosen = [Int32](repeating: -1, count: count)
  }

  mutating func set(_ symbol: Int32, truth value: UInt8) {
    truth[Int(symbol)] = value
    isSet[Int(symbol)] = true
  }

  mutating func set(_ symbol: Int32, text value: [UInt8]) {
    text[Int(symbol)] = Int32(texts.count)
    texts.append(value)
    isSet[Int(symbol)] = true
  }

  /// Forgets everything but the order of members, as `conf` does before it reads a file.
  mutating func clear() {
    for symbol in isSet.indices {
      isSet[symbol] = false
      truth[symbol] = 0
      text[symbol] = -1
      chosen[symbol] = -1
    }
    texts = []
  }

  /// A member of a choice was spoken of: from now on it comes first.
  mutating func prefer(_ member: Int32) {
    lowest -= 1
    ranks[member] = lowest
  }

  /// Comes last from now on.
  mutating func postpone(_ member: Int32) {
    highest += 1
    ranks[member] = highest
  }

  /// The members of a priority choice, those first that were spoken of last; the others as the choice lists them.
  func members(of choice: Int32, _ model: KconfigModel) -> [Int32] {
    let members = model.members[choice] ?? []
    if ranks.isEmpty { return members }
    return members.map { (rank: ranks[$0] ?? 0, member: $0) }.enumerated()
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element.member)
  }
}
