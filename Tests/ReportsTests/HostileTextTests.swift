import Diagnostics
import Foundation
import Policy
import Reports
import Testing

/// Whatever stands in names, messages and reasons: every format stays what it is.
@Suite struct HostileTextTests {
  private static let seeds: [UInt64] = Array(1...60)

  private func text(_ format: ReportFormat, _ report: Report) -> String {
    var text = ""
    format.writer(Presentation(detail: .full)).write(report, into: &text)
    return text
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  }

  @Test(arguments: ReportFormat.allCases, seeds)
  func `nothing steers a terminal, and the text ends with a line`(format: ReportFormat, seed: UInt64) throws {
    var random = RandomReport(seed: seed)
    let output = text(format, try random.report())
    #expect(output.isEmpty || output.hasSuffix("\n"))
    let steering = output.unicodeScalars.filter { $0 != "\n" && $0.steersTerminals }
    #expect(steering.isEmpty, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func `lists have a line or a record for each entry`(seed: UInt64) throws {
    var random = RandomReport(seed: seed)
    let report = try random.report()
    let entries = report.entries
    let open = entries.filter(\.isOpen)

    let terse = lines(text(.terse, report))
    #expect(terse.count == entries.count, "seed \(seed)")
    for (line, entry) in zip(terse, entries) {
      let severity = entry.change == .vanished ? .note : entry.severity
      #expect(line.hasSuffix("[\(entry.id)]") && line.contains(": \(severity.rawValue): "), "seed \(seed)")
    }

    let annotations = lines(text(.github, report))
    #expect(annotations.count <= open.count && annotations.isEmpty == open.isEmpty, "seed \(seed)")
    for line in annotations {
      #expect(
        line.wholeMatch(
          of: /::(error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^,:]+::.+/)
          != nil, "seed \(seed): \(line)")
      #expect(line.matches(of: /%(?!25|0A|3A|2C)/).isEmpty, "seed \(seed): \(line)")
    }

    let records = try lines(text(.jsonLines, report)).map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
    let names = records.compactMap { ($0 as? [String: Any])?.keys.first }
    #expect(names.first == "header")
    #expect(names.count { $0 == "finding" || $0 == "remark" } == entries.count, "seed \(seed)")
    #expect(names.count { $0 == "verdict" } == report.verdicts.count)
    #expect(names.count { $0 == "change" } == report.comparison?.cells.count ?? 0)

    let issues = try JSONSerialization.jsonObject(with: Data(text(.gitlab, report).utf8)) as? [[String: Any]]
    #expect(issues?.map { $0["description"] as? String } == open.map(\.cellHeadline), "seed \(seed)")

    let sarif = try JSONSerialization.jsonObject(with: Data(text(.sarif, report).utf8)) as? [String: Any]
    let results = (sarif?["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]
    #expect(results?.map { $0["ruleId"] as? String } == entries.map(\.id), "seed \(seed)")
    #expect(results?.allSatisfy { ($0["locations"] as? [Any])?.count == 1 } == true, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func `texts come back from JSON as they were`(seed: UInt64) throws {
    var random = RandomReport(seed: seed)
    let report = try random.report()
    let document = try JSONSerialization.jsonObject(with: Data(text(.json, report).utf8)) as? [String: Any]
    let findings = document?["findings"] as? [[String: Any]]
    #expect(findings?.map { $0["message"] as? String } == report.items.map(\.finding.message), "seed \(seed)")
    #expect(findings?.map { $0["evidence"] as? [String] } == report.items.map(\.finding.evidence), "seed \(seed)")
  }

  /// What became of each test case. The writer escapes `<`, `>` and `&`, so that every tag is one that it meant.
  private func testOutcomes(ofJUnit text: String) -> [String]? {
    var outcomes: [String] = []
    var open: [Substring] = []
    for tag in text.matches(of: /<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>/) {
      let (isEnd, name, isEmpty) = (!tag.output.1.isEmpty, tag.output.2, !tag.output.4.isEmpty)
      if isEnd {
        guard open.popLast() == name else { return nil }
        continue
      }
      switch name {
      case "testcase": outcomes.append("passed")
      case "failure", "error", "skipped": outcomes[outcomes.count - 1] = String(name)
      default: break
      }
      if !isEmpty { open.append(name) }
    }
    let rest = text.replacing(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>/, with: "")
      .replacing(/&(amp|lt|gt|quot);/, with: "")
    return open.isEmpty && rest.count { "<>&".contains($0) } == 2 ? outcomes : nil
  }

  @Test(arguments: seeds)
  func `JUnit and TAP parse, agree, and pass nothing that is open and fails`(seed: UInt64) throws {
    var random = RandomReport(seed: seed)
    let report = try random.report()
    let outcomes = try #require(testOutcomes(ofJUnit: text(.junit, report)), "seed \(seed)")

    let tap = lines(text(.tap, report))
    #expect(tap.first == "TAP version 13")
    #expect(tap.dropFirst().first?.hasPrefix("1..\(outcomes.count)") == true, "seed \(seed)")
    let results = tap.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    #expect(results.count == outcomes.count, "seed \(seed)")
    for (line, outcome) in zip(results, outcomes) {
      // A directive is a '#' that is not escaped.
      let isSkipped = line.contains(/[^\\](\\\\)*# SKIP/)
      #expect(line.hasPrefix("not ok ") == (outcome == "failure" || outcome == "error"), "seed \(seed): \(line)")
      #expect(isSkipped == (outcome == "skipped"), "seed \(seed): \(line)")
    }

    let grave = report.entries.filter { $0.isOpen && $0.severity == .error }
    #expect(grave.isEmpty || outcomes.contains { $0 == "failure" || $0 == "error" }, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func `rows of Markdown tables have as many cells as their head`(seed: UInt64) throws {
    var random = RandomReport(seed: seed)
    var width: Int?
    var fence: Substring?
    for line in lines(text(.markdown, try random.report())) {
      if let open = fence {
        if line == open { fence = nil }
        continue
      }
      if line.hasPrefix("```") {
        fence = line.prefix { $0 == "`" }
        continue
      }
      guard line.hasPrefix("| ") else {
        width = nil
        continue
      }
      let count = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(width == nil || width == count, "seed \(seed): \(line)")
      width = count
    }
    #expect(fence == nil, "seed \(seed)")
  }
}
