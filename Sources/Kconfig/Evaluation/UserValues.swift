/// A text that the user gave.
struct UserTextID: TableIndex {
  let number: Int32
}

/// What the user said about symbols.
struct UserValues: Sendable {
  /// Whether anything was said.
  var isSet: IDTable<SymbolID, Bool>
  /// The values of bools, tristates and choice symbols.
  var truth: IDTable<SymbolID, Tristate>
  /// The member that a choice symbol was set to.
  var chosen: CompactTable<SymbolID, SymbolID>
  private var textIDs: CompactTable<SymbolID, UserTextID>
  private var texts = IDTable<UserTextID, [UInt8]>()
  /// Where members of choices stand among one another, lower numbers first: 0 as long as nothing was said.
  private var ranks: [SymbolID: Int] = [:]
  private var highest = 0
  private var lowest = 0

  init(_ model: KconfigModel) {
    let count = model.symbols.count
    isSet = IDTable(repeating: false, count: count)
    truth = IDTable(repeating: .n, count: count)
    textIDs = CompactTable(count: count)
    chosen = CompactTable(count: count)
  }

  mutating func set(_ symbol: SymbolID, truth value: Tristate) {
    truth[symbol] = value
    isSet[symbol] = true
  }

  mutating func set(_ symbol: SymbolID, text value: [UInt8]) {
    textIDs[symbol] = texts.append(value)
    isSet[symbol] = true
  }

  /// What was said about a bool or tristate; nil for nothing.
  func said(_ symbol: SymbolID) -> Tristate? { isSet[symbol] ? truth[symbol] : nil }

  /// The text that was given to an int, hex or string; nil for none.
  func textID(of symbol: SymbolID) -> UserTextID? { textIDs[symbol] }

  /// The same text.
  func text(of symbol: SymbolID) -> [UInt8]? { textIDs[symbol].map { texts[$0] } }

  subscript(text: UserTextID) -> [UInt8] { text.position < texts.count ? texts[text] : [] }

  /// Forgets everything but the order of members, as `conf` does before it reads a file.
  mutating func clear() {
    isSet.fill(with: false)
    truth.fill(with: .n)
    textIDs.clear()
    chosen.clear()
    texts = IDTable()
  }

  /// A member of a choice was spoken of: from now on it comes first.
  mutating func prefer(_ member: SymbolID) {
    lowest -= 1
    ranks[member] = lowest
  }

  /// Comes last from now on.
  mutating func postpone(_ member: SymbolID) {
    highest += 1
    ranks[member] = highest
  }

  /// The members of a priority choice, those first that were spoken of last; the others as the choice lists them.
  func members(of choice: SymbolID, _ model: KconfigModel) -> [SymbolID] {
    let members = model.members[choice] ?? []
    if ranks.isEmpty { return members }
    return members.map { (rank: ranks[$0] ?? 0, member: $0) }.enumerated()
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element.member)
  }
}
