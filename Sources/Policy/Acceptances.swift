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
  /// - Parameter ambiguousNames: architectures that are checked at several kernels. An entry of the baseline names no
  ///   kernel: what was accepted of one would hide another's.
  public func acceptance(of finding: Finding, ambiguousNames: Set<String> = []) -> Acceptance? {
    if let suppression = suppressions.acceptance(of: finding, on: today) { return .suppression(suppression) }
    if ambiguousNames.contains(finding.architecture) { return nil }
    return baseline.acceptance(of: finding).map { .baseline($0) }
  }
}
