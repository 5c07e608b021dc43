import Diagnostics
import Policy

/// Code Quality of GitLab: a list of what is open, which GitLab compares with that of the target branch by fingerprint.
package struct GitLabReport: ReportWriter {
  /// Makes the format.
  package init() {}

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let issues = report.entries.filter(\.isOpen).map { entry -> JSON in
      let place = report.place(of: entry)
      return [
        "type": "issue", "check_name": .text(entry.id), "description": .text(entry.cellHeadline),
        "fingerprint": .text(entry.fingerprint),
        "severity": .text(entry.isMistake ? "blocker" : severity(entry)),
        "categories": ["Bug Risk"],
        "content": ["body": .text((entry.evidence + entry.changeInWords + entry.help).joined(separator: "\n"))],
        "location": [
          "path": .text(place.path), "lines": ["begin": .number(place.start.line), "end": .number(place.end.line)],
        ],
      ]
    }
    JSONText.writeDocument(.array(issues), into: &output)
  }

  private func severity(_ entry: ReportLine) -> String {
    switch (entry.severity, entry.outcome) {
    case (.error, .undecided): "major"
    case (.error, _): "critical"
    case (.warning, _): "minor"
    case (.note, _): "info"
    }
  }
}
