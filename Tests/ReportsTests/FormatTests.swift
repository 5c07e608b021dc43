import Diagnostics
import Foundation
import Policy
import Reports
import Testing

/// Every format of a report with one of everything, and of a comparison, as recorded.
@Suite struct FormatTests {
  private func text(_ format: ReportFormat, _ report: Report, _ presentation: Presentation = Presentation()) -> String {
    var text = ""
    format.writer(presentation).write(report, into: &text)
    return text
  }

  /// One rule, whose texts are no rule's: recordings need not follow what rules are called.
  private func withFixedRules(_ report: Report) -> Report {
    var report = report
    report.rules = report.rules.filter { $0.id == "HVO001" }.map { rule in
      var rule = rule
      rule.title = "a title with a | and <b>"
      rule.why = "why, in a line\nand another one\n"
      rule.help = ["do this:", "    `code`"]
      rule.references = ["a commit", "https://example.org/thread (April 2022)"]
      return rule
    }
    return report
  }

  // Text and JSON have tests of their own.
  @Test(arguments: ReportFormat.allCases.filter { $0 != .text && $0 != .json })
  func `a report is as recorded`(format: ReportFormat) throws {
    Expected.expect(text(format, withFixedRules(try Sample.report())), is: "report.\(format.rawValue)")
  }

  @Test(arguments: ReportFormat.allCases)
  func `a comparison is as recorded`(format: ReportFormat) throws {
    Expected.expect(text(format, withFixedRules(try Sample.comparison())), is: "comparison.\(format.rawValue)")
  }

  @Test(arguments: ReportFormat.allCases)
  func `a report with nothing to say is complete`(format: ReportFormat) throws {
    let output = text(format, Sample.empty)
    switch format {
    case .terse, .github: #expect(output == "")
    case .sarif: #expect(output.contains("\"results\" : []"))
    case .gitlab: #expect(output == "[]\n")
    case .tap: #expect(output == "TAP version 13\n1..0 # SKIP nothing to say\n")
    default: #expect(output.hasSuffix("\n"))
    }
  }

  @Test(arguments: [
    ("a.txt", ReportFormat.text), ("out/a.json", .json), ("a.jsonl", .jsonLines), ("a.ndjson", .jsonLines),
    ("a.sarif", .sarif), ("a.sarif.json", .sarif), ("A.XML", .junit), ("gl-code-quality-report.json", .gitlab),
    ("ci/gl-code-quality-report.json", .gitlab), ("a.tap", .tap), ("README.md", .markdown), ("a", nil), ("json", nil),
    ("a.yaml", nil),
  ])
  func `a file's name says the format`(name: String, format: ReportFormat?) {
    #expect(ReportFormat.named(by: name) == format)
  }

  /// The same severity fails in every place that says whether the run failed.
  @Test(arguments: FailureThreshold.allCases)
  func `the threshold decides what fails`(threshold: FailureThreshold) throws {
    var report = try Sample.report()
    report.items.removeAll { $0.acceptance != nil || $0.finding.severity == .error }
    #expect(report.count(.warning) > 0 && report.count(.error) == 0)
    #expect(report.fails(at: threshold) == (threshold == .warning))
    let presentation = Presentation(threshold: threshold)
    #expect(text(.sarif, report, presentation).contains("\"exitCode\" : \(threshold == .warning ? 1 : 0)"))
    // The warning of the sample is not decided.
    #expect(text(.junit, report, presentation).contains("<error type=\"HVO010\"") == (threshold == .warning))
    #expect(text(.tap, report, presentation).contains("not ok 1 - port-4k kconfig") == (threshold == .warning))
  }

  @Test func `errors fail unless nothing shall, and never pass as tests`() throws {
    let report = try Sample.report()
    #expect(report.fails(at: .error) && report.fails(at: .warning) && !report.fails(at: .never))
    let presentation = Presentation(threshold: .never)
    #expect(text(.sarif, report, presentation).contains("\"exitCode\" : 0"))
    #expect(text(.junit, report, presentation).contains("<failure type=\"HVO001\""))
  }

  @Test func `a comparison fails by what is new and not by what is gone`() throws {
    var report = try Sample.comparison()
    #expect(report.fails(at: .error) && !report.fails(at: .never))
    report.items.removeAll { $0.change == .appeared }
    #expect(report.items.contains { $0.change == .vanished && $0.finding.severity == .error })
    #expect(!report.fails(at: .warning))
  }

  @Test func `a verdict that got worse by what is accepted does not fail a comparison`() throws {
    var report = try Sample.comparison()
    report.remarks = []
    #expect(report.comparison?.cells.contains { $0.direction == .worse } == true)
    #expect(report.fails(at: .error) && !report.fails(at: .never))
    report.items.removeAll(where: \.isOpen)
    #expect(!report.fails(at: .error))
  }

  /// A verdict that no finding explains must not turn into a test that passed.
  @Test func `a test is never better than its verdict`() throws {
    var report = try Sample.report()
    report.items = []
    let output = text(.tap, report)
    #expect(output.contains("not ok 4 - port-4k 2M flush with MEMCG=y\n"))
    #expect(output.contains("not ok 6 - port-4k 32M flush with MEMCG=n\n  ---\n  verdict: \"?\""))
  }
}
