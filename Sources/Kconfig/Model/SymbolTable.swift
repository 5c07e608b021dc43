/// A symbol, a constant or a choice.
struct SymbolRecord: Sendable {
  /// Nil for a choice without a name.
  @Compact var name: NameID?
  var type = KconfigType.unknown
  var isConstant = false
  var isChoice = false
  /// A choice symbol with `optional`.
  var isOptional = false
  /// Read from `.config` files and never written.
  var isTransitional = false
  /// In the list of a choice.
  var isMember = false
  /// The choice symbol that it is a member of.
  @Compact var choice: SymbolID? = nil
  /// What all definitions together depend on.
  var dependency = ExpressionID.empty
  /// What selects it.
  var selection = ExpressionID.empty
  /// What implies it.
  var implication = ExpressionID.empty
}

/// The symbols, constants and choices of a model, by number and by name.
struct SymbolTable: Sendable {
  private(set) var records = IDTable<SymbolID, SymbolRecord>()
  private var plain = CompactTable<NameID, SymbolID>()
  private var constants = CompactTable<NameID, SymbolID>()
  private var namedChoices: [NameID: SymbolID] = [:]

  /// A table of the constants y, m and n, which are symbols as well.
  init(_ names: inout NameTable) {
    for letter in ["y", "m", "n"] {
      let name = names.intern(letter)
      let symbol = records.append(SymbolRecord(name: name, type: .tristate, isConstant: true))
      plain[name] = symbol
      constants[name] = symbol
    }
  }

  var count: Int { records.count }

  /// The numbers of all symbols.
  var ids: IDRange<SymbolID> { records.ids }

  subscript(symbol: SymbolID) -> SymbolRecord {
    get { records[symbol] }
    _modify { yield &records[symbol] }
  }

  /// The symbol of a name, which is made if it is new.
  mutating func symbol(_ name: NameID) -> SymbolID {
    if let known = plain[name] { return known }
    let symbol = records.append(SymbolRecord(name: name))
    plain[name] = symbol
    return symbol
  }

  /// The constant of a text, which is made if it is new; y, m and n are the built-in symbols.
  mutating func constant(_ name: NameID) -> SymbolID {
    if let known = constants[name] { return known }
    let symbol = records.append(SymbolRecord(name: name, isConstant: true))
    constants[name] = symbol
    return symbol
  }

  /// A choice; one with a name may have been there before.
  mutating func choice(_ name: NameID?) -> SymbolID {
    if let name, let known = namedChoices[name] { return known }
    let symbol = records.append(SymbolRecord(name: name, isChoice: true))
    if let name { namedChoices[name] = symbol }
    return symbol
  }

  /// The symbol that a line of a `.config` file names.
  func find(_ name: NameID) -> SymbolID? { plain[name] ?? namedChoices[name] }
}

extension Sequence<SymbolID> {
  /// Each symbol where it stands first: a symbol may have any number of entries in a choice.
  var withoutRepetitions: [SymbolID] {
    var seen = Set<SymbolID>()
    return filter { seen.insert($0).inserted }
  }
}
