import Satisfiability

/// One thing that a user says now, or does not say: it can stay, or be changed by one line of a `.config` file.
struct Stance {
  /// One way to change it.
  struct Option {
    let literal: Literal
    /// The symbol whose line changes.
    let symbol: Int32
    /// What it says then; nil without a line.
    let value: String?
  }

  /// The symbol, or the choice of v6.12.
  let unit: Int32
  /// Holds where it stays.
  let stays: Literal
  /// The ways to change it, the most natural ones first.
  let options: [Option]
}

extension ConfigurationCircuit {
  /// All that a user can say about the cone, and where it stays as it is.
  mutating func stances(of user: UserValues, _ standing: StandingStatements) -> [Stance] {
    var stances: [Stance] = []
    for (symbol, statement) in statements.sorted(by: { $0.key < $1.key })
    where !model.symbols[Int(symbol)].isChoice && model.openAnswers.symbols[symbol] == nil {
      stances.append(stance(symbol, statement, standing[symbol]))
    }
    for choice in model.choiceEntries.keys.sorted() where cone.contains[Int(choice)] {
      switch model.profile.choices {
      case .memberPriority: stances.append(stance(ofChoice: choice, user))
      case .choiceSymbol: orderLines(of: choice, user, standing)
      }
    }
    return stances
  }

  private mutating func stance(
    _ symbol: Int32, _ statement: Statement, _ standing: KconfigReachability.Setting?
  ) -> Stance {
    var options: [Stance.Option] = []
    func add(_ literal: Literal, _ value: String?) {
      if literal != circuit.never { options.append(Stance.Option(literal: literal, symbol: symbol, value: value)) }
    }
    let isMade = statement.isMade
    if let truth = statement.truth {
      add(circuit.and(isMade, truth.full), "y")
      add(circuit.and(isMade, circuit.and(truth.some, !truth.full)), "m")
      add(circuit.and(isMade, !truth.some), "n")
    } else if let text = statement.text {
      let said = text.cases.map { ($0.text, circuit.and(isMade, $0.holds)) }
      // v6.1 forgets numbers out of range.
      for (text, literal) in said {
        let isTaken = texts[symbol]?.literal(of: text) ?? circuit.never
        add(circuit.and(literal, isTaken), String(decoding: text, as: UTF8.self))
      }
      for (text, literal) in said { add(literal, String(decoding: text, as: UTF8.self)) }
    }
    add(!isMade, nil)
    let present = options.last { $0.value == standing?.value }
    return Stance(unit: symbol, stays: present?.literal ?? circuit.never, options: options)
  }

  /// A choice of v6.12 stays where it has the member that the present lines give it; one line gives it any other.
  private mutating func stance(ofChoice choice: Int32, _ user: UserValues) -> Stance {
    let entries = model.choiceEntries[choice] ?? []
    let standing = standingMembers(of: choice, entries, user)
    var stays = circuit.always
    var options: [Stance.Option] = []
    for (entry, isChosen) in zip(entries, standing) {
      let literal = truths[Int(entry)].some
      let isSame = circuit.equal(literal, isChosen)
      stays = circuit.and(stays, isSame)
      options.append(Stance.Option(literal: literal, symbol: entry, value: "y"))
    }
    return Stance(unit: choice, stays: stays, options: options)
  }

  /// Where each entry is the one that the present lines choose. `KconfigEvaluation.chosenMember` says the same with values.
  private mutating func standingMembers(of choice: Int32, _ entries: [Int32], _ user: UserValues) -> [Literal] {
    let visible = entries.map { visibility(of: $0).some }
    var chosen = entries.map { _ in circuit.never }
    var isOpen = circuit.always
    func take(_ place: Int, where condition: Literal) {
      let isTaken = circuit.and(isOpen, condition)
      chosen[place] = circuit.or(chosen[place], isTaken)
      isOpen = circuit.and(isOpen, !condition)
    }
    let priorities = user.members(of: choice, model)
    let said = { (entry: Int32) in user.isSet[Int(entry)] ? user.truth[Int(entry)] : nil }
    for member in priorities where said(member) == KconfigEvaluation.yes {
      if let place = entries.firstIndex(of: member) { take(place, where: visible[place]) }
    }
    let usual = usualMembers(of: choice, entries, visible)
    for place in entries.indices where said(entries[place]) != KconfigEvaluation.no { take(place, where: usual[place]) }
    for place in entries.indices where said(entries[place]) == nil { take(place, where: visible[place]) }
    for member in priorities.reversed() {
      if let place = entries.firstIndex(of: member) { take(place, where: visible[place]) }
    }
    return chosen
  }

  /// Changed lines come behind those that stay: what was named last among the members of a choice of v6.1 follows from
  /// that. Lines that say m behind such that say y would confuse the choice and are not proposed.
  private mutating func orderLines(of choice: Int32, _ user: UserValues, _ standing: StandingStatements) {
    let members = (model.members[choice] ?? []).filter { statements[$0]?.truth != nil }
    let wanted = user.chosen[Int(choice)]
    let present = members.filter { standing[$0]?.value == "y" && $0 != wanted } + members.filter { $0 == wanted }
    func says(_ member: Int32, _ part: (TruthLiterals) -> Literal) -> Literal {
      guard let statement = statements[member], let truth = statement.truth else { return circuit.never }
      return circuit.and(statement.isMade, part(truth))
    }
    let fresh = members.filter { !present.contains($0) }
    let named = fresh.map { says($0, \.full) }
    circuit.requireAtMostOne(of: named)
    let isAnyNamed = circuit.or(named)
    var later = isAnyNamed
    for member in present.reversed() {
      if let last = lastNamed[member] { circuit.solver.add([!last, !later]) }
      later = circuit.or(later, says(member, \.full))
    }
    // Of those that stay, one is y: then nothing changes to m.
    let isAnyPresent = circuit.or(present.map { says($0, \.full) })
    for member in members where standing[member]?.value != "m" {
      let isModule = circuit.and(says(member, \.some), !says(member, \.full))
      circuit.solver.add([!isModule, !isAnyPresent])
    }
  }
}
