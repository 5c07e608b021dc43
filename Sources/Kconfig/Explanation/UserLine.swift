import Satisfiability

/// A line that a user has in a `.config` file, or could have: it can stay as it is, or change.
struct UserLine {
  /// One way to change it.
  struct Option {
    let literal: Literal
    /// The symbol whose line changes.
    let symbol: SymbolID
    /// What it says then; nil without a line.
    let value: String?

    /// The line that it says then.
    func setting(in model: KconfigModel) -> KconfigReachability.Setting? {
      guard let value else { return nil }
      return KconfigReachability.Setting(
        symbol: model.name(of: symbol), value: value, isText: model.symbols[symbol].type == .string)
    }
  }

  /// The symbol, or the priority choice, that it is about.
  let unit: SymbolID
  /// Holds where the line stays as it is.
  let stays: Literal
  /// The ways to change the line, the most natural ones first.
  let options: [Option]
}

extension ConfigurationCircuit {
  /// The lines that a user can write about the cone, those that are not there yet included.
  mutating func userLines(of user: UserValues, _ presentLines: PresentLines) -> [UserLine] {
    var lines: [UserLine] = []
    for (symbol, statement) in statements.sorted(by: { $0.key < $1.key })
    where !model.symbols[symbol].isChoice && model.openAnswers.symbols[symbol] == nil {
      lines.append(userLine(symbol, statement, presentLines[symbol]))
    }
    for choice in model.choiceEntries.keys.sorted() where cone.contains[choice] {
      switch model.language.choices {
      case .memberPriority: lines.append(userLine(ofChoice: choice, user))
      case .choiceSymbol: orderLines(of: choice, user, presentLines)
      }
    }
    return lines
  }

  private mutating func userLine(
    _ symbol: SymbolID, _ statement: Statement, _ present: KconfigReachability.Setting?
  ) -> UserLine {
    var options: [UserLine.Option] = []
    func add(_ literal: Literal, _ value: String?) {
      if literal != circuit.never { options.append(UserLine.Option(literal: literal, symbol: symbol, value: value)) }
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
    let same = options.last { $0.value == present?.value }
    return UserLine(unit: symbol, stays: same?.literal ?? circuit.never, options: options)
  }

  /// A priority choice stays where it has the member that the present lines give it; one line gives it any other.
  private mutating func userLine(ofChoice choice: SymbolID, _ user: UserValues) -> UserLine {
    let entries = model.choiceEntries[choice] ?? []
    let present = presentMembers(of: choice, entries, user)
    var stays = circuit.always
    var options: [UserLine.Option] = []
    for (entry, isChosen) in zip(entries, present) {
      let literal = truths[entry].some
      let isSame = circuit.equal(literal, isChosen)
      stays = circuit.and(stays, isSame)
      options.append(UserLine.Option(literal: literal, symbol: entry, value: "y"))
    }
    return UserLine(unit: choice, stays: stays, options: options)
  }

  /// Where each entry is the one that the present lines choose. `KconfigEvaluation.chosenMember` says the same with values.
  private mutating func presentMembers(of choice: SymbolID, _ entries: [SymbolID], _ user: UserValues) -> [Literal] {
    let visible = entries.map { visibility(of: $0).some }
    var chosen = entries.map { _ in circuit.never }
    var isOpen = circuit.always
    func take(_ place: Int, where condition: Literal) {
      let isTaken = circuit.and(isOpen, condition)
      chosen[place] = circuit.or(chosen[place], isTaken)
      isOpen = circuit.and(isOpen, !condition)
    }
    let priorities = user.members(of: choice, model)
    for member in priorities where user.said(member) == .y {
      if let place = entries.firstIndex(of: member) { take(place, where: visible[place]) }
    }
    let usual = usualMembers(of: choice, entries, visible)
    for place in entries.indices where user.said(entries[place]) != .n { take(place, where: usual[place]) }
    for place in entries.indices where user.said(entries[place]) == nil { take(place, where: visible[place]) }
    for member in priorities.reversed() {
      if let place = entries.firstIndex(of: member) { take(place, where: visible[place]) }
    }
    return chosen
  }

  /// Says which member of a choice symbol is named last: a changed line stands behind all lines that stay. A line with m
  /// behind a line with y would confuse the choice, and is not proposed.
  private mutating func orderLines(of choice: SymbolID, _ user: UserValues, _ presentLines: PresentLines) {
    let members = (model.members[choice] ?? []).filter { statements[$0]?.truth != nil }
    let wanted = user.chosen[choice]
    let present = members.filter { presentLines[$0]?.value == "y" && $0 != wanted } + members.filter { $0 == wanted }
    func says(_ member: SymbolID, _ part: (TruthLiterals) -> Literal) -> Literal {
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
    for member in members where presentLines[member]?.value != "m" {
      let isModule = circuit.and(says(member, \.some), !says(member, \.full))
      circuit.solver.add([!isModule, !isAnyPresent])
    }
  }
}
