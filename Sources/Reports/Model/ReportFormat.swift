/// The formats of a report, by the names under which the command line knows them.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For people: source lines, evidence, verdicts.
  case text
  /// A line for each finding, as compilers write it.
  case terse
  /// `hvo/report/v1`.
  case json
  /// The same, a record on each line.
  case jsonLines = "jsonl"
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit XML, for test results.
  case junit
  /// Annotations of GitHub Actions.
  case github
  /// Code Quality of GitLab.
  case gitlab
  /// Test Anything Protocol 13.
  case tap
  /// Markdown, for comments and mails.
  case markdown = "md"

  /// Ends of file names that say which format is meant.
  package var suffixes: [String] {
    switch self {
    case .text: [".txt"]
    case .terse, .github: []
    case .json: [".json"]
    case .jsonLines: [".jsonl", ".ndjson"]
    case .sarif: [".sarif", ".sarif.json"]
    case .junit: [".xml"]
    case .gitlab: ["gl-code-quality-report.json"]
    case .tap: [".tap"]
    case .markdown: [".md", ".markdown"]
    }
  }

  /// The format that a file's name says; the longest suffix decides.
  package static func named(by file: String) -> ReportFormat? {
    let name = file.lowercased()
    let candidates = allCases.flatMap { format in format.suffixes.map { (format: format, suffix: $0) } }
    return candidates.filter { name.hasSuffix($0.suffix) }.max { $0.suffix.count < $1.suffix.count }?.format
  }

  /// What writes a report in this format.
  package func writer(_ presentation: Presentation) -> any ReportWriter {
    switch self {
    case .text: TextReport(presentation)
    case .terse: TerseReport(presentation)
    case .json: JSONReport()
    case .jsonLines: JSONLinesReport()
    case .sarif: SARIFReport(presentation)
    case .junit: JUnitReport(presentation)
    case .github: GitHubReport()
    case .gitlab: GitLabReport()
    case .tap: TAPReport(presentation)
    case .markdown: MarkdownReport(presentation)
    }
  }
}
