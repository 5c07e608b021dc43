/// What a statement says about a symbol or a menu entry.
struct PropertyRecord: Sendable {
  enum Kind: UInt8, Sendable {
    /// Where a symbol is defined.
    case definition
    case prompt
    case comment
    case menu
    case `default`
    case select
    case imply
    case range

    /// The name in messages about dependency loops, up to v6.10.
    var name: String {
      switch self {
      case .definition: "symbol"
      case .prompt: "prompt"
      case .comment: "comment"
      case .menu: "menu"
      case .default: "default"
      case .select: "select"
      case .imply: "imply"
      case .range: "range"
      }
    }
  }

  var kind: Kind
  /// The text of a prompt; nil without.
  @Compact var text: NameID? = nil
  /// The condition, with all that its place depends on once the model is complete.
  var condition = ExpressionID.empty
  /// The default, the selected symbol or the range.
  var value = ExpressionID.empty
  /// The entry that it stands in.
  let node: NodeID
  /// The next property of the same symbol.
  @Compact fileprivate(set) var next: PropertyID? = nil
  let path: NameID
  let line: Int32
}

/// What all statements say about symbols and entries, each symbol's properties in the order of the files.
struct PropertyStore: Sendable {
  private var records = IDTable<PropertyID, PropertyRecord>()
  private var firsts = CompactTable<SymbolID, PropertyID>()
  private var lasts = CompactTable<SymbolID, PropertyID>()

  var count: Int { records.count }

  /// All properties, in the order of the files.
  var all: [PropertyRecord] { records.elements }

  subscript(property: PropertyID) -> PropertyRecord {
    get { records[property] }
    _modify { yield &records[property] }
  }

  /// Adds a property of an entry, and of its symbol if it has one.
  @discardableResult
  mutating func add(_ property: PropertyRecord, of symbol: SymbolID?) -> PropertyID {
    let id = records.append(property)
    guard let symbol else { return id }
    if let last = lasts[symbol] { records[last].next = id } else { firsts[symbol] = id }
    lasts[symbol] = id
    return id
  }

  /// The first property of a symbol.
  func first(of symbol: SymbolID) -> PropertyID? { firsts[symbol] }

  /// The properties of a symbol, in the order of the files.
  func properties(of symbol: SymbolID) -> PropertyChain {
    PropertyChain(records: records, following: firsts[symbol])
  }

  /// Whether a property stands in an entry. Those of an entry have numbers one behind the other.
  func belongs(_ property: PropertyID, to node: NodeID) -> Bool {
    property.position < records.count && records[property].node == node
  }
}

/// The properties of a symbol.
struct PropertyChain: Sequence, IteratorProtocol {
  fileprivate let records: IDTable<PropertyID, PropertyRecord>
  fileprivate var following: PropertyID?

  mutating func next() -> PropertyRecord? {
    guard let property = following else { return nil }
    following = records[property].next
    return records[property]
  }
}
