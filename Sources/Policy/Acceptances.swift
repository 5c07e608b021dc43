import Diagnostics

/// Everything by which findings are accepted, on one day.
public struct Acceptances: Sendable {
  /// The known findings.
  public var baseline: Baseline
  /// The comments in the descriptors.
  public var suppressions: Suppressions
  /// The day on which suppressions are judged.
  public var today: CalendarDate

  /// Puts them together.
  public init(baseline: Baseline, suppressions: Suppressions, today: CalendarDate) {
    self.baseline = baseline
    self.suppressions = suppressions
    self.today = today
  }

  /// Who accepts a finding; nil where it counts. A comment is nearer to what it speaks of than the baseline.
  public func acceptance(of finding: Finding) -> Acceptance? {
    suppressions.acceptance(of: finding, on: today).map { .suppression($0) }
      ?? baseline.acceptance(of: finding).map { .baseline($0) }
  }
}
