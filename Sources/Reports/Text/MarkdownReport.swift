import Architectures
import Diagnostics
import KernelC
import Policy

/// Markdown for comments and mails: the counts, tables of findings and verdicts, and each finding in full to unfold.
package struct MarkdownReport: ReportWriter {
  /// GitHub refuses comments of more than 65,536 characters; details beyond this are left out, and it is said.
  private static let mostBytesOfDetails = 40_000

  private let presentation: Presentation

  /// The report as the presentation wants it.
  package init(_ presentation: Presentation) {
    self.presentation = presentation
  }

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let entries = report.entries.filter(presentation.shows)
    let groups = ReportLineGroup.groups(of: entries)
    var parts = [
      "## hvocheck: \(Markdown.sentence(report.countsLine))",
      "Checked " + Markdown.sentence(report.extent) + ".",
    ]
    if !groups.isEmpty { parts.append(findings(groups, report)) }
    if let comparison = report.comparison, !comparison.cells.isEmpty { parts.append(changes(comparison)) }
    if report.comparison == nil, !report.verdicts.isEmpty { parts.append(verdicts(report.verdicts)) }
    if !report.trusted.isEmpty { parts.append(trusted(report.trusted)) }
    parts += details(groups, report)
    output.write(parts.joined(separator: "\n\n") + "\n")
  }

  private func findings(_ groups: [ReportLineGroup], _ report: Report) -> String {
    Markdown.table(
      ["Severity", "Rule", "Finding", "Cells", "Place", "State"],
      groups.map { group in
        let entry = group.first
        return [
          entry.shownSeverity.rawValue, Markdown.code(entry.id), Markdown.sentence(entry.message),
          group.cells.map(Markdown.code).joined(separator: ", "), Markdown.code(text(report.place(of: entry))),
          Markdown.sentence(state(entry)),
        ]
      })
  }

  private func state(_ entry: ReportLine) -> String {
    if entry.isMistake { return "not checked" }
    if let acceptance = entry.acceptanceInWords { return acceptance }
    return switch entry.change {
    case .appeared: "new"
    case .vanished: "gone"
    case nil: "open"
    }
  }

  private func verdicts(_ verdicts: [CellVerdict]) -> String {
    Markdown.table(
      ["Architecture", "Kernel", "HugeTLB", "Verdict", "flush", "remap", "Why"],
      verdicts.map { verdict in
        [
          Markdown.code(verdict.architecture), Markdown.code(verdict.kernel), sizeText(verdict.hugepage),
          word(verdict.overall), word(verdict.flush), word(verdict.remap), Markdown.sentence(why(verdict)),
        ]
      })
  }

  private func changes(_ comparison: Comparison) -> String {
    Markdown.table(
      ["Change", "Architecture", "Kernel", "HugeTLB", "Old", "New", "Why", "Because"],
      comparison.cells.compactMap { change in
        guard let cell = change.new ?? change.old else { return nil }
        return [
          change.direction.rawValue, Markdown.code(cell.architecture), Markdown.code(cell.kernel),
          sizeText(cell.hugepage), change.old.map { word($0.overall) } ?? "-",
          change.new.map { word($0.overall) } ?? "-", Markdown.sentence(why(cell)),
          change.causes.map { Markdown.code($0.inWords) }.joined(separator: ", "),
        ]
      })
  }

  private func trusted(_ trusted: [Report.Trusted]) -> String {
    Markdown.table(
      ["Trusted", "Architecture", "Declared as", "First called at"],
      trusted.map { trusted in
        [
          Markdown.code(trusted.effect.function), Markdown.code(trusted.architecture),
          trusted.effect.effect.rawValue, Markdown.code(text(trusted.effect.firstCall)),
        ]
      })
  }

  /// Each finding as the text format shows it.
  private func details(_ groups: [ReportLineGroup], _ report: Report) -> [String] {
    let renderer = DiagnosticRenderer(files: report.files)
    var parts: [String] = []
    var bytes = 0
    for (index, group) in groups.enumerated() {
      var text = ""
      renderer.render(group.diagnostic, into: &text)
      bytes += text.utf8.count
      guard bytes <= Self.mostBytesOfDetails else {
        parts.append("\(groups.count - index) more are not shown in full; `hvocheck check` shows them.")
        break
      }
      let title = "\(group.first.id) \(group.first.headline)"
      let block = Markdown.codeBlock(String(text.dropLast()))
      parts.append("<details><summary>\(html(title))</summary>\n\n\(block)\n\n</details>")
    }
    return parts
  }

  private func html(_ text: String) -> String {
    text.printable.escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "@": "&#64;"
      case "#": "&#35;"
      // A line of HTML still shows emphasis, code and links.
      case "*", "_", "`", "[", "]", "\\", "~": "&#\(scalar.value);"
      default: nil
      }
    }
  }

  /// Words stand out from prose; `..` and `?` would look like typing errors.
  private func word(_ verdict: Verdict) -> String { Markdown.code(verdict.rawValue) }

  private func why(_ verdict: CellVerdict) -> String {
    let assumed = verdict.assumptions.isEmpty ? "" : "with " + verdict.assumptions
    return [verdict.why, assumed].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private func text(_ place: SourceRange) -> String { "\(place.path):\(place.start.line):\(place.start.column)" }
}
