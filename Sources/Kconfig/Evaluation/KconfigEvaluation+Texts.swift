/// What values and bounds come to as texts, numbers and properties that count.
extension KconfigEvaluation {
  /// The first default whose condition is given.
  mutating func activeDefault(_ symbol: SymbolID) -> PropertyIndex.Value? {
    for number in model.index.defaults(of: symbol) {
      let property = model.index.defaults[number]
      if evaluate(property.condition) != .n { return property }
    }
    return nil
  }

  /// The first range whose condition is given.
  mutating func activeRangeExpression(_ symbol: SymbolID) -> ExpressionID? {
    for number in model.index.ranges(of: symbol) {
      let property = model.index.ranges[number]
      if evaluate(property.condition) != .n { return property.value }
    }
    return nil
  }

  /// The bounds of the first range whose condition is given.
  mutating func activeRange(_ symbol: SymbolID) -> (lower: SymbolID, upper: SymbolID)? {
    activeRangeExpression(symbol).map { (model.expressions.symbol($0), model.expressions.rightSymbol($0)) }
  }

  /// Whether the user said something about a transitional symbol that is a default as a whole.
  func isFromTransition(_ property: PropertyIndex.Value) -> Bool {
    guard model.language.has(.transitionalSymbols), model.expressions.kind(property.value) == .symbol else {
      return false
    }
    let source = model.expressions.symbol(property.value)
    return model.symbols[source].isTransitional && user.isSet[source]
  }

  /// The text that another symbol takes over from one.
  func textTaken(from symbol: SymbolID) -> TextReference {
    let record = model.symbols[symbol]
    guard record.type.isLogical else { return values.text[symbol] }
    // `conf` takes over the text that a bool begins with, whatever its value is: n.
    let name = symbol.isTristateConstant ? record.name : model.symbols[.constantN].name
    return TextReference(name ?? model.emptyText)
  }

  /// The value of a bound, which is read by its own type if it has one.
  /// - Parameter base: that of the number that is bounded.
  func bound(_ symbol: SymbolID, _ base: UInt64) -> Int64 {
    Int64(saturating: bytes(of: symbol), base: model.symbols[symbol].type.base ?? base)
  }

  /// The value of a symbol as text, as a `.config` file has it but for quotes.
  func bytes(of symbol: SymbolID) -> ArraySlice<UInt8> {
    bytes(of: symbol, in: values)
  }

  func bytes(of symbol: SymbolID, in values: SymbolValues) -> ArraySlice<UInt8> {
    if model.symbols[symbol].type.isLogical { return values.truth[symbol].bytes }
    let text = values.text[symbol]
    return text.name.map { model.names[$0] } ?? user[text.userText][...]
  }
}

extension KconfigType {
  /// The base that numbers of this type are written in; nil for other types.
  var base: UInt64? {
    switch self {
    case .int: 10
    case .hex: 16
    case .unknown, .bool, .tristate, .string: nil
    }
  }
}

extension Tristate {
  private static let letters: [ArraySlice<UInt8>] = ["n", "m", "y"].map { Array($0.utf8)[...] }

  /// Its letter.
  var bytes: ArraySlice<UInt8> { Self.letters[rawValue] }
}
