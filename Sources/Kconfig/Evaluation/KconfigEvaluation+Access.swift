/// Setting and asking from outside.
extension KconfigEvaluation {
  /// Sets a bool or tristate as a line of a `.config` file would; takes effect with `recompute`.
  public mutating func set(_ symbol: SymbolID, to value: Tristate) {
    user.set(symbol, truth: value)
    guard let choice = model.choice(of: symbol) else { return }
    switch model.language.choices {
    case .memberPriority:
      user.prefer(symbol)
    case .choiceSymbol:
      user.isSet[choice] = true
      user.truth[choice] = max(user.truth[choice], value)
      if value == .y { user.chosen[choice] = symbol }
    }
  }

  /// Sets an int, hex or string; takes effect with `recompute`.
  /// - Returns: whether the text can be a value of the symbol's type.
  public mutating func set(_ symbol: SymbolID, to text: String) -> Bool {
    let type = model.symbols[symbol].type
    guard !type.isLogical, type.accepts(text.utf8) else { return false }
    user.set(symbol, text: Array(text.utf8))
    return true
  }

  /// Reads a `.config` file in place of all that was set, and computes all values.
  /// - Returns: what `conf` would warn about.
  public mutating func read(_ text: [UInt8], path: String = ".config") -> [KconfigMessage] {
    var reader = ConfigReader(
      model, path: path, prefix: Array(ascii: "CONFIG_"), origin: .user(warnsAboutUnknown: false))
    reader.read(text, into: &user)
    recompute()
    return reader.messages
  }

  /// Computes all values from what was set. What depends on whether there are modules knows it from the start.
  public mutating func recompute() {
    let (before, said) = (modules, user)
    evaluate()
    if modules != before {
      // What transitional symbols handed over without knowing of the modules is void.
      user = said
      evaluate()
    }
    for choice in choiceSymbols.unanswered { user.isSet[choice] = false }
  }

  /// The value of a symbol with its type.
  public func value(of symbol: SymbolID) -> KconfigTerm {
    let text = String(decoding: bytes(of: symbol), as: UTF8.self)
    switch model.symbols[symbol].type {
    case .bool, .tristate: return .tristate(truth(symbol))
    case .int: return .int(text)
    case .hex: return .hex(text)
    case .string: return .string(text)
    case .unknown: return .untyped(text)
    }
  }

  /// Whether the `.config` file has a line for the symbol.
  public func writes(_ symbol: SymbolID) -> Bool { isWritten[symbol] }

  /// What the prompts of the symbol allow the user: n where nothing can be set.
  public func visibility(of symbol: SymbolID) -> Tristate { visibility[symbol] }

  /// The symbols that are selected although what they depend on is not given.
  public var unmetSymbols: [SymbolID] { unmet }

  /// The `.config` file of the values.
  public func configuration() -> [UInt8] {
    var writer = ConfigWriter(self, prefix: Array(ascii: "CONFIG_"))
    return writer.configuration()
  }
}
