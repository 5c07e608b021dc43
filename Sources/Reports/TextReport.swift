import Architectures
public import Diagnostics
import KernelC
import Policy

/// The report for people: each finding with its source line, evidence and way out; verdicts; a summary.
public struct TextReport: Sendable {
  private let style: DiagnosticRenderer.Style
  private let hiddenSeverities: Set<Severity>
  private let showsKnown: Bool

  /// The report as it is by default: notes and known findings are only counted.
  public static func brief(style: DiagnosticRenderer.Style) -> TextReport {
    TextReport(style: style, hiddenSeverities: [.note], showsKnown: false)
  }

  /// The report with notes and known findings.
  public static func verbose(style: DiagnosticRenderer.Style) -> TextReport {
    TextReport(style: style, hiddenSeverities: [], showsKnown: true)
  }

  private init(style: DiagnosticRenderer.Style, hiddenSeverities: Set<Severity>, showsKnown: Bool) {
    self.style = style
    self.hiddenSeverities = hiddenSeverities
    self.showsKnown = showsKnown
  }

  /// Writes the report.
  public func write(_ report: Report, into output: inout some TextOutputStream) {
    let renderer = DiagnosticRenderer(files: report.files, style: style)
    for group in FindingGroup.groups(of: report.items.filter(shows)) {
      renderer.render(diagnostic(group, report), into: &output)
      output.write("\n")
    }
    verdicts(report, into: &output)
    for trusted in report.trusted {
      let (effect, place) = (trusted.effect, trusted.effect.firstCall)
      let line =
        "trusted: \(trusted.architecture) declares \(effect.function)() as \(effect.effect.rawValue), "
        + "first called at \(place.path):\(place.start.line):\(place.start.column)"
      output.write(line.printable + "\n")
    }
    for remark in report.remarks {
      renderer.render(remark, into: &output)
      output.write("\n")
    }
    output.write(summary(report) + "\n")
  }

  private func shows(_ item: Report.Item) -> Bool {
    item.acceptance != nil ? showsKnown : !hiddenSeverities.contains(item.finding.severity)
  }

  private func diagnostic(_ group: FindingGroup, _ report: Report) -> Diagnostic {
    let finding = group.first.finding
    var reasons = finding.evidence + group.elsewhere
    if let place = finding.kernelPlace { reasons.append("in the kernel tree: \(place)") }
    if !finding.assumptions.isEmpty { reasons.append("assumed: \(finding.assumptions)") }
    if let acceptance = group.first.acceptance { reasons.append("known: \(acceptance.reason)") }
    var help = finding.help
    if let hugepage = finding.hugepage, finding.axis != .kconfig {
      let options = report.simulationOptions[finding.architecture] ?? ""
      help.append("reproduce: hvocheck sim \(finding.architecture) --hugepage \(sizeText(hugepage)) --trace\(options)")
    }
    help.append("explain:   hvocheck explain \(finding.rule)")
    return Diagnostic(
      finding.severity, id: finding.rule, "\(finding.architecture): \(finding.message)", at: finding.place,
      reasons: reasons, help: help)
  }

  private func verdicts(_ report: Report, into output: inout some TextOutputStream) {
    guard !report.verdicts.isEmpty else { return }
    let head = ["# architecture", "kernel", "hugepage", "verdict", "flush", "remap", "why"]
    let rows = [head] + report.verdicts.map { row($0).map(\.printable) }
    // Reports of several runs line up where names are short.
    var widths = [18, 21, 8, 7, 5, 5, 0]
    for row in rows {
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    }
    for row in rows {
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      output.write(cells.joined(separator: "  ").trimmingBlanksAtEnd() + "\n")
    }
    output.write("\n")
  }

  private func row(_ verdict: CellVerdict) -> [String] {
    let assumed = verdict.assumptions.isEmpty ? "" : "with " + verdict.assumptions
    return [
      "  " + verdict.architecture, verdict.kernel, sizeText(verdict.hugepage), verdict.overall.rawValue,
      verdict.flush.rawValue, verdict.remap.rawValue,
      [verdict.why, assumed].filter { !$0.isEmpty }.joined(separator: "; "),
    ]
  }

  private func summary(_ report: Report) -> String {
    var parts = [
      counted(report.count(.error), "error"), counted(report.count(.warning), "warning"),
      counted(report.count(.note), "note"),
    ]
    if report.acceptedCount > 0 { parts.append(counted(report.acceptedCount, "known finding") + " in the baseline") }
    return
      "checked \(counted(report.descriptors, "descriptor")), \(counted(report.architectures, "architecture")), "
      + "\(counted(report.verdicts.count, "cell")), \(counted(report.rules.count, "rule")): "
      + parts.joined(separator: ", ") + (report.ignoredSummary.map { "; " + $0 } ?? "")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension String {
  fileprivate func trimmingBlanksAtEnd() -> String {
    String(reversed().drop(while: { $0 == " " }).reversed())
  }
}
