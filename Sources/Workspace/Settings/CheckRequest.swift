package import Diagnostics
package import Policy

/// What a run is to check, and what it accepts.
package struct CheckRequest {
  /// Where the known findings are.
  enum BaselineChoice: Equatable {
    /// There are none.
    case none
    /// In `baseline.json` beside the first path, if there is one.
    case besideFirstPath
    /// In this file, which has to be there.
    case file(String)
  }

  var paths: [String]
  var selects: [Given] = []
  var rules = RuleSettings()
  var baseline = BaselineChoice.besideFirstPath
  /// How much a baseline entry weighs whose finding is gone.
  var severityOfStaleEntries = FileRemark.staleBaselineEntry.severity
  var today: CalendarDate
}
