/// Maximum satisfiability: a solution of the hard constraints that violates as few soft constraints as possible.
///
/// Core-guided: each unsatisfiable core of soft constraints is relaxed, and one more of the relaxed ones may be violated; so
/// the first solution is one with the fewest. (MSU3, Marques-Silva and Planes 2007.)
package struct MaxSATSearch: Sendable {
  /// The circuit, with the last solution.
  package private(set) var circuit: Circuit
  private let hard: [Literal]
  private let soft: [Literal]
  /// The soft constraints that may be violated, by number, in the order in which cores named them.
  private var relaxed: [Int] = []
  private var isRelaxed: [Bool]
  /// The relaxed constraints that `leastWanted` decided to keep.
  private var kept: [Literal] = []
  /// How many soft constraints a best solution violates.
  package private(set) var cost = 0

  /// Finds out how many soft constraints have to be violated.
  /// - Parameters:
  ///   - soft: what should hold.
  ///   - hard: what has to hold.
  /// - Returns: nil where the hard constraints cannot hold, whatever is violated.
  package init?(of soft: [Literal], under hard: [Literal], in circuit: Circuit) throws(SolverGaveUp) {
    self.circuit = circuit
    self.hard = hard
    self.soft = soft
    isRelaxed = [Bool](repeating: false, count: soft.count)
    guard try self.circuit.solver.canHold(hard) else { return nil }
    try relax()
  }

  private mutating func relax() throws(SolverGaveUp) {
    while true {
      switch circuit.solver.solve(assuming: assumptions(and: [])) {
      case .satisfiable: return
      case .gaveUp: throw SolverGaveUp()
      case .unsatisfiable(let core):
        let met = Set(core)
        for number in soft.indices where !isRelaxed[number] && met.contains(soft[number]) {
          isRelaxed[number] = true
          relaxed.append(number)
        }
        cost += 1
      }
    }
  }

  private mutating func assumptions(and more: [Literal]) -> [Literal] {
    let isTooMany = circuit.moreThan(cost, of: relaxed.map { !soft[$0] })
    return hard + [!isTooMany] + soft.indices.filter { !isRelaxed[$0] }.map { soft[$0] } + more
  }

  /// Chooses one of the best solutions: the soft constraints that it violates are those that are wanted least. From then on
  /// `allows` speaks of solutions that violate just these.
  /// - Parameter order: the numbers of all soft constraints, those first that are wanted least.
  /// - Returns: the numbers of the violated ones, in that order.
  package mutating func leastWanted(inOrder order: [Int]) throws(SolverGaveUp) -> [Int] {
    var violated: [Int] = []
    guard try circuit.solver.canHold(assumptions(and: [])) else { return [] }
    for number in order.reversed() where isRelaxed[number] {
      if !circuit.solver.value(of: soft[number]), try !allows([soft[number]]) {
        violated.append(number)
        // The question left no solution behind that has all that is kept: the next turn reads one.
        _ = try allows([])
      } else {
        kept.append(soft[number])
      }
    }
    return violated.reversed()
  }

  /// Whether a best solution that violates just the constraints of `leastWanted` has all of these literals.
  package mutating func allows(_ literals: [Literal]) throws(SolverGaveUp) -> Bool {
    try circuit.solver.canHold(assumptions(and: kept + literals))
  }

  /// Whether a best solution, whatever constraints it violates, lacks one of these literals.
  package mutating func allowsOther(than literals: [Literal]) throws(SolverGaveUp) -> Bool {
    try circuit.solver.canHold(assumptions(and: [!circuit.and(literals)]))
  }
}

extension Circuit {
  /// Holds where more than `count` of the literals do.
  fileprivate mutating func moreThan(_ count: Int, of literals: [Literal]) -> Literal {
    // Place i: more than i of those that were counted hold.
    var counted = [Literal](repeating: never, count: count + 1)
    for literal in literals {
      for place in counted.indices.reversed() {
        let before = place == 0 ? always : counted[place - 1]
        counted[place] = or(counted[place], and(before, literal))
      }
    }
    return counted[count]
  }
}
