/// An entry of the menu.
struct NodeRecord: Sendable {
  @Compact fileprivate(set) var parent: NodeID?
  /// The entry behind it, in the same menu.
  @Compact fileprivate(set) var next: NodeID? = nil
  /// The first entry inside.
  @Compact fileprivate(set) var inside: NodeID? = nil
  /// The next definition of the same symbol.
  @Compact fileprivate(set) var nextDefinition: NodeID? = nil
  /// Nil for menus, comments and ifs.
  @Compact private(set) var symbol: SymbolID?
  /// Where its properties begin; that of the next entry where it has none.
  let firstProperty: PropertyID
  /// The property with the prompt or title.
  @Compact var prompt: PropertyID? = nil
  /// What `visible if` says.
  var visibility = ExpressionID.empty
  var dependency = ExpressionID.empty
  /// The file and place of its help text; nil without.
  @Compact var helpFile: FileID? = nil
  var helpStart: Int32 = 0
  let path: NameID
  let line: Int32

  init(symbol: SymbolID? = nil, firstProperty: PropertyID, path: NameID, line: Int) {
    _parent = Compact(wrappedValue: nil)
    _symbol = Compact(wrappedValue: symbol)
    self.firstProperty = firstProperty
    self.path = path
    self.line = Int32(truncatingIfNeeded: line)
  }
}

/// The entries of the menu and how they lie inside and behind one another. Only the tree itself changes that.
struct MenuTree: Sendable {
  private var nodes: IDTable<NodeID, NodeRecord>
  /// Where the definitions of each symbol begin and end.
  private var firstDefinitions = CompactTable<SymbolID, NodeID>()
  private var lastDefinitions = CompactTable<SymbolID, NodeID>()

  /// A menu without entries.
  init(root: NodeRecord) {
    nodes = IDTable([root])
  }

  var count: Int { nodes.count }

  subscript(node: NodeID) -> NodeRecord {
    get { nodes[node] }
    _modify { yield &nodes[node] }
  }

  // MARK: making

  /// Adds an entry to a menu, behind another one; nil where it is the first.
  mutating func add(_ record: NodeRecord, inside menu: NodeID, behind predecessor: NodeID?) -> NodeID {
    let node = nodes.append(record)
    nodes[node].parent = menu
    if let predecessor { nodes[predecessor].next = node } else { nodes[menu].inside = node }
    guard let symbol = record.symbol else { return node }
    if let last = lastDefinitions[symbol] {
      nodes[last].nextDefinition = node
    } else {
      firstDefinitions[symbol] = node
    }
    lastDefinitions[symbol] = node
    return node
  }

  /// Says that an entry lies below another one; `adopt` follows for the last of these.
  mutating func setParent(of node: NodeID, to parent: NodeID) {
    nodes[node].parent = parent
  }

  /// Moves the entries behind another one inside it, up to the last that has it as its parent.
  mutating func adopt(upTo last: NodeID, by node: NodeID) {
    nodes[node].inside = nodes[node].next
    nodes[node].next = nodes[last].next
    nodes[last].next = nil
  }

  /// Puts the entries inside another one behind it, into the menu that it lies in.
  /// - Returns: how many there are.
  mutating func dissolve(_ node: NodeID, into parent: NodeID) -> Int {
    guard let first = nodes[node].inside else { return 0 }
    var last = first
    nodes[last].parent = parent
    var count = 1
    while let next = nodes[last].next {
      last = next
      nodes[last].parent = parent
      count += 1
    }
    nodes[last].next = nodes[node].next
    nodes[node].next = first
    nodes[node].inside = nil
    return count
  }

  // MARK: walking

  func firstDefinition(of symbol: SymbolID) -> NodeID? { firstDefinitions[symbol] }

  /// The definitions of a symbol, in the order of the files.
  func definitions(of symbol: SymbolID) -> NodeChain {
    NodeChain(nodes: nodes, following: firstDefinitions[symbol], step: { $0.nextDefinition })
  }

  /// The entries of a menu, without those inside them.
  func entries(inside menu: NodeID) -> NodeChain {
    NodeChain(nodes: nodes, following: nodes[menu].inside, step: { $0.next })
  }

  /// The entry after another in menu order, inside `top`; nil at the end.
  func node(after node: NodeID, inside top: NodeID) -> NodeID? {
    nodes[node].inside ?? self.node(behind: node, inside: top)
  }

  /// The entry that follows when those inside one are left out; nil at the end.
  func node(behind node: NodeID, inside top: NodeID) -> NodeID? {
    var node = node
    while node != top {
      if let next = nodes[node].next { return next }
      guard let parent = nodes[node].parent else { return nil }
      node = parent
    }
    return nil
  }

  /// All entries inside another one in menu order.
  func nodes(inside top: NodeID) -> [NodeID] {
    var order: [NodeID] = []
    if top == .root { order.reserveCapacity(nodes.count) }
    var next = node(after: top, inside: top)
    while let node = next {
      order.append(node)
      next = self.node(after: node, inside: top)
    }
    return order
  }

  /// The symbols of all entries inside another one, in menu order.
  func symbols(inside top: NodeID) -> [SymbolID] {
    nodes(inside: top).compactMap { nodes[$0].symbol }
  }
}

/// Entries one behind the other.
struct NodeChain: Sequence, IteratorProtocol {
  fileprivate let nodes: IDTable<NodeID, NodeRecord>
  fileprivate var following: NodeID?
  fileprivate let step: (NodeRecord) -> NodeID?

  mutating func next() -> NodeID? {
    guard let node = following else { return nil }
    following = step(nodes[node])
    return node
  }
}
