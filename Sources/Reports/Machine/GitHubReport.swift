import Diagnostics

/// Workflow commands that GitHub Actions shows as annotations: what is open, notes as notices. It shows ten of a kind
/// for each step, so that a mistake is one annotation, in however many cells it was found.
package struct GitHubReport: ReportWriter {
  /// Makes the format.
  package init() {}

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    for group in ReportLineGroup.groups(of: report.entries.filter(\.isOpen)) {
      let entry = group.first
      let place = report.place(of: entry)
      var properties = [
        ("file", place.path), ("line", String(place.start.line)), ("endLine", String(place.end.line)),
      ]
      // Columns are taken of one line only; the last one is inside.
      if place.start.line == place.end.line {
        let last = max(place.start.column, place.end.column - 1)
        properties += [("col", String(place.start.column)), ("endColumn", String(last))]
      }
      properties.append(("title", entry.id))
      let message = group.diagnostic
      let lines = [message.message] + message.reasons + message.help
      output.write("::\(command(entry.severity)) ")
      output.write(properties.map { "\($0.0)=\(property($0.1.printable))" }.joined(separator: ","))
      output.write("::\(lines.map { data($0.printable) }.joined(separator: "%0A"))\n")
    }
  }

  private func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// Line ends have become printable before.
  private func data(_ text: String) -> String {
    text.escaped { $0 == "%" ? "%25" : nil }
  }

  private func property(_ text: String) -> String {
    text.escaped { scalar in
      switch scalar {
      case "%": "%25"
      case ":": "%3A"
      case ",": "%2C"
      default: nil
      }
    }
  }
}
