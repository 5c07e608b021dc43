import Diagnostics

/// JUnit XML as Jenkins and GitLab read it: a suite for each architecture, a test for each part of a cell's verdict.
/// What is accepted or not asked is skipped, what cannot be decided is an error. Places are in the texts: the schema of
/// Jenkins' xunit plugin, which refuses reports that do not fit, has editions without `file` and `line`.
package struct JUnitReport: ReportWriter {
  private let threshold: FailureThreshold

  /// A report in which tests fail at the presentation's threshold.
  package init(_ presentation: Presentation) {
    threshold = presentation.threshold
  }

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let points = TestResult.all(of: report, threshold: threshold)
    var suites: [(name: String, points: [TestResult])] = []
    for point in points {
      if suites.last?.name != point.suite { suites.append((point.suite, [])) }
      suites[suites.count - 1].points.append(point)
    }
    let total = Counts(points)
    output.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hvocheck\" tests=\"\(points.count)\"")
    output.write(" failures=\"\(total.failed)\" errors=\"\(total.undecided)\">\n")
    for suite in suites {
      let counts = Counts(suite.points)
      output.write("  <testsuite name=\"\(attribute(suite.name))\" tests=\"\(suite.points.count)\"")
      output.write(" failures=\"\(counts.failed)\" errors=\"\(counts.undecided)\" skipped=\"\(counts.skipped)\">\n")
      for point in suite.points { write(point, report, into: &output) }
      output.write("  </testsuite>\n")
    }
    output.write("</testsuites>\n")
  }

  private struct Counts {
    var failed = 0
    var undecided = 0
    var skipped = 0

    init(_ points: [TestResult]) {
      for point in points {
        switch point.result {
        case .passed: break
        case .failed: failed += 1
        case .undecided: undecided += 1
        case .skipped: skipped += 1
        }
      }
    }
  }

  private func write(_ point: TestResult, _ report: Report, into output: inout some TextOutputStream) {
    output.write("    <testcase classname=\"hvocheck.\(attribute(point.suite))\" name=\"\(attribute(point.name))\"")
    let culprit = point.culprit(at: threshold)
    let details = point.entries.flatMap { lines(of: $0, report) }
    switch point.result {
    case .passed where details.isEmpty: output.write("/>\n")
    case .passed: output.write(">\n      <system-out>\(content(details))</system-out>\n    </testcase>\n")
    case .skipped(let reason):
      output.write(">\n      <skipped message=\"\(attribute(reason))\"/>\n    </testcase>\n")
    case .failed: problem("failure", culprit, point, details, into: &output)
    case .undecided: problem("error", culprit, point, details, into: &output)
    }
  }

  private func problem(
    _ element: String, _ culprit: ReportLine?, _ point: TestResult, _ details: [String],
    into output: inout some TextOutputStream
  ) {
    let message = culprit?.headline ?? point.why
    output.write(">\n      <\(element) type=\"\(attribute(culprit?.id ?? "verdict"))\"")
    output.write(" message=\"\(attribute(message))\">\(content(details))</\(element)>\n    </testcase>\n")
  }

  private func lines(of entry: ReportLine, _ report: Report) -> [String] {
    let place = report.place(of: entry)
    let head = "\(place.path):\(place.start.line):\(place.start.column): \(entry.severity.rawValue): "
    let more = (entry.acceptanceInWords.map { [$0] } ?? []) + entry.changeInWords + entry.help
    return [head + "\(entry.headline) [\(entry.id)]"] + entry.evidence + more
      + (entry.reproduce.map { ["reproduce: \($0)"] } ?? [])
  }

  private func content(_ lines: [String]) -> String {
    lines.map(attribute).joined(separator: "\n")
  }

  /// Control characters, of which XML forbids most, have become printable; the two scalars that it forbids besides
  /// are replaced as well. `>` is escaped for the sake of `]]>`.
  private func attribute(_ text: String) -> String {
    text.printable.escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: nil
      }
    }
  }
}
