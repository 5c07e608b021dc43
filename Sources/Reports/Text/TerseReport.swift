import Diagnostics

/// A line for each finding and remark, as compilers write it: `path:line:column: error: message [HVO001]`.
package struct TerseReport: ReportWriter {
  private let presentation: Presentation

  /// The lines of what the presentation shows.
  package init(_ presentation: Presentation) {
    self.presentation = presentation
  }

  /// Writes the report.
  package func write(_ report: Report, into output: inout some TextOutputStream) {
    for entry in report.entries where presentation.shows(entry) {
      let place = report.place(of: entry)
      let remark = entry.change.map { $0 == .appeared ? " (new)" : " (gone)" } ?? ""
      let known = entry.acceptance == nil ? "" : " (known)"
      output.write("\(place.path.printable):\(place.start.line):\(place.start.column): ")
      output.write("\(entry.shownSeverity.rawValue): \((entry.cellHeadline + remark + known).printable) ")
      output.write("[\(entry.id.printable)]\n")
    }
  }
}
