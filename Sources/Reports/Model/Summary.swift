import Diagnostics
import Policy

extension Report {
  /// What was checked, and how much was found: `checked 1 descriptor, 2 cells, ...: 1 error, 0 warnings, 0 notes`.
  var summaryLine: String { comparison == nil ? "checked \(extent): \(countsLine)" : countsLine }

  /// How much was checked.
  var extent: String {
    "\(counted(descriptors, "descriptor")), \(counted(architectures, "architecture")), "
      + "\(counted(verdicts.count, "cell")), \(counted(rules.count, "rule"))"
  }

  /// How much was found, and what became of the verdicts.
  var countsLine: String {
    guard let comparison else { return counts }
    let states = "from \(comparison.oldName) to \(comparison.newName)"
    if comparison.cells.isEmpty, items.isEmpty {
      let renamed = comparison.renames.isEmpty ? "" : "\(comparison.renames.count) renamed, "
      return "\(states): \(renamed)no verdict and no finding differs (\(counted(verdicts.count, "cell")))"
        + mistakesSummary
    }
    let gone = items.count { $0.change == .vanished }
    return "\(states): \(directions(comparison)); new: \(counts)"
      + (gone > 0 ? "; gone: \(counted(gone, "finding"))" : "")
  }

  private var counts: String {
    var parts = [
      counted(count(.error), "error"), counted(count(.warning), "warning"), counted(count(.note), "note"),
    ]
    let inBaseline = items.count { if case .baseline = $0.acceptance { true } else { false } }
    let byComments = acceptedCount - inBaseline
    if inBaseline > 0 { parts.append(counted(inBaseline, "known finding") + " in the baseline") }
    // Where a day decided, it is said; also where it is the one on which nothing was accepted any more.
    let day = today.map { " as of \($0)" } ?? ""
    if byComments > 0 || !day.isEmpty { parts.append(counted(byComments, "finding") + " accepted by comments\(day)") }
    return parts.joined(separator: ", ")
      + (ignoredSummary.map { "; " + $0 } ?? "") + mistakesSummary
  }

  /// That not everything was checked.
  private var mistakesSummary: String {
    mistakes.isEmpty ? "" : "; \(counted(mistakes.count, "mistake")), of which nothing was checked"
  }

  private func directions(_ comparison: Comparison) -> String {
    let counts = Comparison.Direction.allCases.map { direction in
      (direction, comparison.cells.count { $0.direction == direction })
    }
    let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
    return words.isEmpty ? "no verdict differs" : words.joined(separator: ", ")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
