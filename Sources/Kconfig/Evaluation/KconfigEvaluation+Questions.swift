/// What the menu and the files ask about values.
extension KconfigEvaluation {
  /// Whether the title of a menu or comment is shown. Kernel: `menu_is_visible` in scripts/kconfig/menu.c.
  mutating func isTitleVisible(_ node: NodeID) -> Bool {
    isInVisibleMenu(node) && isPromptVisible(node)
  }

  /// Whether the entry's own `visible if` allows it to be shown.
  mutating func isInVisibleMenu(_ node: NodeID) -> Bool {
    let visibility = model.menu[node].visibility
    return visibility.isEmpty || evaluate(visibility) != .n
  }

  /// Whether an entry has a prompt that is shown, whatever the menus around it say.
  mutating func isPromptVisible(_ node: NodeID) -> Bool {
    guard let prompt = model.menu[node].prompt else { return false }
    let value: Tristate
    if let symbol = model.menu[node].symbol.map({ model.symbols[$0] }) {
      // The prompt of a symbol without type is never looked at.
      if symbol.type == .unknown { return false }
      value = evaluate(model.properties[prompt].condition)
      if value == .m, hidesModule(symbol.choice, symbol.type) { return false }
    } else {
      value = evaluate(model.properties[prompt].condition)
    }
    return value != .n
  }

  /// Whether the user can give it another value.
  func isChangeable(_ symbol: SymbolID) -> Bool {
    if model.language.choices == .memberPriority, model.symbols[symbol].isChoice { return false }
    return visibility[symbol] > selection[symbol]
  }

  /// Whether the user can set it to n, m or y.
  func allows(_ value: Tristate, for symbol: SymbolID) -> Bool {
    let type = effectiveType(symbol)
    guard visibility[symbol] != .n, type.isLogical, !(type == .bool && value == .m),
      visibility[symbol] > selection[symbol]
    else { return false }
    if model.symbols[symbol].choice != nil, visibility[symbol] == .y { return value == .y }
    return value >= selection[symbol] && value <= visibility[symbol]
  }

  /// Whether the user can set it to a text. Kernel: `sym_string_within_range`.
  mutating func allows(_ text: some Collection<UInt8>, for symbol: SymbolID) -> Bool {
    let type = model.symbols[symbol].type
    guard type.accepts(text) else { return false }
    guard let base = type.base, let range = activeRange(symbol) else { return true }
    let value = Int64(saturating: text, base: base)
    return value >= bound(range.lower, base) && value <= bound(range.upper, base)
  }

  /// The text that a symbol has if the user says nothing, before ranges. Kernel: `sym_get_string_default`.
  mutating func usualText(of symbol: SymbolID) -> [UInt8] {
    let record = model.symbols[symbol]
    let property = activeDefault(symbol)
    if record.type.isLogical { return Array(usualTruth(of: symbol, property).bytes) }
    var text: [UInt8] = []
    if let property, model.expressions.kind(property.value) == .symbol {
      text = initialOrOwnText(of: model.expressions.symbol(property.value))
    }
    guard text.isEmpty, model.language.has(.numbersBeginAtZero) else { return text }
    switch record.type {
    case .int: return Array(ascii: "0")
    case .hex: return Array(ascii: "0x0")
    case .unknown, .bool, .tristate, .string: return text
    }
  }

  private mutating func usualTruth(of symbol: SymbolID, _ property: PropertyIndex.Value?) -> Tristate {
    let record = model.symbols[symbol]
    var value = Tristate.n
    if let property { value = min(evaluate(property.value), evaluate(property.condition)) }
    value = max(value, selection[symbol])
    if value == .m, !record.isMember, truth(model.modules) == .n { value = .y }
    if value == .m, record.type == .bool { value = .y }
    return max(value, implication[symbol])
  }

  private func initialOrOwnText(of symbol: SymbolID) -> [UInt8] {
    guard model.symbols[symbol].type.isLogical, !symbol.isTristateConstant else { return Array(bytes(of: symbol)) }
    return Array(ascii: "n")
  }
}
