/// Which member a choice has.
extension KconfigEvaluation {
  /// Kernel: `sym_calc_choice` in scripts/kconfig/symbol.c of v6.12.
  mutating func computePriorityChoice(_ choice: SymbolID) {
    let entries = model.choiceEntries[choice] ?? []
    let priorities = user.members(of: choice, model)
    for member in priorities { computeVisibility(member) }
    for entry in entries where !model.symbols[entry].isMember { computeVisibility(entry) }
    let member = chosenMember(choice, entries, priorities)
    for entry in entries {
      setTruth(entry, isVisible(entry) && entry == member ? .y : .n)
      setWritten(entry, isVisible(entry))
    }
  }

  private func isVisible(_ member: SymbolID) -> Bool { visibility[member] != .n }

  /// What the user set last, else the default unless the user refused it, else the first one that nothing was said about,
  /// else the one that was refused first.
  private mutating func chosenMember(
    _ choice: SymbolID, _ entries: [SymbolID], _ priorities: [SymbolID]
  ) -> SymbolID? {
    if let set = priorities.first(where: { isVisible($0) && user.said($0) == .y }) { return set }
    if let usual = usualMember(choice), user.said(usual) != .n { return usual }
    return entries.first { isVisible($0) && !user.isSet[$0] } ?? priorities.last { isVisible($0) }
  }

  /// The member that a choice has if nobody says anything: the first default that can be seen, else the first member.
  mutating func usualMember(_ choice: SymbolID) -> SymbolID? {
    for number in model.index.defaults(of: choice) {
      let property = model.index.defaults[number]
      let member = model.expressions.symbol(property.value)
      // `conf` has warned about one from outside, and does not know yet whether it can be seen.
      guard model.choice(of: member) == choice else { continue }
      if evaluate(property.condition) != .n, isVisible(member) { return member }
    }
    return model.choiceEntries[choice]?.first { isVisible($0) }
  }

  // MARK: members that conf does not look at again

  /// The members that could be seen before and cannot be seen any more, of choices with a member that the user set.
  ///
  /// `sym_calc_choice` of v6.12 looks at members until it comes to the one that is set. The others count as seen if they
  /// were the last time, and have their lines in `.config`.
  /// - Parameter before: who could be seen before the values were computed.
  func membersLeftInView(since before: IDTable<SymbolID, Tristate>) -> [SymbolID] {
    guard model.language.choices == .memberPriority else { return [] }
    var left: [SymbolID] = []
    for choice in model.members.keys {
      let members = user.members(of: choice, model)
      guard let set = members.firstIndex(where: { isVisible($0) && user.said($0) == .y }) else { continue }
      left += members[(set + 1)...].filter { before[$0] != .n && !isVisible($0) }
    }
    return left
  }

  /// Lets a member be seen as it was before.
  mutating func keepInView(_ member: SymbolID, _ value: Tristate) {
    setVisibility(member, value)
    setWritten(member, true)
  }

  // MARK: choice symbols

  /// A choice symbol without a type is not computed; its members are, if they have one from elsewhere.
  mutating func computeMembers(ofUntyped choice: SymbolID) {
    guard model.language.choices == .choiceSymbol, let members = model.members[choice] else { return }
    for member in members where model.symbols[member].type != .unknown { computeSymbol(member) }
  }

  /// Kernel: `sym_calc_choice` in scripts/kconfig/symbol.c of v6.1.
  mutating func computeChoiceSymbol(_ choice: SymbolID) {
    let members = model.members[choice] ?? []
    setChoiceSymbol(choice, chosen: nil)
    if truth(choice) == .y { pickMember(of: choice, members) }
    for member in members { computeSymbol(member) }
  }

  private mutating func pickMember(of choice: SymbolID, _ members: [SymbolID]) {
    for member in members { computeVisibility(member) }
    // A choice counts as answered only if all its members are.
    setDecided(choice, isAnswered: members.allSatisfy { !isVisible($0) || user.isSet[$0] })
    if let wanted = user.chosen[choice], isVisible(wanted) {
      setChoiceSymbol(choice, chosen: wanted)
    } else if let usual = usualMember(choice) {
      setChoiceSymbol(choice, chosen: usual)
    } else {
      setTruth(choice, .n)
      // The members depend on it.
      forgetExpressions()
    }
  }
}
