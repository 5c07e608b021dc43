import Diagnostics

/// What becomes of a baseline when findings are to be accepted.
package struct BaselineUpdate: Sendable {
  /// Findings that the baseline does not accept yet.
  package let added: [Finding]
  /// Findings that no baseline may accept: what is undecided, and what its rule keeps open.
  package let refused: [Finding]
  private let known: Baseline

  /// Compares findings with what is accepted.
  /// - Parameters:
  ///   - baseline: what is accepted so far.
  ///   - findings: what was found and is not suppressed. Notes need nobody's acceptance.
  package init(_ baseline: Baseline, findings: [Finding]) {
    known = baseline
    let weighty = findings.filter { $0.severity != .note }
    refused = weighty.filter { !$0.isAcceptable }
    added = weighty.filter { $0.isAcceptable && baseline.acceptance(of: $0) == nil }
  }

  /// The baseline with the findings; entries that were there keep their reasons and dates.
  package func accepting(reason: String, since date: CalendarDate) -> Baseline {
    let entries = added.map {
      Baseline.Entry($0, reason: reason, date: date.description, range: $0.place)
    }
    return Baseline(entries: known.entries + entries)
  }
}
