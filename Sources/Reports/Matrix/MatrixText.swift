package import Policy

/// The matrix for terminals and `grep`: a line for each row, columns aligned, what explains it in comments.
package enum MatrixText {
  /// Writes the matrix.
  /// - Parameter mistakes: what it does not show.
  package static func write(
    _ matrix: Matrix, without mistakes: NotChecked = NotChecked(), into output: inout some TextOutputStream
  ) {
    let table = MatrixTable(matrix)
    output.write("# HugeTLB vmemmap optimization, \(matrix.stamp.description)\n")
    output.write("# \(Matrix.legend)\n")
    let lines = [["# " + table.head[0]] + table.head.dropFirst()] + table.rows.map { ["  " + $0[0]] + $0.dropFirst() }
    let widths = table.head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    for line in lines {
      let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      var text = cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      output.write(text + "\n")
    }
    for line in mistakes.lines { output.write("# \(line)\n") }
  }
}
