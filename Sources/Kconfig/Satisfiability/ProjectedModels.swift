/// All combinations that some literals take in the solutions of a formula, each once.
struct ProjectedModels: Sendable {
  /// Enumeration was given up: there are more combinations than allowed, or one took too many conflicts.
  struct GaveUp: Error, Hashable {}

  private(set) var solver: SatisfiabilitySolver
  private let literals: [Literal]

  init(of solver: SatisfiabilitySolver, onto literals: [Literal]) {
    self.solver = solver
    self.literals = literals
  }

  /// The next combination; nil behind the last. The solver's last solution is a witness of it.
  mutating func next() throws(GaveUp) -> [Bool]? {
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
  func value(of literal: Literal) -> Bool { solver.value(of: literal) }
}
