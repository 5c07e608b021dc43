import Diagnostics

/// Everything by which findings are accepted, on one day.
package struct Acceptances: Sendable {
  /// The known findings.
  package var baseline: Baseline
  /// The comments in the descriptors.
  package var suppressions: Suppressions
  /// The day on which suppressions are judged.
  package var today: CalendarDate

  /// Puts them together.
  package init(baseline: Baseline, suppressions: Suppressions, today: CalendarDate) {
    self.baseline = baseline
    self.suppressions = suppressions
    self.today = today
  }

  /// Who accepts a finding; nil where it counts. A comment is nearer to what it speaks of than the baseline.
  /// - Parameter ambiguousNames: architectures that are checked at several kernels. An entry of the baseline names no
  ///   kernel: what was accepted of one would hide another's.
  package func acceptance(of finding: Finding, ambiguousNames: Set<String> = []) -> Acceptance? {
    if let suppression = suppressions.acceptance(of: finding, on: today) { return .suppression(suppression) }
    if ambiguousNames.contains(finding.architecture) { return nil }
    return baseline.acceptance(of: finding).map { .baseline($0) }
  }
}
