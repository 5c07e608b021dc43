/// Which member a choice has. Kernel: `sym_calc_choice` in scripts/kconfig/symbol.c of v6.12.
extension KconfigEvaluation {
  mutating func computePriorityChoice(_ choice: Int32) {
    let entries = model.choiceEntries[choice] ?? []
    let priorities = user.members(of: choice, model)
    for member in priorities { computeVisibility(member) }
    for entry in entries where !model.symbols[Int(entry)].isMember { computeVisibility(entry) }
    let member = chosenMember(choice, entries, priorities)
    for entry in entries {
      let isVisible = visibility[Int(entry)] != Self.no
      setTruth(entry, isVisible && entry == member ? Self.yes : Self.no)
      setWritten(entry, isVisible)
    }
  }

  /// What the user set last, else the default unless the user refused it, else the first one that nothing was said about,
  /// else the one that was refused first.
  private mutating func chosenMember(_ choice: Int32, _ entries: [Int32], _ priorities: [Int32]) -> Int32? {
    func isVisible(_ member: Int32) -> Bool { visibility[Int(member)] != Self.no }
    if let set = priorities.first(where: {
      isVisible($0) && user.isSet[Int($0)] && user.truth[Int($0)] == Self.yes
    }) {
      return set
    }
    if let usual = usualMember(choice), !user.isSet[Int(usual)] || user.truth[Int(usual)] != Self.no { return usual }
    return entries.first { isVisible($0) && !user.isSet[Int($0)] } ?? priorities.last(where: isVisible)
  }

  /// The member that a choice has if nobody says anything: the first default that can be seen, else the first member.
  mutating func usualMember(_ choice: Int32) -> Int32? {
    for number in model.index.defaults(of: Int(choice)) {
      let property = model.index.defaults[number]
      let member = model.expressions.first(property.value)
      // `conf` has warned about one from outside, and does not know yet whether it can be seen.
      guard model.choices[Int(member)] == choice else { continue }
      if evaluate(property.condition) != Self.no, visibility[Int(member)] != Self.no { return member }
    }
    return model.choiceEntries[choice]?.first { visibility[Int($0)] != Self.no }
  }

  // MARK: members that conf does not look at again

  /// The members that could be seen before and cannot be seen any more, of choices with a member that the user set.
  ///
  /// `sym_calc_choice` of v6.12 looks at members until it comes to the one that is set. The others count as seen if they
  /// were the last time, and have their lines in `.config`.
  /// - Parameter before: who could be seen before the values were computed.
  func membersLeftInView(since before: [UInt8]) -> [Int32] {
    guard model.language.choices == .memberPriority else { return [] }
    var left: [Int32] = []
    for choice in model.members.keys {
      let members = user.members(of: choice, model)
      let set = members.firstIndex {
        visibility[Int($0)] != Self.no && user.isSet[Int($0)] && user.truth[Int($0)] == Self.yes
      }
      guard let set else { continue }
      left += members[(set + 1)...].filter { before[Int($0)] != Self.no && visibility[Int($0)] == Self.no }
    }
    return left
  }

  /// Lets a member be seen as it was before.
  mutating func keepInView(_ member: Int32, _ value: UInt8) {
    setVisibility(member, value)
    setWritten(member, true)
  }

  // MARK: choice symbols

  /// A choice without a type is not computed; its members are, if they have one from elsewhere.
  mutating func computeMembers(ofUntyped choice: Int32) {
    guard model.language.choices == .choiceSymbol, let members = model.members[choice] else { return }
    for member in members where model.symbols[Int(member)].type != .unknown { computeSymbol(member) }
  }

  /// Kernel: `sym_calc_choice` in scripts/kconfig/symbol.c of v6.1.
  mutating func computeChoiceSymbol(_ choice: Int32) {
    let members = model.members[choice] ?? []
    setChosen(choice, -1)
    if truth[Int(choice)] == Self.yes {
      var isSetForAll = true
      for member in members {
        computeVisibility(member)
        if visibility[Int(member)] != Self.no, !user.isSet[Int(member)] { isSetForAll = false }
      }
      // A choice counts as answered only if all its members are.
      setDecided(choice, isAnswered: isSetForAll)
      let wanted = user.chosen[Int(choice)]
      if wanted >= 0, visibility[Int(wanted)] != Self.no {
        setChosen(choice, wanted)
      } else if let usual = usualMember(choice) {
        setChosen(choice, usual)
      } else {
        setTruth(choice, Self.no)
        // The members depend on it.
        forgetExpressions()
      }
    }
    for member in members { computeSymbol(member) }
  }
}
