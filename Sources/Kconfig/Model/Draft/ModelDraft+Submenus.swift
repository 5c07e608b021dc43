import Diagnostics

/// Entries that depend on the one before them move below it, and what has no title of its own dissolves.
extension ModelDraft {
  /// Whether an entry depends on the symbol of another, as far as the menu is concerned.
  mutating func belongs(
    _ node: Int32, below parent: Int32, _ condition: inout Int32?
  ) throws(KconfigRejection) -> Bool {
    let symbol = nodes[Int(parent)].symbol
    let dependency = visibility(of: node)
    guard try mentions(dependency, symbol) else { return false }
    if dependsOutright(dependency, on: symbol) { return true }
    // Also where all that the parent asks for is asked for here, such as in `(parent || other) && more`.
    let wanted: Int32
    if let condition {
      wanted = condition
    } else {
      let prompt = nodes[Int(parent)].prompt
      let own = prompt < 0 ? ExpressionStore.none : properties[Int(prompt)].condition
      wanted = try simplified(transformed(isNotNo(own)))
      condition = wanted
    }
    let given = try simplified(transformed(isNotNo(dependency)))
    return try isMet(wanted, by: given)
  }

  /// What an entry's visibility depends on.
  private func visibility(of node: Int32) -> Int32 {
    let prompt = nodes[Int(node)].prompt
    return prompt < 0 ? nodes[Int(node)].dependency : properties[Int(prompt)].condition
  }

  private mutating func mentions(_ expression: Int32, _ symbol: Int32) throws(KconfigRejection) -> Bool {
    if expression == ExpressionStore.none { return false }
    switch expressions.kind(expression) {
    case .and, .or:
      try spend(Int(expressions.second(expression)))
      for operand in expressions.operands(expression) where try mentions(operand, symbol) { return true }
      return false
    case .not: return try mentions(expressions.first(expression), symbol)
    case .symbol: return expressions.first(expression) == symbol
    case .range: return false
    default: return expressions.first(expression) == symbol || expressions.second(expression) == symbol
    }
  }

  private func dependsOutright(_ expression: Int32, on symbol: Int32) -> Bool {
    switch expressions.kind(expression) {
    case .and: expressions.operands(expression).contains { dependsOutright($0, on: symbol) }
    case .symbol: expressions.first(expression) == symbol
    case .equal:
      expressions.first(expression) == symbol
        && (expressions.second(expression) == Self.yes || expressions.second(expression) == Self.module)
    case .unequal: expressions.first(expression) == symbol && expressions.second(expression) == Self.no
    default: false
    }
  }

  /// Whether nothing of `wanted` is left when what both have in common is taken away.
  ///
  /// Kernel: `expr_eliminate_eq` in scripts/kconfig/expr.c.
  private mutating func isMet(_ wanted: Int32, by given: Int32) throws(KconfigRejection) -> Bool {
    var given = given
    var wanted = wanted
    let givenKind = expressions.kind(given)
    if givenKind == .and || givenKind == .or { try removeCommon(givenKind, &given, &wanted) }
    let wantedKind = expressions.kind(wanted)
    if wantedKind == .and || wantedKind == .or, wantedKind != givenKind {
      try removeCommon(wantedKind, &given, &wanted)
    }
    let left = try withoutConstants(wanted)
    return expressions.isSymbol(left, Self.yes)
  }

  private mutating func removeCommon(
    _ kind: ExpressionKind, _ left: inout Int32, _ right: inout Int32
  ) throws(KconfigRejection) {
    var lefts: [Int32] = []
    var rights: [Int32] = []
    expressions.append(left, of: kind, to: &lefts)
    expressions.append(right, of: kind, to: &rights)
    let neutral = expressions.symbol(kind == .and ? Self.yes : Self.no)
    var places: [Int32: [Int]] = [:]
    for (index, operand) in rights.enumerated() { places[canonical(operand), default: []].append(index) }
    try spend(lefts.count + rights.count)
    for index in lefts.indices {
      let key = canonical(lefts[index])
      let isConstant = expressions.isSymbol(key, Self.yes) || expressions.isSymbol(key, Self.no)
      guard !isConstant, var found = places[key], !found.isEmpty else { continue }
      rights[found.removeFirst()] = neutral
      places[key] = found
      lefts[index] = neutral
    }
    left = expressions.list(kind, lefts)
    right = expressions.list(kind, rights)
  }

  // MARK: the tree

  /// Moves the entries behind a symbol below it.
  mutating func adopt(upTo last: Int32, by node: Int32) {
    if last >= 0 {
      nodes[Int(node)].inside = nodes[Int(node)].next
      nodes[Int(node)].next = nodes[Int(last)].next
      nodes[Int(last)].next = -1
    }
    dependencies.append((nodes[Int(node)].symbol, nodes[Int(node)].dependency))
  }

  /// What is left to do for an entry when all entries inside are finished.
  mutating func finishEntry(_ node: Int32) throws(KconfigRejection) {
    let symbol = nodes[Int(node)].symbol
    let isChoice = symbol >= 0 && symbols[Int(symbol)].isChoice
    var child = nodes[Int(node)].inside
    while child >= 0 {
      if isChoice, profile.choices == .choiceSymbol { addMember(child, to: symbol) }
      try dissolve(child, into: node)
      child = nodes[Int(child)].next
    }
    guard symbol >= 0 else { return }
    if !symbols[Int(symbol)].wereItsPropertiesChecked {
      if symbols[Int(symbol)].type == .unknown {
        log.warn("KCONFIG141", Array(ascii: "config symbol defined without type"), at: place(of: nodes[Int(node)]))
      }
      if isChoice, !profile.has(.choicesNeedPrompts), nodes[Int(node)].prompt < 0 {
        log.warn("KCONFIG142", Array(ascii: "choice must have a prompt"), at: place(of: nodes[Int(node)]))
      }
      try checkProperties(of: symbol)
      symbols[Int(symbol)].wereItsPropertiesChecked = true
    }
    let prompt = nodes[Int(node)].prompt
    if isChoice, profile.choices == .choiceSymbol, !symbols[Int(symbol)].isOptional, prompt >= 0 {
      // A choice that can be seen cannot be left at n.
      let visible = expressions.join(.and, properties[Int(prompt)].condition, expressions.symbol(Self.module))
      try spend(1)
      symbols[Int(symbol)].selection = expressions.join(.or, symbols[Int(symbol)].selection, visible)
    }
  }

  /// Puts the entries inside one without a prompt behind it.
  private mutating func dissolve(_ node: Int32, into parent: Int32) throws(KconfigRejection) {
    guard nodes[Int(node)].inside >= 0, nodes[Int(node)].prompt < 0 else { return }
    var last = nodes[Int(node)].inside
    while true {
      try spend(1)
      nodes[Int(last)].parent = parent
      if nodes[Int(last)].next < 0 { break }
      last = nodes[Int(last)].next
    }
    nodes[Int(last)].next = nodes[Int(node)].next
    nodes[Int(node)].next = nodes[Int(node)].inside
    nodes[Int(node)].inside = -1
  }

  /// Makes a symbol a member of a choice of v6.1.
  private mutating func addMember(_ node: Int32, to choice: Int32) {
    let member = nodes[Int(node)].symbol
    guard member >= 0, !symbols[Int(member)].isMember else { return }
    symbols[Int(member)].isMember = true
    symbols[Int(member)].choice = choice
    members[choice, default: []].append(member)
    if nodes[Int(node)].prompt < 0, !profile.has(.membersNeedPrompts) {
      log.warn("KCONFIG143", Array(ascii: "choice value must have a prompt"), at: place(of: nodes[Int(node)]))
    }
    if !profile.has(.memberPropertiesAreErrors) { warnAboutProperties(of: member, at: node, inside: choice) }
    guard symbols[Int(choice)].type == .tristate, symbols[Int(member)].type != .tristate else { return }
    // Of a choice that is a module, only tristate members can be chosen.
    let chosen = expressions.pair(.equal, choice, Self.yes)
    nodes[Int(node)].dependency = expressions.join(.and, chosen, nodes[Int(node)].dependency)
    var property = Int(nodes[Int(node)].firstProperty)
    while property < properties.count, properties[property].node == node {
      properties[property].condition = expressions.join(.and, chosen, properties[property].condition)
      property += 1
    }
  }

  private func warnAboutProperties(of member: Int32, at node: Int32, inside choice: Int32) {
    var number = symbols[Int(member)].firstProperty
    while number >= 0 {
      let property = properties[Int(number)]
      if property.kind == .default {
        log.warn("KCONFIG143", Array(ascii: "defaults for choice values not supported"), at: place(of: property))
      }
      if property.node != node, property.kind == .prompt {
        let parent = nodes[Int(property.node)].parent
        if parent < 0 || nodes[Int(parent)].symbol != choice {
          log.warn(
            "KCONFIG143", Array(ascii: "choice value used outside its choice group"), at: place(of: property))
        }
      }
      number = property.next
    }
  }
}
