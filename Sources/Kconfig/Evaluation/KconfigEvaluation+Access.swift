/// Setting and asking from outside.
extension KconfigEvaluation {
  /// Sets a bool or tristate as a line of a `.config` file would; takes effect with `recompute`.
  public mutating func set(_ symbol: Int, to value: Tristate) {
    let number = Int32(symbol)
    user.set(number, truth: UInt8(value.rawValue))
    let choice = model.choices[symbol]
    guard choice >= 0 else { return }
    switch model.language.choices {
    case .memberPriority:
      user.prefer(number)
    case .choiceSymbol:
      user.isSet[Int(choice)] = true
      user.truth[Int(choice)] = max(user.truth[Int(choice)], user.truth[symbol])
      if value == .y { user.chosen[Int(choice)] = number }
    }
  }

  /// Sets an int, hex or string; takes effect with `recompute`.
  /// - Returns: whether the text can be a value of the symbol's type.
  public mutating func set(_ symbol: Int, to text: String) -> Bool {
    let type = model.symbols[symbol].type
    guard !type.isLogical, type.accepts(text.utf8) else { return false }
    user.set(Int32(symbol), text: Array(text.utf8))
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
    for choice in unanswered { user.isSet[Int(choice)] = false }
  }

  /// The value of a symbol with its type.
  public func value(of symbol: Int) -> KconfigTerm {
    let text = String(decoding: bytes(of: Int32(symbol)), as: UTF8.self)
    switch model.symbols[symbol].type {
    case .bool, .tristate: return .tristate(Tristate(rawValue: Int(truth[symbol])) ?? .n)
    case .int: return .int(text)
    case .hex: return .hex(text)
    case .string: return .string(text)
    case .unknown: return .untyped(text)
    }
  }

  /// Whether the `.config` file has a line for the symbol.
  public func writes(_ symbol: Int) -> Bool { isWritten[symbol] }

  /// What the prompts of the symbol allow the user: n where nothing can be set.
  public func visibility(of symbol: Int) -> Tristate { Tristate(rawValue: Int(visibility[symbol])) ?? .n }

  /// The symbols that are selected although what they depend on is not given.
  public var unmetSymbols: [Int] { unmet.map(Int.init) }

  /// The `.config` file of the values.
  public func configuration() -> [UInt8] {
    var writer = ConfigWriter(self, prefix: Array(ascii: "CONFIG_"))
    return writer.configuration()
  }
}
