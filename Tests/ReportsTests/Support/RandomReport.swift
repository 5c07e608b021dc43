import Architectures
import Diagnostics
import Reports
import TestSupport

@testable import KernelC
@testable import Policy

/// Reports whose texts come from somebody who wants to break the formats.
struct RandomReport {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  private static let fragments = [
    "|", "\\|", "]]>", "<b>", "</details>", "&amp;", "&", "::error::", "%0A", "%", ",", ":", "\r\n", "\n", "\r", "\t",
    "\u{0}", "\u{1B}[31m", "\u{9B}31m", "\u{7F}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{FFFE}", "\u{FFFF}",
    "\u{FEFF}", "\u{E0041}", "\u{1F600}", "e\u{301}", "\"", "'", "\\", "/", "`", "```", "~~~", "*a*", "_a_",
    "[x](http://example.org)", "![x](y)", "@me", "#1", "# SKIP", "# TODO", "ok 1", "not ok 2", "1..9", "---", "...",
    "- ", "Bail out!", "{0}", "{{", "<!--", "-->", "<![CDATA[", "$(id)", "=1+1", " ", "  ", "port", "64K", "",
  ]

  private mutating func text() -> String {
    (0..<Int.random(in: 0...6, using: &generator)).map { _ in
      Self.fragments.randomElement(using: &generator) ?? ""
    }.joined()
  }

  /// A name that is not empty: readers do not give others.
  private mutating func name() -> String { "n" + text() }

  private mutating func lines() -> [String] { (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() } }

  private mutating func range() -> SourceRange {
    let line = Int.random(in: 1...9, using: &generator)
    let column = Int.random(in: 1...9, using: &generator)
    let start = SourcePosition(line: line, column: column)
    let isOneLine = Bool.random(using: &generator)
    let end =
      isOneLine
      ? SourcePosition(line: line, column: column + Int.random(in: 0...9, using: &generator))
      : SourcePosition(line: line + 1, column: Int.random(in: 1...9, using: &generator))
    return SourceRange(path: Bool.random(using: &generator) ? "arches/port.yaml" : name(), start: start, end: end)
  }

  private mutating func maybe<Value>(_ value: (inout RandomReport) -> Value) -> Value? {
    Bool.random(using: &generator) ? value(&self) : nil
  }

  private mutating func finding(_ rules: [Rule], _ architecture: String) -> Finding {
    let rule = rules.randomElement(using: &generator)
    var finding = Sample.finding(
      rule?.id ?? "HVO999", name(), rule?.axis ?? .flush, Severity.allCases.randomElement(using: &generator) ?? .error,
      hugepage: maybe { _ in 2 << 20 }, message: text(), place: range())
    finding = finding.changed(architecture: architecture, kernel: name(), assumptions: text())
    finding.outcome = Bool.random(using: &generator) ? .violated : .undecided
    finding.evidence = lines()
    finding.help = lines()
    finding.witness = maybe { random in
      let steps = (0..<3).map { _ in
        Finding.Witness.Step(text: random.text(), place: random.maybe { $0.range() })
      }
      return Finding.Witness(
        firstIndex: 1, address: .max, count: 1, structPages: 512, indices: random.text(), scenario: random.text(),
        operation: random.maybe { $0.text() }, steps: steps)
    }
    return finding
  }

  private mutating func acceptance() throws -> Acceptance? {
    switch Int.random(in: 0...3, using: &generator) {
    case 0:
      let text = """
        {"schema": "hvo/baseline/v2", "findings": [
          {"rule": "HVO003", "architecture": "port", "kernel": "v6.1", "hugepages": ["2M"], "reason": "known", "date": "2026-01-31"}
        ]}
        """
      var entry = try Baseline.read(SourceFile(path: "arches/baseline.json", text: text)).entries[0]
      entry.reason = self.text()
      return .baseline(entry)
    case 1:
      guard let until = CalendarDate("2027-03-31") else { return nil }
      return .suppression(
        Suppression(rule: "HVO001", until: until, reason: text(), range: range(), covers: range()))
    default: return nil
    }
  }

  private mutating func causes() -> [Comparison.Cause] {
    (0..<Int.random(in: 0...2, using: &generator)).map { _ in Comparison.Cause(text(), at: range()) }
  }

  private mutating func verdict(_ architecture: String, _ hugepage: UInt64) -> CellVerdict {
    func word() -> Verdict { Verdict.allCases.randomElement(using: &generator) ?? .ok }
    return Sample.verdict(hugepage, word(), flush: word(), remap: word(), why: text())
      .changed(architecture: architecture, kernel: name(), assumptions: text())
  }

  private mutating func change(_ architecture: String) -> Comparison.CellChange {
    let directions = Comparison.Direction.allCases
    return Comparison.CellChange(
      old: verdict(architecture, 2 << 20), new: maybe { $0.verdict(architecture, 2 << 20) },
      direction: directions.randomElement(using: &generator) ?? .worse, causes: causes())
  }

  /// A report with anything in it.
  mutating func report() throws -> Report {
    var report = try Sample.report()
    let architectures = (1...2).map { String($0) + name() }
    report.items = try (0..<Int.random(in: 0...6, using: &generator)).map { _ in
      let isComparison = Bool.random(using: &generator)
      return Report.Item(
        finding: finding(report.rules, architectures.randomElement(using: &generator) ?? ""),
        acceptance: try acceptance(),
        change: isComparison ? [.appeared, .vanished].randomElement(using: &generator) : nil,
        causes: isComparison ? causes() : [])
    }
    report.verdicts = architectures.flatMap { [verdict($0, 64 << 10), verdict($0, 2 << 20)] }
    report.remarks = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
      Diagnostic(
        Severity.allCases.randomElement(using: &generator) ?? .note, id: "BASE001", name(), at: maybe { $0.range() },
        reasons: lines(), notes: [.init(text(), at: range())], help: lines())
    }
    report.trusted = [
      Report.Trusted(
        architecture: name(), effect: TrustedEffect(function: name(), effect: .stable, firstCall: range()))
    ]
    report.files.append(SourceFile(path: name(), text: lines().joined(separator: "\n")))
    report.simulationOptions = Dictionary(
      report.items.map { ($0.finding.id.scope.architecture, " --arches " + text()) },
      uniquingKeysWith: { first, _ in first })
    report.comparison = maybe { random in
      Comparison(oldName: random.text(), newName: random.text(), cells: architectures.map { random.change($0) })
    }
    return report
  }
}
