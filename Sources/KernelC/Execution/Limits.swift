/// Budgets of one run, so that no text runs for ever.
package struct Limits: Hashable, Sendable {
  /// Steps (a few per operator) of one path.
  package var steps: Int
  /// Paths of one run that differ before their first fault.
  package var paths: Int
  /// Paths that are followed behind one first fault, each in search of further ones; with 0 a path ends at its first
  /// fault.
  package var pathsBehindFault: Int
  /// Stores of one path that the MMU refuses.
  package var faults: Int
  /// Times that one condition may be undecided in one path; more happens only in loops that nothing known ends.
  package var undecidedTurns: Int

  /// Makes limits; each other than `pathsBehindFault` is at least 1.
  package init(
    steps: Int = 100_000, paths: Int = 1_000, pathsBehindFault: Int = 64, faults: Int = 1_000, undecidedTurns: Int = 16
  ) {
    self.steps = max(1, steps)
    self.paths = max(1, paths)
    self.pathsBehindFault = max(0, pathsBehindFault)
    self.faults = max(1, faults)
    self.undecidedTurns = max(1, undecidedTurns)
  }
}
