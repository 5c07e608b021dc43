/// The text of an int, hex or string: one of the model's, or one that the user gave.
struct TextReference: Sendable {
  /// Names from 0 on, texts of the user counted down from -1: half of all symbols have one.
  private let number: Int32

  init(_ name: NameID) {
    number = name.number
  }

  init(_ text: UserTextID) {
    number = -1 - text.number
  }

  /// The text of the model; nil for one of the user.
  var name: NameID? { number < 0 ? nil : NameID(number: number) }

  /// The text of the user, where `name` is nil.
  var userText: UserTextID { UserTextID(number: -1 - number) }
}

/// The values of all symbols.
struct SymbolValues: Sendable {
  /// The values of bools and tristates; n for all others.
  private(set) var truth: IDTable<SymbolID, Tristate>
  /// The texts of ints, hexes and strings.
  private(set) var text: IDTable<SymbolID, TextReference>

  /// The values that symbols begin with.
  init(initial model: KconfigModel) {
    truth = IDTable(repeating: .n, count: model.symbols.count)
    truth[.constantY] = .y
    truth[.constantM] = .m
    let beginsAtZero = model.language.has(.numbersBeginAtZero)
    var texts: [TextReference] = []
    texts.reserveCapacity(model.symbols.count)
    for symbol in model.symbols.records.elements {
      switch symbol.type {
      case .int: texts.append(TextReference(beginsAtZero ? model.zeroText : model.emptyText))
      case .hex: texts.append(TextReference(beginsAtZero ? model.hexZeroText : model.emptyText))
      case .unknown: texts.append(TextReference(symbol.name ?? model.emptyText))
      case .bool, .tristate, .string: texts.append(TextReference(model.emptyText))
      }
    }
    text = IDTable(texts)
  }

  mutating func set(_ symbol: SymbolID, to value: Tristate) { truth[symbol] = value }
  mutating func set(_ symbol: SymbolID, to value: TextReference) { text[symbol] = value }

  /// Takes the value of a symbol over.
  mutating func take(_ symbol: SymbolID, from other: SymbolValues) {
    truth[symbol] = other.truth[symbol]
    text[symbol] = other.text[symbol]
  }
}
