/// Decides whether clauses can hold together: conflict-driven clause learning with two watched literals.
///
/// Small on purpose: the cone of a kernel's HVO symbols has some thousand variables and ten thousand clauses. A solver is
/// a value; a copy goes its own way.
package struct SatisfiabilitySolver: Sendable {
  /// The answer to `solve`.
  package enum Answer: Hashable, Sendable {
    /// There is an assignment; `value(of:)` reads it.
    case satisfiable
    /// There is none; these of the assumptions contradict the clauses together. Empty where no assumption is needed.
    case unsatisfiable(core: [Literal])
    /// More conflicts than allowed, or clauses that do not say all: not known.
    case gaveUp
  }

  /// A clause that watches a literal, with another of its literals: where that one holds, the clause need not be read.
  struct Watch: Sendable {
    let clause: ClauseID
    let blocker: Literal
  }

  /// A clause, by the place of its first literal in the arena.
  struct ClauseID: Equatable, Sendable {
    let start: Int32

    /// No clause: what a variable has as its reason that was decided, and what no conflict is.
    static var none: ClauseID { ClauseID(start: -1) }
  }

  /// Clauses one after the other: number of literals, then the literals; the first two are watched.
  var arena: [Int32] = []
  /// The clauses to be read when a literal becomes true, by its code: those that watch its negation.
  var watches: [[Watch]] = []
  /// 1 true, -1 false, 0 open; by the code of the literal.
  var values: [Int8] = []
  /// Decision level at which a variable got its value.
  var levels: [Int32] = []
  /// The clause that forced a variable's value.
  var reasons: [ClauseID] = []
  /// Literals in the order in which they became true.
  var trail: [Literal] = []
  /// Where each decision level starts in the trail.
  var levelStarts: [Int] = []
  /// How much of the trail has been propagated.
  var propagated = 0
  var order = VariableOrder()
  /// Variables met by the analysis that is under way.
  var isMarked: [Bool] = []
  /// The last value of each variable: neighbours of a solution are tried first.
  private var phases: [Bool] = []
  /// The values of the last solution, by variable.
  private var solution: [Bool] = []
  private var isContradictory = false
  private var isGivenUp = false

  /// A solver of which nothing is demanded yet.
  package init() {}

  var variableCount: Int { levels.count }
  var level: Int { levelStarts.count }

  /// A new variable; the literal holds where it is true.
  package mutating func addVariable() -> Literal {
    let literal = Literal(variable: variableCount)
    levels.append(0)
    reasons.append(.none)
    isMarked.append(false)
    phases.append(false)
    values += [0, 0]
    watches += [[], []]
    order.addVariable()
    return literal
  }

  /// Demands that one of these literals holds.
  package mutating func add(_ clause: [Literal]) {
    backtrack(to: 0)
    var literals: [Literal] = []
    for literal in clause {
      // What holds already, and a literal beside its negation, demand nothing.
      if values[literal.index] > 0 || literals.contains(!literal) { return }
      if values[literal.index] == 0, !literals.contains(literal) { literals.append(literal) }
    }
    switch literals.count {
    case 0: isContradictory = true
    case 1:
      assign(literals[0], because: .none)
      if propagate() != .none { isContradictory = true }
    default: _ = store(literals)
    }
  }

  /// Answers nothing from now on: the clauses do not say all that would have to be said.
  package mutating func giveUp() { isGivenUp = true }

  /// The value of a literal in the last solution.
  package func value(of literal: Literal) -> Bool {
    solution.indices.contains(literal.variable) && solution[literal.variable] != literal.isNegated
  }

  /// Looks for an assignment.
  /// - Parameters:
  ///   - assumptions: literals that have to hold this time.
  ///   - mostConflicts: after so many conflicts the question is given up.
  package mutating func solve(assuming assumptions: [Literal] = [], mostConflicts: Int = 1_000_000) -> Answer {
    backtrack(to: 0)
    if isGivenUp { return .gaveUp }
    if isContradictory { return .unsatisfiable(core: []) }
    var restarts = RestartSchedule()
    while true {
      let conflict = propagate()
      if conflict != .none {
        guard level > 0 else {
          isContradictory = true
          return .unsatisfiable(core: [])
        }
        restarts.countConflict()
        guard restarts.conflicts <= mostConflicts else {
          backtrack(to: 0)
          return .gaveUp
        }
        learn(from: conflict)
      } else if restarts.isDue {
        restarts.begin()
        backtrack(to: 0)
      } else if level < assumptions.count {
        let assumption = assumptions[level]
        if values[assumption.index] < 0 {
          let core = core(of: assumption)
          backtrack(to: 0)
          return .unsatisfiable(core: core)
        }
        // Each assumption has a level of its own, also one that holds anyway.
        levelStarts.append(trail.count)
        if values[assumption.index] == 0 { assign(assumption, because: .none) }
      } else if let decision = nextDecision() {
        levelStarts.append(trail.count)
        assign(decision, because: .none)
      } else {
        solution = (0..<variableCount).map { values[Literal(variable: $0).index] > 0 }
        backtrack(to: 0)
        return .satisfiable
      }
    }
  }

  private mutating func nextDecision() -> Literal? {
    while let variable = order.popFirst() {
      let literal = Literal(variable: variable)
      if values[literal.index] == 0 { return phases[variable] ? literal : !literal }
    }
    return nil
  }

  // MARK: clauses and values

  /// Stores a clause of two or more literals; the first two are watched.
  mutating func store(_ literals: [Literal]) -> ClauseID {
    arena.append(Int32(truncatingIfNeeded: literals.count))
    let clause = ClauseID(start: Int32(truncatingIfNeeded: arena.count))
    for literal in literals { arena.append(literal.code) }
    watches[(!literals[0]).index].append(Watch(clause: clause, blocker: literals[1]))
    watches[(!literals[1]).index].append(Watch(clause: clause, blocker: literals[0]))
    return clause
  }

  mutating func assign(_ literal: Literal, because reason: ClauseID) {
    values[literal.index] = 1
    values[(!literal).index] = -1
    levels[literal.variable] = Int32(truncatingIfNeeded: level)
    reasons[literal.variable] = reason
    trail.append(literal)
  }

  mutating func backtrack(to target: Int) {
    guard level > target else { return }
    let start = levelStarts[target]
    for literal in trail[start...].reversed() {
      values[literal.index] = 0
      values[(!literal).index] = 0
      phases[literal.variable] = !literal.isNegated
      order.insert(literal.variable)
    }
    trail.removeSubrange(start...)
    levelStarts.removeSubrange(target...)
    propagated = trail.count
  }

  /// Draws all consequences of the trail.
  /// - Returns: a clause that cannot hold any more, or none.
  mutating func propagate() -> ClauseID {
    while propagated < trail.count {
      let literal = trail[propagated]
      propagated += 1
      // The list is taken out while it is rewritten: clauses that find another literal leave it.
      var list: [Watch] = []
      swap(&list, &watches[literal.index])
      var kept = 0
      var read = 0
      var conflict = ClauseID.none
      while read < list.count {
        let watch = list[read]
        read += 1
        if values[watch.blocker.index] > 0 {
          list[kept] = watch
          kept += 1
          continue
        }
        switch visit(watch.clause, falseLiteral: !literal) {
        case .moved: continue
        case .holds(let other):
          list[kept] = Watch(clause: watch.clause, blocker: other)
          kept += 1
        case .forces(let other):
          list[kept] = Watch(clause: watch.clause, blocker: other)
          kept += 1
          if values[other.index] < 0 {
            conflict = watch.clause
            while read < list.count {
              list[kept] = list[read]
              kept += 1
              read += 1
            }
          } else {
            assign(other, because: watch.clause)
          }
        }
      }
      list.removeSubrange(kept...)
      swap(&list, &watches[literal.index])
      if conflict != .none { return conflict }
    }
    return .none
  }

  private enum Visit {
    /// The clause watches another literal now.
    case moved
    /// Its other watched literal holds.
    case holds(Literal)
    /// All others are false: this one has to hold.
    case forces(Literal)
  }

  private mutating func visit(_ clause: ClauseID, falseLiteral: Literal) -> Visit {
    let base = Int(clause.start)
    if arena[base] == falseLiteral.code { arena.swapAt(base, base + 1) }
    let other = Literal(code: arena[base])
    if values[other.index] > 0 { return .holds(other) }
    let end = base + Int(arena[base - 1])
    var place = base + 2
    while place < end {
      let candidate = Literal(code: arena[place])
      if values[candidate.index] >= 0 {
        arena.swapAt(base + 1, place)
        watches[(!candidate).index].append(Watch(clause: clause, blocker: other))
        return .moved
      }
      place += 1
    }
    return .forces(other)
  }
}
