import Satisfiability

/// Choices. Whichever visible member the user asks for last, the choice has; so each of them is free to be the one.
extension ConfigurationCircuit {
  mutating func encodePriorityChoice(_ choice: SymbolID) {
    let entries = model.choiceEntries[choice] ?? []
    let visible = entries.map { visibility(of: $0).some }
    let chosen = oneOf(visible)
    for (entry, literal) in zip(entries, chosen) {
      truths[entry] = TruthLiterals(literal)
      freedoms[entry] = Freedom(isSaid: circuit.always, isUsed: literal, truth: TruthLiterals(literal))
    }
  }

  /// A choice symbol has what is said about its members, m or y, whatever each of them is then.
  mutating func stateChoiceSymbol(_ choice: SymbolID) {
    let members = model.members[choice] ?? []
    var most = TruthLiterals(circuit.never)
    var earlier = circuit.never
    var named: [Literal] = []
    for member in members where model.index.hasPrompt(member) {
      let (isMade, truth) = statement(about: member)
      let said = circuit.minimum(TruthLiterals(isMade), truth)
      most = circuit.maximum(most, said)
      let isLast = circuit.input()
      circuit.solver.add([!isLast, said.full])
      lastNamed[member] = isLast
      named.append(isLast)
      earlier = circuit.or(earlier, said.full)
    }
    circuit.requireAtMostOne(of: named)
    circuit.solver.add([!earlier] + named)
    statements[choice] = Statement(isMade: circuit.always, truth: most)
  }

  /// Where the choice is m, its members are tristates like others; where it is y, it has the member that was named last,
  /// or, if that one is not visible, the one that it has if nobody says anything.
  mutating func encodeChoiceSymbol(_ choice: SymbolID) {
    let members = model.members[choice] ?? []
    let visible = members.map { visibility(of: $0) }
    let isOne = truths[choice].full
    let wanted = zip(members, visible).map { member, visible in
      circuit.and(isOne, circuit.and(lastNamed[member] ?? circuit.never, visible.some))
    }
    let isUsual = circuit.and(isOne, !circuit.or(wanted))
    let isOneNamed = circuit.and(isOne, circuit.or(members.compactMap { lastNamed[$0] }))
    let usual = usualMembers(of: choice, members, visible.map(\.some))
    for place in members.indices {
      let member = members[place]
      let literal = circuit.or(wanted[place], circuit.and(isUsual, usual[place]))
      truths[member] = truth(of: member, visible: visible[place], chosen: literal)
      guard let (isMade, wish) = statements[member].flatMap({ said in said.truth.map { (said.isMade, $0) } }) else {
        continue
      }
      // In a choice that is y only the member that is asked for has to be named.
      let isLast = lastNamed[member] ?? circuit.never
      freedoms[member] = Freedom(
        isSaid: circuit.choose(isOne, isOneNamed, isMade), isUsed: circuit.choose(isOneNamed, isLast, isMade),
        truth: circuit.choose(isOneNamed, TruthLiterals(isLast), wish))
    }
    // Where none of them is visible, the choice is n after all, and with it all that depends on it.
    let isAnyVisible = circuit.or(visible.map(\.some))
    let isLeft = circuit.or(!isOne, isAnyVisible)
    for symbol in [choice] + members {
      truths[symbol] = circuit.choose(isLeft, truths[symbol], TruthLiterals(circuit.never))
    }
    forgetRecentExpressions()
  }

  /// Where each member is the one that a choice has if nobody says anything: the first default that is visible, else the
  /// first member that is.
  mutating func usualMembers(of choice: SymbolID, _ members: [SymbolID], _ visible: [Literal]) -> [Literal] {
    var usual = members.map { _ in circuit.never }
    var isOpen = circuit.always
    for number in model.index.defaults(of: choice) {
      let property = model.index.defaults[number]
      let named = model.expressions.symbol(property.value)
      guard let place = members.firstIndex(of: named), model.choice(of: named) == choice else { continue }
      let holds = circuit.and(truth(of: property.condition).some, visible[place])
      usual[place] = circuit.or(usual[place], circuit.and(isOpen, holds))
      isOpen = circuit.and(isOpen, !holds)
    }
    for place in members.indices {
      usual[place] = circuit.or(usual[place], circuit.and(isOpen, visible[place]))
      isOpen = circuit.and(isOpen, !visible[place])
    }
    return usual
  }

  /// Exactly one of the visible ones where there is one, else none.
  private mutating func oneOf(_ visible: [Literal]) -> [Literal] {
    let chosen = visible.map { _ in circuit.input() }
    for (literal, visible) in zip(chosen, visible) {
      circuit.solver.add([!literal, visible])
      circuit.solver.add([!visible] + chosen)
    }
    circuit.requireAtMostOne(of: chosen)
    return chosen
  }
}
