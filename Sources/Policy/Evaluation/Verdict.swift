import Architectures
package import Simulation

/// A word of the compatibility matrix.
package enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// Opted in, and every rule passes.
  case ok
  /// Opted in, and a rule is violated.
  case fail = "FAIL"
  /// Not opted in.
  case off
  /// Cannot apply: the kernel has nothing to optimise, or the architecture has no such code.
  case notApplicable = ".."
  /// Cannot be decided.
  case undecided = "?"
}

/// The verdict of one cell.
package struct CellVerdict: Sendable {
  /// The cell.
  package var cell: CellID
  /// Does the architecture's own code keep off read-only and aliased struct pages?
  package var flush: Verdict
  /// May the page tables be changed so?
  package var remap: Verdict
  /// Both, and whether the feature is there at all.
  package var overall: Verdict
  /// Why, in a few words.
  package var why: String

  /// Makes a verdict.
  package init(cell: CellID, flush: Verdict, remap: Verdict, overall: Verdict, why: String) {
    self.cell = cell
    self.flush = flush
    self.remap = remap
    self.overall = overall
    self.why = why
  }

  /// The architecture's name with its variant.
  package var architecture: String { cell.architecture.name }
  /// The kernel version with its patches.
  package var kernel: String { cell.architecture.kernel }
  /// HugeTLB page size in bytes.
  package var hugepage: UInt64 { cell.hugepage }
  /// Assumptions about symbols on which the descriptor is silent.
  package var assumptions: String { cell.configuration.assumptions }
}
