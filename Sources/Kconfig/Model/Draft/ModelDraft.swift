/// A model that is being built: what the parser fills and the steps behind it complete.
struct ModelDraft {
  static let yes: Int32 = 0
  static let module: Int32 = 1
  static let no: Int32 = 2
  static let root: Int32 = 0

  let profile: KconfigProfile
  let limits: KconfigLimits
  let log: MessageLog
  var names = NameTable()
  /// The files that it was read from.
  var files = FileTable()
  var symbols: [SymbolRecord] = []
  var nodes: [NodeRecord] = []
  var properties: [PropertyRecord] = []
  var expressions = ExpressionStore()
  var forms = ExpressionForms()
  /// The symbol with `modules`; n without.
  var modules = ModelDraft.no
  /// Selections and implications in the order in which they take effect: of which symbol, and when.
  var selections: [(target: Int32, by: Int32)] = []
  var implications: [(target: Int32, by: Int32)] = []
  /// What each definition of a symbol depends on, in the order in which they are finished.
  var dependencies: [(symbol: Int32, dependency: Int32)] = []
  /// The members of each choice, by its symbol.
  var members: [Int32: [Int32]] = [:]
  /// What is not known of the toolchain.
  var openAnswers = OpenProbes()
  /// What holds for every toolchain that the files can be read with.
  var requirements: [Int32] = []
  /// By name; -1 where there is none.
  private var plain: [Int32] = []
  private var constants: [Int32] = []
  private var namedChoices: [Int32: Int32] = [:]
  var steps = 0

  init(profile: KconfigProfile, limits: KconfigLimits, log: MessageLog) {
    self.profile = profile
    self.limits = limits
    self.log = log
  }

  /// The three built-in symbols and the root of the menu.
  mutating func start(_ names: inout NameTable) {
    for letter in ["y", "m", "n"] {
      let name = names.intern(letter)
      let symbol = Int32(symbols.count)
      symbols.append(SymbolRecord(name: name, type: .tristate, isConstant: true))
      reserve(name)
      plain[Int(name)] = symbol
      constants[Int(name)] = symbol
    }
    nodes.append(NodeRecord(parent: -1, symbol: -1, firstProperty: 0, path: names.intern(""), line: 0))
  }

  // MARK: symbols

  private mutating func reserve(_ name: Int32) {
    while plain.count <= Int(name) {
      plain.append(-1)
      constants.append(-1)
    }
  }

  /// The symbol of a name, which is made if it is new.
  mutating func symbol(_ name: Int32) -> Int32 {
    reserve(name)
    if plain[Int(name)] < 0 {
      plain[Int(name)] = Int32(symbols.count)
      symbols.append(SymbolRecord(name: name))
    }
    return plain[Int(name)]
  }

  /// The constant of a text, which is made if it is new; y, m and n are the built-in symbols.
  mutating func constant(_ name: Int32) -> Int32 {
    reserve(name)
    if constants[Int(name)] < 0 {
      constants[Int(name)] = Int32(symbols.count)
      symbols.append(SymbolRecord(name: name, isConstant: true))
    }
    return constants[Int(name)]
  }

  /// A choice; one with a name may have been there before.
  mutating func choice(_ name: Int32?) -> Int32 {
    if let name, let known = namedChoices[name] { return known }
    let symbol = Int32(symbols.count)
    symbols.append(SymbolRecord(name: name ?? -1, isChoice: true))
    if let name { namedChoices[name] = symbol }
    return symbol
  }

  /// The symbol that a line of a `.config` file names.
  func find(_ name: Int32) -> Int32? {
    if Int(name) < plain.count, plain[Int(name)] >= 0 { return plain[Int(name)] }
    return namedChoices[name]
  }

  /// The symbols by name, for the complete model.
  var symbolsByName: [Int32] {
    var table = plain
    for (name, choice) in namedChoices {
      while table.count <= Int(name) { table.append(-1) }
      if table[Int(name)] < 0 { table[Int(name)] = choice }
    }
    return table
  }

  /// The name of a symbol as messages show it.
  func shownName(_ symbol: Int32) -> [UInt8] {
    let name = symbols[Int(symbol)].name
    return name < 0 ? Array(ascii: "<choice>") : Array(names[name])
  }

  // MARK: nodes and properties

  mutating func add(_ property: PropertyRecord, to symbol: Int32) -> Int32 {
    let number = Int32(properties.count)
    properties.append(property)
    guard symbol >= 0 else { return number }
    let last = symbols[Int(symbol)].lastProperty
    if last < 0 {
      symbols[Int(symbol)].firstProperty = number
    } else {
      properties[Int(last)].next = number
    }
    symbols[Int(symbol)].lastProperty = number
    return number
  }

  mutating func addDefinition(_ node: Int32, of symbol: Int32) {
    let last = symbols[Int(symbol)].lastNode
    if last < 0 {
      symbols[Int(symbol)].firstNode = node
    } else {
      nodes[Int(last)].nextDefinition = node
    }
    symbols[Int(symbol)].lastNode = node
  }

  func place(of node: NodeRecord) -> KconfigPlace {
    KconfigPlace(path: names.text(node.path), line: Int(node.line))
  }

  func place(of property: PropertyRecord) -> KconfigPlace {
    KconfigPlace(path: names.text(property.path), line: Int(property.line))
  }

  /// Where a symbol selects or implies another one; nil where it does not.
  func place(of kind: PropertyRecord.Kind, by symbol: Int32, target: Int32) -> KconfigPlace? {
    var number = symbols[Int(symbol)].firstProperty
    while number >= 0 {
      let property = properties[Int(number)]
      if property.kind == kind, expressions.isSymbol(property.value, target) { return place(of: property) }
      number = property.next
    }
    return nil
  }

  // MARK: bounds

  /// Counts work that grows faster than the text.
  mutating func spend(_ amount: Int) throws(KconfigRejection) {
    steps += amount
    guard steps <= limits.steps, expressions.operands.count <= limits.operands else { throw tooLarge(at: nil) }
  }

  func tooLarge(at place: KconfigPlace?) -> KconfigRejection {
    log.limit("the dependencies are too large", at: place)
  }

  /// The entry after another in menu order, inside `top`; -1 at the end.
  func nodeAfter(_ node: Int32, inside top: Int32) -> Int32 {
    if nodes[Int(node)].inside >= 0 { return nodes[Int(node)].inside }
    var node = node
    while node != top, nodes[Int(node)].next < 0 { node = nodes[Int(node)].parent }
    return node == top ? -1 : nodes[Int(node)].next
  }

  /// The symbols of all entries inside `top`, in menu order.
  func symbols(inside top: Int32) -> [Int32] {
    var found: [Int32] = []
    var node = nodeAfter(top, inside: top)
    while node >= 0 {
      if nodes[Int(node)].symbol >= 0 { found.append(nodes[Int(node)].symbol) }
      node = nodeAfter(node, inside: top)
    }
    return found
  }
}

extension [Int32] {
  /// Each element where it stands first: a symbol may have any number of entries in a choice.
  var withoutRepetitions: [Int32] {
    var seen = Set<Int32>()
    return filter { seen.insert($0).inserted }
  }
}
