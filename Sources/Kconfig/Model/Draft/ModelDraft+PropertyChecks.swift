import Diagnostics

/// Whether properties fit the types of symbols. Kernel: `sym_check_prop` in scripts/kconfig/menu.c.
extension ModelDraft {
  /// Warns about the properties of a symbol.
  /// - Parameter rewriter: has the expressions while the menu is being finished.
  func checkProperties(of symbol: SymbolID, _ rewriter: inout ExpressionRewriter) throws(KconfigRejection) {
    let type = symbols[symbol].type
    for property in properties.properties(of: symbol) {
      switch property.kind {
      case .default: try checkDefault(property, of: symbol, type, &rewriter)
      case .select, .imply: checkReverseDependency(property, of: symbol, type, rewriter.expressions)
      case .range: checkRange(property, type, rewriter.expressions)
      case .definition, .prompt, .comment, .menu: break
      }
    }
  }

  private func checkRange(_ property: PropertyRecord, _ type: KconfigType, _ expressions: ExpressionStore) {
    if !type.isNumeric { warn(property, Array(ascii: "range is only allowed for int or hex symbols")) }
    let bounds = [expressions.symbol(property.value), expressions.rightSymbol(property.value)]
    if !bounds.allSatisfy({ isNumber($0, for: type) }) { warn(property, Array(ascii: "range is invalid")) }
  }

  private func checkDefault(
    _ property: PropertyRecord, of symbol: SymbolID, _ type: KconfigType, _ rewriter: inout ExpressionRewriter
  ) throws(KconfigRejection) {
    guard rewriter.expressions.kind(property.value) == .symbol else {
      if type == .string || type.isNumeric {
        warn(
          property,
          .text("default for config symbol '".utf8, shownName(symbol), "' must be a single symbol".utf8))
      }
      return
    }
    let value = rewriter.expressions.symbol(property.value)
    if type.isNumeric, !isNumber(value, for: type) {
      warn(property, .text("'".utf8, shownName(symbol), "': number is invalid".utf8))
    }
    guard symbols[symbol].isChoice else { return }
    // Looks at its definitions up to the first prompt, each time.
    var node = menu.firstDefinition(of: value)
    while let definition = node, menu[definition].prompt == nil {
      try rewriter.spend(1)
      node = menu[definition].nextDefinition
    }
    if choice(of: value) != symbol {
      warn(
        property,
        .text("choice default symbol '".utf8, shownName(value), "' is not contained in the choice".utf8))
    }
  }

  private func checkReverseDependency(
    _ property: PropertyRecord, of symbol: SymbolID, _ type: KconfigType, _ expressions: ExpressionStore
  ) {
    let use = property.kind == .select ? "select" : "imply"
    let target = expressions.symbol(property.value)
    let targetType = symbols[target].type
    if !type.isLogical {
      warn(
        property,
        .text(
          "config symbol '".utf8, shownName(symbol), "' uses ".utf8, use.utf8, ", but is not bool or tristate".utf8))
    } else if targetType != .unknown, !targetType.isLogical {
      warn(
        property,
        .text(
          "'".utf8, shownName(target), "' has wrong type. '".utf8, use.utf8,
          "' only accept arguments of bool and tristate type".utf8))
    }
  }

  private func warn(_ property: PropertyRecord, _ text: [UInt8]) {
    log.warn("KCONFIG144", text, at: place(of: property))
  }

  private func isNumber(_ symbol: SymbolID, for type: KconfigType) -> Bool {
    let record = symbols[symbol]
    if record.type.isNumeric { return true }
    guard record.type == .unknown, let name = record.name else { return false }
    return type.accepts(names[name])
  }
}

extension KconfigType {
  /// Whether a text can be a value of a number or string. Kernel: `sym_string_valid` in scripts/kconfig/symbol.c.
  public func accepts(_ text: some Collection<UInt8>) -> Bool {
    var rest = text[...]
    switch self {
    case .string: return true
    case .int:
      if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard let first = rest.first, first != UInt8(ascii: "0") || rest.count == 1 else { return false }
      return rest.allSatisfy(\.isDigit)
    case .hex:
      let isPrefixed = rest.first == UInt8(ascii: "0") && rest.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
      if isPrefixed { rest = rest.dropFirst(2) }
      return !rest.isEmpty && rest.allSatisfy(\.isHexDigit)
    case .bool, .tristate:
      return rest.first.map { "ymnYMN".utf8.contains($0) } ?? false
    case .unknown: return false
    }
  }
}
