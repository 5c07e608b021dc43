/// Builds the menu of a draft as the statements come.
struct MenuBuilder {
  /// An `if`, `menu` or `choice` that is open.
  struct Block {
    enum Kind: String {
      case `if`
      case menu
      case choice
    }

    let kind: Kind
    let node: NodeID
    /// Whether only what a choice may hold may stand in it.
    let isInChoice: Bool
    /// What the menus from here outwards say about the visibility of prompts.
    let visibility: ExpressionID
  }

  /// Where a statement stands.
  struct Place {
    let path: NameID
    let line: Int
  }

  var draft: ModelDraft
  private(set) var blocks: [Block] = []
  /// The entry that attributes belong to.
  private(set) var entry = NodeID.root
  /// The menu that entries are added to.
  private(set) var menu = NodeID.root
  /// The entry that the next one follows; nil where the next one is the first of its menu.
  private var predecessor: NodeID?
  /// The choice that is open, where its members need prompts.
  private(set) var choice: NodeID?

  init(_ draft: ModelDraft) {
    self.draft = draft
  }

  /// What the menus around say about the visibility of prompts.
  var visibility: ExpressionID { blocks.last?.visibility ?? .empty }

  /// The symbol that attributes belong to; nil in menus, comments and ifs.
  var symbol: SymbolID? { draft.menu[entry].symbol }

  // MARK: entries

  mutating func addEntry(_ symbol: SymbolID?, at place: Place) {
    let first = PropertyID(draft.properties.count)
    let record = NodeRecord(symbol: symbol, firstProperty: first, path: place.path, line: place.line)
    entry = draft.menu.add(record, inside: menu, behind: predecessor)
    predecessor = entry
    if symbol != nil { addProperty(.definition, at: place) }
  }

  @discardableResult
  mutating func addProperty(
    _ kind: PropertyRecord.Kind, value: ExpressionID = .empty, condition: ExpressionID = .empty, at place: Place
  ) -> PropertyID {
    let property = PropertyRecord(
      kind: kind, condition: condition, value: value, node: entry, path: place.path, line: Int32(place.line))
    return draft.properties.add(property, of: symbol)
  }

  /// Gives a property of the entry a text, which becomes the prompt or title of the entry.
  mutating func setPrompt(_ property: PropertyID, _ text: NameID) {
    if draft.properties[property].kind == .prompt {
      // What the menus around it say about visibility counts for prompts only.
      let condition = draft.properties[property].condition
      draft.properties[property].condition = draft.expressions.join(.and, condition, visibility)
    }
    draft.properties[property].text = text
    draft.menu[entry].prompt = property
  }

  mutating func addDependency(_ condition: ExpressionID) {
    draft.menu[entry].dependency = draft.expressions.join(.and, draft.menu[entry].dependency, condition)
  }

  mutating func addVisibility(_ condition: ExpressionID) {
    draft.menu[entry].visibility = draft.expressions.join(.and, draft.menu[entry].visibility, condition)
  }

  /// Notes where the help text of the entry lies.
  mutating func setHelp(file: FileID?, start: Int) {
    draft.menu[entry].helpFile = file
    draft.menu[entry].helpStart = Int32(truncatingIfNeeded: start)
  }

  // MARK: blocks

  /// Makes the entry a block; what follows lies inside it.
  mutating func open(_ kind: Block.Kind) {
    let isInChoice = kind == .choice || (blocks.last?.isInChoice ?? false)
    let visibility = draft.expressions.join(.and, draft.menu[entry].visibility, visibility)
    blocks.append(Block(kind: kind, node: entry, isInChoice: isInChoice, visibility: visibility))
    menu = entry
    predecessor = nil
  }

  /// Says that the entry is a choice whose members need prompts.
  mutating func beginChoice() { choice = entry }

  /// Takes the innermost block away and leaves the menu as it is.
  mutating func popBlock() -> Block? {
    guard let block = blocks.popLast() else { return nil }
    if block.kind == .choice { choice = nil }
    return block
  }

  /// Goes on behind the menu, in the one around it.
  mutating func leaveMenu() { leave(menu) }

  /// Goes on behind the innermost block.
  mutating func closeBlock() {
    if let block = popBlock() { leave(block.node) }
  }

  private mutating func leave(_ node: NodeID) {
    predecessor = node
    menu = draft.menu[node].parent ?? .root
  }
}
