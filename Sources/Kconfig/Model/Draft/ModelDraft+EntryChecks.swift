import Diagnostics

/// What later kernels ask of transitional symbols and of the members of choices, once the menu is finished.
extension ModelDraft {
  /// A transitional symbol has nothing but a type and a help text. Kernel: `transitional_check_sanity` in
  /// scripts/kconfig/parser.y of v6.18.
  /// - Returns: whether the entry of a symbol is sound.
  func checkTransition(of node: NodeID, _ symbol: SymbolID) -> Bool {
    guard symbols[symbol].isTransitional else { return true }
    let hasCondition = [menu[node].dependency, menu[node].visibility].contains {
      !$0.isEmpty && !expressions.isSymbol($0, .constantY)
    }
    if hasCondition {
      rejectTransition(at: place(of: node))
      return false
    }
    guard let other = properties.properties(of: symbol).first(where: { $0.kind != .definition }) else { return true }
    rejectTransition(at: place(of: other))
    return false
  }

  private func rejectTransition(at place: KconfigPlace) {
    let text = "transitional symbols can only have help sections"
    log.add(
      KconfigMessage(
        .error, id: "KCONFIG147", Array(text.utf8), at: place, marked: ": error: ",
        help: ["a symbol of the new name takes the value over: 'default' with the old name"]))
  }

  /// Looks at the members of a choice.
  /// - Returns: whether they are sound.
  mutating func checkMembers(of choice: NodeID) throws(KconfigRejection) -> Bool {
    var isSound = true
    var next = menu.node(after: choice, inside: choice)
    while let node = next {
      if let symbol = menu[node].symbol, try !checkMember(symbol, at: node) { isSound = false }
      next = menu.node(after: node, inside: choice)
    }
    return isSound
  }

  private mutating func checkMember(_ symbol: SymbolID, at node: NodeID) throws(KconfigRejection) -> Bool {
    var isSound = true
    for property in properties.properties(of: symbol) {
      try spend(1)
      if log.isFull { throw log.limit("too many warnings and mistakes", at: nil) }
      if property.kind == .default {
        reject(property, "defaults for choice values not supported")
        isSound = false
      }
      guard property.node != node, property.kind == .prompt else { continue }
      if language.has(.oneEntryPerMember) {
        reject(property, "choice value must not have a prompt in another entry")
        isSound = false
      } else if menu[property.node].parent != menu[node].parent {
        reject(property, "choice value has a prompt outside its choice group")
        isSound = false
      }
    }
    return isSound
  }

  private func reject(_ property: PropertyRecord, _ text: String) {
    log.add(
      KconfigMessage(.error, id: "KCONFIG145", Array(text.utf8), at: place(of: property), marked: ": error: "))
  }
}
