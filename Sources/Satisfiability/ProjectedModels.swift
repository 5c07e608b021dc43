/// All combinations that some literals take in the solutions of a formula, each once.
package struct ProjectedModels: Sendable {
  /// Enumeration was given up: there are more combinations than allowed, or one took too many conflicts.
  package struct GaveUp: Error, Hashable {}

  /// The solver, with the last solution.
  package private(set) var solver: SatisfiabilitySolver
  private let literals: [Literal]

  /// The combinations of literals in the solutions of what a solver demands.
  package init(of solver: SatisfiabilitySolver, onto literals: [Literal]) {
    self.solver = solver
    self.literals = literals
  }

  /// The next combination; nil behind the last. The solver's last solution is a witness of it.
  package mutating func next() throws(GaveUp) -> [Bool]? {
    switch solver.solve() {
    case .gaveUp: throw GaveUp()
    case .unsatisfiable: return nil
    case .satisfiable:
      let combination = literals.map { solver.value(of: $0) }
      solver.add(zip(literals, combination).map { literal, isTrue in isTrue ? !literal : literal })
      return combination
    }
  }

  /// The value of a literal in the solution that the last combination comes from.
  package func value(of literal: Literal) -> Bool { solver.value(of: literal) }
}
