import Architectures
import Diagnostics
import Policy

/// The matrix as the lines and columns that the plain formats share.
struct MatrixTable {
  /// Titles of the columns; the last is the reason.
  let head: [String]
  /// A text for each column, fit for one line of a terminal.
  let rows: [[String]]

  init(_ matrix: Matrix) {
    let sized = matrix.grouping == .hugepage
    head =
      ["architecture", "page", "kernel"] + (sized ? ["hugepage"] : []) + ["verdict", "flush", "remap"]
      + (sized ? ["kept", "freed", "GiB/TiB"] : []) + ["why"]
    rows = matrix.rows.map { row in
      var cells = [row.name, sizeText(row.pageSize), row.kernel]
      if sized { cells.append(row.hugepage.map(sizeText) ?? "") }
      cells += [row.words.verdict.rawValue, row.words.flush.rawValue, row.words.remap.rawValue]
      if sized {
        cells += [
          row.saving.map { String($0.keptPages) } ?? "-", row.saving?.pages ?? "-", row.saving?.gibPerTib ?? "-",
        ]
      }
      return (cells + [row.reason]).map(\.printable)
    }
  }
}

extension Matrix.Stamp {
  /// `hvocheck 0.1.0, 13 rules, digest 0123456789abcdef`.
  var description: String { "hvocheck \(toolVersion), \(rules) rules, digest \(digest)" }
}

extension Matrix {
  /// What has to be said once so that the table is read as it is meant.
  static let legend = "off: not selected; flush, remap and what is freed are then those that a select would give"
}
