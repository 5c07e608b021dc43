import Diagnostics

/// Test Anything Protocol 13: the plan first, a test for each part of a cell's verdict, what is known of it as YAML.
package struct TAPReport: ReportWriter {
  private let threshold: FailureThreshold

  /// A report in which tests fail at the presentation's threshold.
  package init(_ presentation: Presentation) {
    threshold = presentation.threshold
  }

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let points = TestResult.all(of: report, threshold: threshold)
    output.write("TAP version 13\n1..\(points.count)\(points.isEmpty ? " # SKIP nothing to say" : "")\n")
    for (index, point) in points.enumerated() {
      let name = "\(index + 1) - \(escaped(point.suite)) \(escaped(point.name))"
      switch point.result {
      case .passed: output.write("ok \(name)\n")
      case .skipped(let reason): output.write("ok \(name) # SKIP \(escaped(reason))\n")
      case .failed, .undecided:
        output.write("not ok \(name)\n")
        diagnostics(point, report, into: &output)
      }
    }
  }

  private func diagnostics(_ point: TestResult, _ report: Report, into output: inout some TextOutputStream) {
    let culprit = point.culprit(at: threshold)
    output.write("  ---\n")
    let isUndecided = if case .undecided = point.result { true } else { false }
    line("verdict", isUndecided ? "?" : "FAIL", into: &output)
    line("message", culprit?.headline ?? point.why, into: &output)
    if let culprit {
      let place = report.place(of: culprit)
      line("rule", culprit.id, into: &output)
      line("severity", culprit.severity.rawValue, into: &output)
      line("at", "\(place.path):\(place.start.line):\(place.start.column)", into: &output)
      list("evidence", culprit.evidence + culprit.changeInWords, into: &output)
      list("help", culprit.help, into: &output)
      if let reproduce = culprit.reproduce { line("reproduce", reproduce, into: &output) }
    }
    output.write("  ...\n")
  }

  private func list(_ key: String, _ texts: [String], into output: inout some TextOutputStream) {
    guard !texts.isEmpty else { return }
    output.write("  \(key):\n")
    for text in texts { output.write("    - \(quoted(text))\n") }
  }

  private func line(_ key: String, _ text: String, into output: inout some TextOutputStream) {
    output.write("  \(key): \(quoted(text))\n")
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.printable.escaped { $0 == "\"" || $0 == "\\" ? "\\" + String($0) : nil } + "\""
  }

  /// `#` would begin a directive.
  private func escaped(_ text: String) -> String {
    text.printable.escaped { $0 == "#" || $0 == "\\" ? "\\" + String($0) : nil }
  }
}
