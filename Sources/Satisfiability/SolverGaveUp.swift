/// The solver took more conflicts than allowed, or its clauses do not say all that would have to be said: not known.
package struct SolverGaveUp: Error, Hashable {
  /// Makes the error.
  package init() {}
}

extension SatisfiabilitySolver {
  /// Whether literals can hold together; where they can, the last solution is one in which they do.
  package mutating func canHold(_ literals: [Literal]) throws(SolverGaveUp) -> Bool {
    switch solve(assuming: literals) {
    case .satisfiable: true
    case .unsatisfiable: false
    case .gaveUp: throw SolverGaveUp()
    }
  }
}
