package import Diagnostics
package import Policy

/// What a run is to check, and what it accepts.
package struct CheckRequest {
  /// Where the known findings are.
  package enum BaselineChoice: Equatable {
    /// There are none.
    case none
    /// In `baseline.json` beside the first path, if there is one.
    case besideFirstPath
    /// In this file, which has to be there.
    case file(String)
  }

  /// Descriptor files, or folders with descriptors.
  package var paths: [String]
  /// What if the architectures selected these symbols too?
  package var selects: [UserWord]
  /// Which rules there are, and which are evaluated.
  package var rules: RuleSettings
  /// Where the known findings are.
  package var baseline: BaselineChoice
  /// How much a baseline entry weighs whose finding is gone.
  package var severityOfStaleEntries: Severity
  /// The day on which suppressions are judged.
  package var today: CalendarDate

  /// Makes a request.
  package init(
    paths: [String], selects: [UserWord] = [], rules: RuleSettings = RuleSettings(),
    baseline: BaselineChoice = .besideFirstPath,
    severityOfStaleEntries: Severity = FileRemark.staleBaselineEntry.severity, today: CalendarDate
  ) {
    self.paths = paths
    self.selects = selects
    self.rules = rules
    self.baseline = baseline
    self.severityOfStaleEntries = severityOfStaleEntries
    self.today = today
  }
}
