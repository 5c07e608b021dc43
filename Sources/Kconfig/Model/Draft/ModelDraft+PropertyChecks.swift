import Diagnostics

/// Whether properties fit the types of symbols. Kernel: `sym_check_prop` in scripts/kconfig/menu.c.
extension ModelDraft {
  mutating func checkProperties(of symbol: Int32) throws(KconfigRejection) {
    let type = symbols[Int(symbol)].type
    var number = symbols[Int(symbol)].firstProperty
    while number >= 0 {
      let property = properties[Int(number)]
      switch property.kind {
      case .default: try checkDefault(property, of: symbol, type)
      case .select, .imply: checkReverseDependency(property, of: symbol, type)
      case .range:
        if !type.isNumeric { warn(property, Array(ascii: "range is only allowed for int or hex symbols")) }
        if !isNumber(expressions.first(property.value), for: type)
          || !isNumber(expressions.second(property.value), for: type)
        {
          warn(property, Array(ascii: "range is invalid"))
        }
      default: break
      }
      number = property.next
    }
  }

  private mutating func checkDefault(
    _ property: PropertyRecord, of symbol: Int32, _ type: KconfigType
  ) throws(KconfigRejection) {
    guard expressions.kind(property.value) == .symbol else {
      if type == .string || type.isNumeric {
        warn(
          property,
          .text("default for config symbol '".utf8, shownName(symbol), "' must be a single symbol".utf8))
      }
      return
    }
    let value = expressions.first(property.value)
    if type.isNumeric, !isNumber(value, for: type) {
      warn(property, .text("'".utf8, shownName(symbol), "': number is invalid".utf8))
    }
    guard symbols[Int(symbol)].isChoice else { return }
    // Looks at its definitions up to the first prompt, each time.
    var node = symbols[Int(value)].firstNode
    while node >= 0, nodes[Int(node)].prompt < 0 {
      try spend(1)
      node = nodes[Int(node)].nextDefinition
    }
    if choice(of: value) != symbol {
      warn(
        property,
        .text("choice default symbol '".utf8, shownName(value), "' is not contained in the choice".utf8))
    }
  }

  private func checkReverseDependency(_ property: PropertyRecord, of symbol: Int32, _ type: KconfigType) {
    let use = property.kind == .select ? "select" : "imply"
    let target = expressions.first(property.value)
    let targetType = symbols[Int(target)].type
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

  private func isNumber(_ symbol: Int32, for type: KconfigType) -> Bool {
    let record = symbols[Int(symbol)]
    if record.type.isNumeric { return true }
    return record.type == .unknown && record.name >= 0 && type.accepts(names[record.name])
  }

  /// The choice that a symbol is a member of; -1 for none.
  ///
  /// In v6.12 that is where its first prompt stands; kernel: `sym_get_choice_menu` in scripts/kconfig/symbol.c.
  func choice(of symbol: Int32) -> Int32 {
    guard profile.choices == .memberPriority else { return symbols[Int(symbol)].choice }
    var node = symbols[Int(symbol)].firstNode
    while node >= 0, nodes[Int(node)].prompt < 0 { node = nodes[Int(node)].nextDefinition }
    guard node >= 0 else { return -1 }
    repeat { node = nodes[Int(node)].parent } while node >= 0 && nodes[Int(node)].symbol < 0
    guard node >= 0, symbols[Int(nodes[Int(node)].symbol)].isChoice else { return -1 }
    return nodes[Int(node)].symbol
  }

  /// A transitional symbol has nothing but a type and a help text. Kernel: `transitional_check_sanity` in
  /// scripts/kconfig/parser.y of v6.18.
  mutating func checkTransition(of node: Int32) -> Bool {
    let entry = nodes[Int(node)]
    guard symbols[Int(entry.symbol)].isTransitional else { return true }
    func reject(_ place: KconfigPlace) {
      let text = "transitional symbols can only have help sections"
      log.add(
        KconfigMessage(
          .error, id: "KCONFIG147", Array(text.utf8), at: place, marked: ": error: ",
          help: ["a symbol of the new name takes the value over: 'default' with the old name"]))
    }
    let hasCondition = [entry.dependency, entry.visibility].contains {
      $0 != ExpressionStore.none && !expressions.isSymbol($0, Self.yes)
    }
    if hasCondition {
      reject(place(of: entry))
      return false
    }
    var number = symbols[Int(entry.symbol)].firstProperty
    while number >= 0 {
      if properties[Int(number)].kind != .definition {
        reject(place(of: properties[Int(number)]))
        return false
      }
      number = properties[Int(number)].next
    }
    return true
  }

  /// What later kernels ask of the members of a choice.
  mutating func checkMembers(of choice: Int32) throws(KconfigRejection) -> Bool {
    var isSound = true
    var node = nodeAfter(choice, inside: choice)
    while node >= 0 {
      let symbol = nodes[Int(node)].symbol
      var number = symbol < 0 ? -1 : symbols[Int(symbol)].firstProperty
      while number >= 0 {
        try spend(1)
        if log.isFull { throw log.limit("too many warnings and mistakes", at: nil) }
        let property = properties[Int(number)]
        if property.kind == .default {
          reject(property, "defaults for choice values not supported")
          isSound = false
        }
        if property.node != node, property.kind == .prompt {
          if profile.has(.oneEntryPerMember) {
            reject(property, "choice value must not have a prompt in another entry")
            isSound = false
          } else if nodes[Int(property.node)].parent != nodes[Int(node)].parent {
            reject(property, "choice value has a prompt outside its choice group")
            isSound = false
          }
        }
        number = property.next
      }
      node = nodeAfter(node, inside: choice)
    }
    return isSound
  }

  private func reject(_ property: PropertyRecord, _ text: String) {
    log.add(
      KconfigMessage(.error, id: "KCONFIG145", Array(text.utf8), at: place(of: property), marked: ": error: "))
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
