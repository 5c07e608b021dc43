import Architectures
import Diagnostics
import Policy

/// The report for machines (`hvo/report/v1`): keys sorted, byte-identical for the same input.
package struct JSONReport: ReportWriter {
  /// The value of the `schema` key.
  package static let name = "hvo/report/v1"

  /// Makes the format.
  package init() {}

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let entries = report.entries
    let head: JSON = [
      "schema": .text(Self.name), "tool": .tool(report), "summary": .summary(report),
      "findings": .array(entries.filter { $0.architecture != nil }.map(JSON.finding)),
      "remarks": .array(entries.filter { $0.architecture == nil && !$0.isMistake }.map(JSON.remark)),
      "mistakes": report.mistakes.isEmpty ? nil : .array(entries.filter(\.isMistake).map(JSON.remark)),
      "verdicts": .array(report.verdicts.map(JSON.cell)), "trusted": .array(report.trusted.map(JSON.trusted)),
      "comparison": report.comparison.map { comparison in
        .comparison(comparison).merging(["cells": .array(comparison.cells.map(JSON.change))])
      },
    ]
    JSONText.writeDocument(head, into: &output)
  }
}

/// The report for machines that read line by line (`hvo/report-lines/v1`): each line is an object with one member, named
/// after what it holds. The `header` comes first.
package struct JSONLinesReport: ReportWriter {
  /// The value of the header's `schema` key.
  package static let name = "hvo/report-lines/v1"

  /// Makes the format.
  package init() {}

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    let header: JSON = [
      "schema": .text(Self.name), "tool": .tool(report), "summary": .summary(report),
      "comparison": report.comparison.map(JSON.comparison),
    ]
    var lines: [JSON] = [["header": header]]
    for entry in report.entries {
      lines.append(line(entry))
    }
    lines += report.verdicts.map { ["verdict": .cell($0)] }
    lines += report.trusted.map { ["trusted": .trusted($0)] }
    lines += (report.comparison?.cells ?? []).map { ["change": .change($0)] }
    for line in lines { JSONText.writeLine(line, into: &output) }
  }

  private func line(_ entry: ReportLine) -> JSON {
    switch entry.content {
    case .finding: ["finding": .finding(entry)]
    case .remark: ["remark": .remark(entry)]
    case .mistake: ["mistake": .remark(entry)]
    }
  }
}
