extension SatisfiabilitySolver {
  /// Learns the clause that would have prevented a conflict (first unique implication point), goes back to the level
  /// where it forces a literal, and assigns that.
  mutating func learn(from conflict: ClauseID) {
    var learned: [Literal] = []
    var marked: [Int] = []
    var open = 0
    var clause = conflict
    var place = trail.count - 1
    var uip: Literal?
    repeat {
      for literal in others(of: clause, than: uip) where !isMarked[literal.variable] {
        guard levels[literal.variable] > 0 else { continue }
        isMarked[literal.variable] = true
        marked.append(literal.variable)
        order.bump(literal.variable)
        if levels[literal.variable] == level { open += 1 } else { learned.append(literal) }
      }
      while !isMarked[trail[place].variable] { place -= 1 }
      uip = trail[place]
      clause = reasons[trail[place].variable]
      place -= 1
      open -= 1
    } while open > 0
    learned = learned.filter { !isImplied($0) }
    for variable in marked { isMarked[variable] = false }
    order.age()
    guard let uip else { return }
    force(!uip, otherwise: learned)
  }

  /// The assumptions, this false one included, that contradict the clauses together.
  func core(of assumption: Literal) -> [Literal] {
    var core = [assumption]
    var isMet = [Bool](repeating: false, count: variableCount)
    isMet[assumption.variable] = true
    for literal in trail.reversed() where isMet[literal.variable] && levels[literal.variable] > 0 {
      let reason = reasons[literal.variable]
      if reason == .none {
        // Below the number of assumptions there are no other decisions.
        core.append(literal)
      } else {
        for other in others(of: reason, than: literal) { isMet[other.variable] = true }
      }
    }
    return core
  }

  /// The literals of a clause without one of them.
  private func others(of clause: ClauseID, than literal: Literal?) -> [Literal] {
    let base = Int(clause.start)
    return arena[base..<base + Int(arena[base - 1])].lazy.map(Literal.init(code:)).filter { $0 != literal }
  }

  /// Does the rest of the learned clause imply this literal? Then it adds nothing.
  private func isImplied(_ literal: Literal) -> Bool {
    let reason = reasons[literal.variable]
    guard reason != .none else { return false }
    return others(of: reason, than: !literal).allSatisfy { isMarked[$0.variable] || levels[$0.variable] == 0 }
  }

  private mutating func force(_ literal: Literal, otherwise others: [Literal]) {
    guard let deepest = others.indices.max(by: { levels[others[$0].variable] < levels[others[$1].variable] }) else {
      backtrack(to: 0)
      assign(literal, because: .none)
      return
    }
    var clause = [literal] + others
    // The second watched literal must be the last to become open again.
    clause.swapAt(1, deepest + 1)
    backtrack(to: Int(levels[clause[1].variable]))
    assign(literal, because: store(clause))
  }
}
