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
    for item in report.items where shows(item) {
      renderer.render(diagnostic(item, report), into: &output)
      output.write("\n")
    }
    verdicts(report, into: &output)
    for trusted in report.trusted {
      let place = trusted.effect.firstCall
      output.write(
        "trusted: \(trusted.architecture) declares \(trusted.effect.function)() as \(trusted.effect.effect.rawValue), "
          + "first called at \(place.path):\(place.start.line):\(place.start.column)\n")
    }
    for entry in report.stale {
      output.write(
        "note: the baseline accepts \(entry.rule) for \(entry.architecture)"
          + "\(entry.hugepage.map { " at \(sizeText($0))" } ?? ""), which is gone: \(entry.range.path):\(entry.range.start.line)\n"
      )
    }
    output.write(summary(report) + "\n")
  }

  private func shows(_ item: Report.Item) -> Bool {
    item.isKnown ? showsKnown : !hiddenSeverities.contains(item.finding.severity)
  }

  private func diagnostic(_ item: Report.Item, _ report: Report) -> Diagnostic {
    let finding = item.finding
    var reasons = finding.evidence
    if let place = finding.kernelPlace { reasons.append("in the kernel tree: \(place)") }
    if !finding.assumptions.isEmpty { reasons.append("assumed: \(finding.assumptions)") }
    if item.isKnown { reasons.append("known: the baseline accepts it") }
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
    output.write("# " + row("architecture", "kernel", "hugepage", "verdict", "flush", "remap", "why"))
    for verdict in report.verdicts {
      var why = verdict.why
      if !verdict.assumptions.isEmpty { why += (why.isEmpty ? "" : "; ") + "with " + verdict.assumptions }
      let row = row(
        verdict.architecture, verdict.kernel, sizeText(verdict.hugepage), verdict.overall.rawValue,
        verdict.flush.rawValue, verdict.remap.rawValue, why)
      output.write("  " + row)
    }
    output.write("\n")
  }

  private func row(
    _ architecture: String, _ kernel: String, _ hugepage: String, _ verdict: String, _ flush: String, _ remap: String,
    _ why: String
  ) -> String {
    let columns = [
      padded(architecture, 16), padded(kernel, 21), padded(hugepage, 8), padded(verdict, 7), padded(flush, 5),
      padded(remap, 5), why,
    ]
    return columns.joined(separator: "  ").trimmingBlanksAtEnd() + "\n"
  }

  private func summary(_ report: Report) -> String {
    var parts = [
      counted(report.count(.error), "error"), counted(report.count(.warning), "warning"),
      counted(report.count(.note), "note"),
    ]
    if report.knownCount > 0 { parts.append("\(counted(report.knownCount, "known finding")) in the baseline") }
    return
      "checked \(counted(report.descriptors, "descriptor")), \(counted(report.architectures, "architecture")), "
      + "\(counted(report.verdicts.count, "cell")), \(counted(report.rules, "rule")): " + parts.joined(separator: ", ")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension String {
  fileprivate func trimmingBlanksAtEnd() -> String {
    String(reversed().drop(while: { $0 == " " }).reversed())
  }
}
