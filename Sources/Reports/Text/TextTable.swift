import Diagnostics

/// Columns that line up, two blanks apart.
struct TextTable {
  let rows: [[String]]
  let leastWidths: [Int]

  /// One line for each row, without line ends.
  var lines: [String] {
    let rows = rows.map { $0.map(\.printable) }
    var widths = leastWidths
    for row in rows {
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    }
    return rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        .trimmingBlanksAtEnd()
    }
  }
}

extension String {
  fileprivate func trimmingBlanksAtEnd() -> String {
    String(reversed().drop(while: { $0 == " " }).reversed())
  }
}
