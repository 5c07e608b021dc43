/// A model that is being built: what the parser fills, `MenuFinisher` completes and `DependencyCheck` looks at.
struct ModelDraft {
  let language: KconfigLanguage
  let limits: KconfigLimits
  let log: MessageLog
  /// The texts and the files, once all have been read.
  var names = NameTable()
  var files = FileTable()
  var symbols: SymbolTable
  var menu: MenuTree
  var properties = PropertyStore()
  var expressions = ExpressionStore()
  /// The symbol with `modules`; n without.
  var modules = SymbolID.constantN
  /// The members of each choice, by its symbol.
  var members: [SymbolID: [SymbolID]] = [:]
  /// What is not known of the toolchain.
  var openAnswers = OpenProbes()
  /// What holds for every toolchain that the files can be read with.
  var requirements: [ExpressionID] = []
  var budget: WorkBudget

  /// A draft of the built-in symbols and the root of the menu.
  init(language: KconfigLanguage, limits: KconfigLimits, log: MessageLog, _ names: inout NameTable) {
    self.language = language
    self.limits = limits
    self.log = log
    symbols = SymbolTable(&names)
    menu = MenuTree(root: NodeRecord(firstProperty: PropertyID(number: 0), path: names.intern(""), line: 0))
    budget = WorkBudget(limits, log)
  }

  /// Counts work that grows faster than the text.
  mutating func spend(_ amount: Int) throws(KconfigRejection) {
    try budget.spend(amount, operands: expressions.operands.count)
  }
}

extension ModelDraft {
  /// The name of a symbol as messages show it.
  func shownName(_ symbol: SymbolID) -> [UInt8] { names.shownName(of: symbols[symbol]) }

  func place(of node: NodeID) -> KconfigPlace {
    KconfigPlace(path: names.text(menu[node].path), line: Int(menu[node].line))
  }

  func place(of property: PropertyRecord) -> KconfigPlace {
    KconfigPlace(path: names.text(property.path), line: Int(property.line))
  }

  /// Where a symbol selects or implies another one; nil where it does not.
  func place(of kind: PropertyRecord.Kind, by symbol: SymbolID, target: SymbolID) -> KconfigPlace? {
    properties.properties(of: symbol).first { $0.kind == kind && expressions.isSymbol($0.value, target) }.map(place)
  }

  /// The choice that a symbol is a member of; nil for none.
  ///
  /// In v6.12 that is where its first prompt stands; kernel: `sym_get_choice_menu` in scripts/kconfig/symbol.c.
  func choice(of symbol: SymbolID) -> SymbolID? {
    guard language.choices == .memberPriority else { return symbols[symbol].choice }
    var node = menu.firstDefinition(of: symbol)
    while let definition = node, menu[definition].prompt == nil { node = menu[definition].nextDefinition }
    var parent = node.flatMap { menu[$0].parent }
    while let outer = parent {
      if let symbol = menu[outer].symbol { return symbols[symbol].isChoice ? symbol : nil }
      parent = menu[outer].parent
    }
    return nil
  }

  /// The symbols that count as inside a choice.
  func entries(of choice: SymbolID) -> [SymbolID] {
    switch language.choices {
    case .choiceSymbol: return members[choice] ?? []
    case .memberPriority: return menu.firstDefinition(of: choice).map { menu.symbols(inside: $0) } ?? []
    }
  }
}

extension NameTable {
  /// The name of a symbol as messages show it.
  func shownName(of symbol: SymbolRecord) -> [UInt8] { symbol.name.map { Array(self[$0]) } ?? Array(ascii: "<choice>") }
}
