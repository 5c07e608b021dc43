/// What the menu and the files ask about values.
extension KconfigEvaluation {
  /// Whether the title of a menu or comment is shown. Kernel: `menu_is_visible` in scripts/kconfig/menu.c.
  mutating func isTitleVisible(_ node: Int32) -> Bool {
    let record = model.nodes[Int(node)]
    guard record.prompt >= 0 else { return false }
    if record.visibility != ExpressionStore.none, evaluate(record.visibility) == Self.no { return false }
    return isPromptVisible(record)
  }

  mutating func isPromptVisible(_ record: NodeRecord) -> Bool {
    // The prompt of a symbol without type is never looked at.
    if record.symbol >= 0, model.symbols[Int(record.symbol)].type == .unknown { return false }
    let value = evaluate(model.properties[Int(record.prompt)].condition)
    guard record.symbol >= 0 else { return value != Self.no }
    let symbol = model.symbols[Int(record.symbol)]
    if symbol.choice >= 0, symbol.type == .tristate, value == Self.module, truth[Int(symbol.choice)] == Self.yes {
      return false
    }
    return value != Self.no
  }

  /// Whether the user can give it another value.
  func isChangeable(_ symbol: Int32) -> Bool {
    if model.language.choices == .memberPriority, model.symbols[Int(symbol)].isChoice { return false }
    return visibility[Int(symbol)] > selection[Int(symbol)]
  }

  /// Whether the user can set it to n, m or y.
  func allows(_ value: UInt8, for symbol: Int32) -> Bool {
    let index = Int(symbol)
    let type = effectiveType(symbol)
    guard visibility[index] != Self.no, type.isLogical, !(type == .bool && value == Self.module),
      visibility[index] > selection[index]
    else { return false }
    if model.symbols[index].choice >= 0, visibility[index] == Self.yes { return value == Self.yes }
    return value >= selection[index] && value <= visibility[index]
  }

  /// Whether the user can set it to a text. Kernel: `sym_string_within_range`.
  mutating func allows(_ text: some Collection<UInt8>, for symbol: Int32) -> Bool {
    let type = model.symbols[Int(symbol)].type
    guard type.accepts(text) else { return false }
    guard type.isNumeric, let range = activeRange(symbol) else { return true }
    let base: UInt64 = type == .int ? 10 : 16
    let value = Int64(saturating: text, base: base)
    return value >= bound(range.lower, base) && value <= bound(range.upper, base)
  }

  /// The text that a symbol has if the user says nothing, before ranges. Kernel: `sym_get_string_default`.
  mutating func usualText(of symbol: Int32) -> [UInt8] {
    let index = Int(symbol)
    let record = model.symbols[index]
    var value = Self.no
    var text: [UInt8] = []
    if let property = activeDefault(symbol) {
      if record.type.isLogical {
        value = min(evaluate(property.value), evaluate(property.condition))
      } else if model.expressions.kind(property.value) == .symbol {
        text = initialOrOwnText(of: model.expressions.first(property.value))
      }
    }
    switch record.type {
    case .bool, .tristate:
      value = max(value, selection[index])
      if value == Self.module, !record.isMember, truth[Int(model.modules)] == Self.no { value = Self.yes }
      if value == Self.module, record.type == .bool { value = Self.yes }
      value = max(value, implication[index])
      return [[UInt8(ascii: "n"), UInt8(ascii: "m"), UInt8(ascii: "y")][Int(value)]]
    case .int where text.isEmpty && model.language.has(.numbersBeginAtZero): return Array(ascii: "0")
    case .hex where text.isEmpty && model.language.has(.numbersBeginAtZero): return Array(ascii: "0x0")
    default: return text
    }
  }

  private func initialOrOwnText(of symbol: Int32) -> [UInt8] {
    guard model.symbols[Int(symbol)].type.isLogical else { return Array(bytes(of: symbol)) }
    return symbol <= ModelDraft.no ? Array(bytes(of: symbol)) : Array(ascii: "n")
  }
}
