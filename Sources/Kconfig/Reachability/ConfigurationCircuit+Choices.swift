/// Choices. Whichever visible member the user asks for last, the choice has; so each of them is free to be the one.
extension ConfigurationCircuit {
  mutating func encodeChoice(_ choice: Int32) {
    let entries = model.choiceEntries[choice] ?? []
    let visible = entries.map { visibility(of: $0).some }
    let chosen = oneOf(visible, where: circuit.always)
    for (entry, literal) in zip(entries, chosen) {
      truths[Int(entry)] = TruthLiterals(literal)
      freedoms[entry] = Freedom(isSaid: circuit.always, isUsed: literal, truth: TruthLiterals(literal))
    }
  }

  /// In v6.1 a choice is a symbol of its own: where it is m, its members are tristates like others.
  mutating func encodeOldChoice(_ choice: Int32) {
    let members = model.members[choice] ?? []
    let visible = members.map { visibility(of: $0) }
    let isOne = truths[Int(choice)].full
    let chosen = oneOf(visible.map(\.some), where: isOne)
    for ((member, visibility), literal) in zip(zip(members, visible), chosen) {
      truths[Int(member)] = truth(of: member, visible: visibility, chosen: literal)
      guard let freedom = freedoms[member] else { continue }
      // In a choice that is y only the member that is asked for has to be named.
      freedoms[member] = Freedom(
        isSaid: circuit.or(isOne, freedom.isSaid), isUsed: circuit.choose(isOne, literal, freedom.isUsed),
        truth: freedom.truth.map { circuit.choose(isOne, TruthLiterals(literal), $0) })
    }
    let isAnyVisible = circuit.or(visible.map(\.some))
    truths[Int(choice)] = circuit.minimum(
      truths[Int(choice)], TruthLiterals(some: circuit.or(!isOne, isAnyVisible), full: isAnyVisible))
  }

  /// Exactly one of the visible ones where the condition holds and there is one, else none.
  private mutating func oneOf(_ visible: [Literal], where condition: Literal) -> [Literal] {
    let chosen = visible.map { _ in circuit.input() }
    for (literal, visible) in zip(chosen, visible) {
      circuit.solver.add([!literal, visible])
      circuit.solver.add([!literal, condition])
      circuit.solver.add([!visible, !condition] + chosen)
    }
    circuit.requireAtMostOne(of: chosen)
    return chosen
  }
}
