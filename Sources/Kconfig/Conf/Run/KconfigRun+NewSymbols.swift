import Diagnostics

/// Giving values to all symbols that nothing was said about. Kernel: `conf_set_all_new_symbols` in scripts/kconfig/conf.c.
extension KconfigRun {
  /// Sets everything new that is a bool or tristate; nothing for nil.
  mutating func setAllNew(to value: Tristate?) {
    switch model.language.choices {
    case .memberPriority:
      if let value {
        for node in model.menu.nodes(inside: .root) {
          if let symbol = symbolToSet(node) { evaluation.user.set(symbol, truth: value) }
        }
      }
    case .choiceSymbol:
      if let value {
        for symbol in model.hashOrder where isNewInSymbolTable(symbol) { evaluation.user.set(symbol, truth: value) }
      }
    }
    takeEffect()
    if model.language.choices == .choiceSymbol { settleChoiceSymbols() }
  }

  /// The symbol of an entry with a prompt, if it is a bool or tristate that nothing was said about, no member of a choice and
  /// no choice.
  private func symbolToSet(_ node: NodeID) -> SymbolID? {
    guard let symbol = model.menu[node].symbol, model.menu[node].prompt != nil, !evaluation.user.isSet[symbol] else {
      return nil
    }
    let record = model.symbols[symbol]
    return record.type.isLogical && !record.isMember && !record.isChoice ? symbol : nil
  }

  private func isNewInSymbolTable(_ symbol: SymbolID) -> Bool {
    !evaluation.user.isSet[symbol] && model.symbols[symbol].type.isLogical && !model.symbols[symbol].isConstant
  }

  /// A choice symbol that nothing was said about is answered, and its members refused, from now on.
  private mutating func settleChoiceSymbols() {
    var isAnswered = false
    for choice in model.hashOrder where model.symbols[choice].isChoice && !evaluation.user.isSet[choice] {
      calculate([choice])
      for member in model.members[choice] ?? [] where !evaluation.user.isSet[member] {
        evaluation.user.truth[member] = .n
      }
      evaluation.user.isSet[choice] = true
      order.invalidate(choice)
      isAnswered = true
    }
    if isAnswered { evaluation.evaluate() }
  }

  // MARK: at random

  /// What `conf` says of a mode before it reads the Kconfig files: the seed where there are random numbers.
  public static func announce(
    _ mode: KconfigMode, environment: [String: String], on terminal: any KconfigTerminal
  ) {
    guard mode == .randconfig, let seed = seed(in: environment) else { return }
    terminal.write(Array("KCONFIG_SEED=0x\(String(seed, radix: 16, uppercase: true))\n".utf8), on: .output)
  }

  /// Takes the seed where a mode needs random numbers.
  func randomNumbers(for mode: KconfigMode) throws(KconfigRejection) -> CRandom? {
    guard mode == .randconfig else { return nil }
    guard let seed = Self.seed(in: environment) else {
      throw failure("KCONFIG161", "KCONFIG_SEED must be set to a number\n")
    }
    return CRandom(seed: seed)
  }

  private static func seed(in environment: [String: String]) -> UInt32? {
    environment["KCONFIG_SEED"].flatMap(cInteger)
  }

  /// A whole number as `strtol` reads it with base 0.
  private static func cInteger(_ text: String) -> UInt32? {
    guard case .signed(let value) = KconfigNumber(signed: text.utf8, base: 0) else { return nil }
    return UInt32(truncatingIfNeeded: value)
  }

  mutating func setAllNewAtRandom(_ random: inout CRandom) throws(KconfigRejection) {
    let odds = try RandomOdds(environment["KCONFIG_PROBABILITY"] ?? "")
    switch model.language.choices {
    case .memberPriority:
      for node in model.menu.nodes(inside: .root) { setAtRandom(node, odds, &random) }
      takeEffect()
    case .choiceSymbol:
      var hasRolled = false
      for symbol in model.hashOrder where isNewInSymbolTable(symbol) {
        hasRolled = true
        let value = odds.value(of: model.symbols[symbol].type, &random)
        evaluation.user.truth[symbol] = value
        if !model.symbols[symbol].isChoice { evaluation.user.isSet[symbol] = true }
      }
      // What was rolled is looked at once more, as is what was picked.
      var isChanging: Bool
      repeat {
        let hasPicked = pickMembersOfChoiceSymbols(&random)
        (isChanging, hasRolled) = (hasPicked || hasRolled, false)
      } while isChanging
    }
  }

  private mutating func setAtRandom(_ node: NodeID, _ odds: RandomOdds, _ random: inout CRandom) {
    if let symbol = symbolToSet(node) {
      evaluation.user.set(symbol, truth: odds.value(of: model.symbols[symbol].type, &random))
    } else if let choice = model.menu[node].symbol, model.menu[node].prompt != nil, model.symbols[choice].isChoice {
      pickMembers(of: choice, &random)
    }
  }

  /// Puts the members of a choice that nothing was said about into a random order of preference.
  private mutating func pickMembers(of choice: SymbolID, _ random: inout CRandom) {
    let entries = model.choiceEntries[choice] ?? []
    // A member with two entries counts twice here and is found once below: some numbers pick nobody.
    let count = entries.count { !evaluation.user.isSet[$0] }
    for left in stride(from: count, to: 0, by: -1) {
      let number = random.number() % left
      let open = entries.filter { !evaluation.user.isSet[$0] }
      guard number < open.count else { continue }
      evaluation.user.set(open[number], truth: .y)
      evaluation.user.postpone(open[number])
    }
  }

  /// Picks one member of each choice symbol that has a value and no answer.
  /// - Returns: whether there was one.
  private mutating func pickMembersOfChoiceSymbols(_ random: inout CRandom) -> Bool {
    var hasPicked = false
    takeEffect()
    for choice in model.hashOrder where model.symbols[choice].isChoice && !evaluation.user.isSet[choice] {
      calculate([choice])
      let members = model.members[choice] ?? []
      guard evaluation.truth(choice) == .y, !members.isEmpty else { continue }
      let picked = members[random.number() % members.count]
      for member in members {
        evaluation.user.set(member, truth: member == picked ? .y : .n)
      }
      evaluation.user.chosen[choice] = picked
      evaluation.user.isSet[choice] = true
      hasPicked = true
      for symbol in members + [choice] { order.invalidate(symbol) }
      // What has been calculated by now is not calculated again until all have been picked.
      evaluation.evaluate(keeping: order)
    }
    return hasPicked
  }
}
