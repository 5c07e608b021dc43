import Diagnostics

/// Everything by which findings are accepted, on one day.
package struct AcceptedFindings: Sendable {
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
  package func acceptance(of finding: Finding) -> Acceptance? {
    if let suppression = suppressions.acceptance(of: finding, on: today) { return .suppression(suppression) }
    return baseline.acceptance(of: finding).map { .baseline($0) }
  }
}
