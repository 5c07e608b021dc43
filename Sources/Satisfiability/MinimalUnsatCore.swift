/// A minimal unsatisfiable core: of some literals that cannot hold together with the hard constraints, a set without which
/// they could, and of which nothing can be left out.
package struct MinimalUnsatCore: Sendable {
  /// The literals of the core, in the order in which they were given.
  package let literals: [Literal]

  /// Looks for a core.
  /// - Parameters:
  ///   - candidates: the literals; those that come first are left out first.
  ///   - hard: what has to hold in any case.
  /// - Returns: nil where all candidates can hold together with the hard constraints.
  package init?(
    of candidates: [Literal], under hard: [Literal], in solver: inout SatisfiabilitySolver
  ) throws(SolverGaveUp) {
    var search = Search(candidates: candidates, hard: hard, solver: solver)
    let core = try search.core(of: candidates)
    let shortest = try core.map { core throws(SolverGaveUp) in try search.shortest(core) }
    solver = search.solver
    guard let shortest else { return nil }
    let members = Set(shortest)
    literals = candidates.filter(members.contains)
  }

  private struct Search {
    let candidates: [Literal]
    let hard: [Literal]
    var solver: SatisfiabilitySolver

    /// Those of the literals that contradict the hard constraints; nil where none do.
    mutating func core(of literals: [Literal]) throws(SolverGaveUp) -> [Literal]? {
      switch solver.solve(assuming: hard + literals) {
      case .satisfiable: return nil
      case .gaveUp: throw SolverGaveUp()
      case .unsatisfiable(let core):
        let met = Set(core)
        return literals.filter(met.contains)
      }
    }

    /// An irreducible core. A core that avoids one of its literals may be shorter, and is easier to read then.
    mutating func shortest(_ core: [Literal]) throws(SolverGaveUp) -> [Literal] {
      var best = try irreducible(core)
      var next = 0
      while next < best.count {
        let avoided = best[next]
        next += 1
        guard let other = try self.core(of: candidates.filter { $0 != avoided }) else { continue }
        let shorter = try irreducible(other)
        if shorter.count < best.count { (best, next) = (shorter, 0) }
      }
      return best
    }

    /// A core without the literals that it does not need.
    private mutating func irreducible(_ core: [Literal]) throws(SolverGaveUp) -> [Literal] {
      var core = core
      for literal in candidates where core.contains(literal) {
        if let smaller = try self.core(of: core.filter { $0 != literal }) { core = smaller }
      }
      return core
    }
  }
}
