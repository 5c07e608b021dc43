/// Model enumeration, projected onto some literals: all combinations that these take in the solutions of a formula, each
/// once.
package struct ModelEnumeration: Sendable {
  /// The solver, with the last solution.
  package private(set) var solver: SatisfiabilitySolver
  private let literals: [Literal]

  /// The combinations of literals in the solutions of what a solver demands.
  package init(of solver: SatisfiabilitySolver, onto literals: [Literal]) {
    self.solver = solver
    self.literals = literals
  }

  /// The next combination; nil behind the last. The solver's last solution is a witness of it.
  package mutating func next() throws(SolverGaveUp) -> [Bool]? {
    guard try solver.canHold([]) else { return nil }
    let combination = literals.map { solver.value(of: $0) }
    solver.add(zip(literals, combination).map { literal, isTrue in isTrue ? !literal : literal })
    return combination
  }
}
