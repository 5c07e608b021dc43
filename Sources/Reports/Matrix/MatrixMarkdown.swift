import Diagnostics
package import Policy

/// The matrix as a Markdown table, for READMEs and mails: aligned, so that it reads well unrendered, reasons as footnotes.
package enum MatrixMarkdown {
  /// Writes the matrix.
  /// - Parameter mistakes: what it does not show.
  package static func write(
    _ matrix: Matrix, without mistakes: NotChecked = NotChecked(), into output: inout some TextOutputStream
  ) {
    let table = MatrixTable(matrix)
    var footnotes: [String] = []
    let rows = table.rows.map { row -> [String] in
      let reason = row.last ?? ""
      if !reason.isEmpty, !footnotes.contains(reason) { footnotes.append(reason) }
      let mark = footnotes.firstIndex(of: reason).map { "[^\($0 + 1)]" } ?? ""
      return row.dropLast().map { $0 == Verdict.fail.rawValue ? "**\($0)**" : $0.escapedForMarkdown } + [mark]
    }
    let head = table.head.map(\.escapedForMarkdown)
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      "| " + zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: " | ")
        + " |\n"
    }
    output.write("# HugeTLB vmemmap optimization\n\n")
    output.write("\(Matrix.legend.escapedForMarkdown).\n\n")
    output.write(line(head))
    output.write(line(widths.map { String(repeating: "-", count: $0) }))
    for row in rows { output.write(line(row)) }
    if !footnotes.isEmpty { output.write("\n") }
    for (index, reason) in footnotes.enumerated() {
      output.write("[^\(index + 1)]: \(reason.escapedForMarkdown)\n")
    }
    if !mistakes.lines.isEmpty { output.write("\n") }
    for line in mistakes.lines { output.write("- \(line.escapedForMarkdown)\n") }
    output.write("\nGenerated, do not edit: \(matrix.stamp.description.escapedForMarkdown)\n")
  }
}

extension String {
  /// The text as Markdown shows it again: nothing in it is markup, and no pipe ends a cell.
  fileprivate var escapedForMarkdown: String {
    let scalars = Array(printable.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\", "|", "*", "`", "[", "]", "<", ">", "&", "~", "$": result += "\\\(scalar)"
      // Inside of a word it emphasises nothing, and reads better without.
      case "_": result += scalars.isWord(at: index - 1) && scalars.isWord(at: index + 1) ? "_" : "\\_"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension [Unicode.Scalar] {
  fileprivate func isWord(at index: Int) -> Bool {
    guard indices.contains(index) else { return false }
    return self[index].properties.isAlphabetic || self[index].properties.numericType != nil || self[index] == "_"
  }
}
