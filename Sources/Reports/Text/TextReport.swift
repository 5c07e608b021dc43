import Architectures
import Diagnostics
import KernelC
import Policy

/// The report for people: each finding with its source line, evidence and way out; verdicts; a summary.
package struct TextReport: ReportWriter {
  private let presentation: Presentation

  /// The report as the presentation wants it.
  package init(_ presentation: Presentation) {
    self.presentation = presentation
  }

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let renderer = DiagnosticRenderer(files: report.files, style: presentation.style)
    let entries = report.entries
    let findings = ReportLineGroup.groups(of: entries.filter { $0.architecture != nil && presentation.shows($0) })
    if let comparison = report.comparison { ChangeTable(comparison).write(into: &output) }
    for group in findings where group.first.change != .vanished {
      renderer.render(group.diagnostic, into: &output)
      output.write("\n")
    }
    let gone = findings.filter { $0.first.change == .vanished }
    for group in gone { output.write(group.lineOfGone.printable + "\n") }
    if !gone.isEmpty { output.write("\n") }
    if report.comparison == nil { verdicts(report, into: &output) }
    for trusted in report.trusted {
      let (effect, place) = (trusted.effect, trusted.effect.firstCall)
      let line =
        "trusted: \(trusted.architecture) declares \(effect.function)() as \(effect.effect.rawValue), "
        + "first called at \(place.path):\(place.start.line):\(place.start.column)"
      output.write(line.printable + "\n")
    }
    for remark in entries where remark.architecture == nil && !remark.isMistake {
      renderer.render(ReportLineGroup(first: remark).diagnostic, into: &output)
      output.write("\n")
    }
    // Their reasons and ways out are said on standard error, as those of every command are.
    let notChecked = NotChecked(report.mistakes).lines
    for line in notChecked { output.write(line + "\n") }
    if !notChecked.isEmpty { output.write("\n") }
    output.write(report.summaryLine.printable + "\n")
  }

  private func verdicts(_ report: Report, into output: inout some TextOutputStream) {
    guard !report.verdicts.isEmpty else { return }
    let head = ["# architecture", "kernel", "hugepage", "verdict", "flush", "remap", "why"]
    // Reports of several runs line up where names are short.
    let table = TextTable(rows: [head] + report.verdicts.map(row), leastWidths: [18, 21, 8, 7, 5, 5, 0])
    for line in table.lines { output.write(line + "\n") }
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
}
