/// The solution that is first in an order of preferences: of each group of literals the first one that is possible together
/// with what was taken of the groups before it.
package struct LexicographicSearch: Sendable {
  /// The place in its group of each literal that was taken.
  package private(set) var ranks: [Int] = []
  /// The solver; its last solution is the one that was looked for.
  package private(set) var solver: SatisfiabilitySolver

  /// Looks for the solution.
  /// - Parameters:
  ///   - groups: the more important ones first; in each the better literals first.
  ///   - hard: what has to hold.
  package init(
    of groups: [[Literal]], where hard: [Literal], in solver: SatisfiabilitySolver
  ) throws(SolverGaveUp) {
    self.solver = solver
    var taken = hard
    guard try self.solver.canHold(taken) else { return }
    for group in groups {
      for (rank, literal) in group.enumerated() {
        if !self.solver.value(of: literal) {
          // A literal that does not hold in the last solution may hold in another one.
          guard try self.solver.canHold(taken + [literal]) else { continue }
        }
        taken.append(literal)
        ranks.append(rank)
        break
      }
    }
  }
}
