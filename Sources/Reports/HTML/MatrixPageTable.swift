import Architectures
import Policy

/// The table: a row for each architecture at a kernel, a column for each HugeTLB page size.
struct MatrixPageTable {
  let page: MatrixPage

  /// Cells that stand in one row, by size; one size may have several, under different assumptions.
  private struct Row {
    let first: PageCell
    var cells: [UInt64: [PageCell]]
  }

  var markup: Markup {
    let sizes = Set(page.cells.map(\.hugepage)).sorted()
    return Tag.section(.aria("labelledby", "matrix-title")) {
      Tag.h2(.id("matrix-title")) { "Matrix" }
      Tag.div(.class("scroll"), .id("matrix"), .role("group"), .aria("label", "Matrix table"), .focusable) {
        Tag.table(.class("matrix")) {
          Tag.caption {
            "Architectures and kernels by HugeTLB page size. Where a cell is off, flush and remap say what would be if the "
            "architecture selected the feature."
          }
          Tag.thead {
            Tag.tr {
              Tag.th(.scope("col")) { "Architecture, kernel" }
              for size in sizes { Tag.th(.scope("col")) { sizeText(size) } }
            }
          }
          Tag.tbody {
            for row in rows {
              Tag.tr {
                head(of: row.first)
                for size in sizes { cell(row.cells[size] ?? []) }
              }
            }
          }
        }
      }
    }
  }

  private var rows: [Row] {
    var rows: [Row] = []
    for cell in page.cells {
      if let last = rows.last, last.first.row.name == cell.row.name, last.first.row.kernel == cell.row.kernel {
        rows[rows.count - 1].cells[cell.hugepage, default: []].append(cell)
      } else {
        rows.append(Row(first: cell, cells: [cell.hugepage: [cell]]))
      }
    }
    return rows
  }

  private func head(of cell: PageCell) -> Markup {
    Tag.th(.scope("row")) {
      Tag.span(.class("name")) { cell.row.name }
      Tag.span(.class("detail")) { cell.row.kernel }
      Tag.span(.class("detail")) { "\(sizeText(cell.row.pageSize)) base pages" }
    }
  }

  private func cell(_ entries: [PageCell]) -> Markup {
    guard !entries.isEmpty else {
      return Tag.td(.class("none")) { Tag.span(.class("unseen")) { "no such size" } }
    }
    return Tag.td {
      for entry in entries {
        Tag.div(.class("entry"), .id("cell-" + entry.anchor)) {
          Tag.span(.class("size")) { sizeText(entry.hugepage) }
          entry.row.words.verdict.badge
          words(of: entry)
          if !entry.row.reason.isEmpty { Tag.span(.class("reason")) { entry.row.reason } }
          Tag.a(.link(to: entry.anchor), .aria("label", "evidence: \(entry.name), \(entry.row.words.verdict.rawValue)"))
          {
            "evidence"
          }
        }
      }
    }
  }

  /// flush and remap: one of them alone makes no verdict.
  private func words(of entry: PageCell) -> [Markup] {
    let words = entry.row.words
    guard words.verdict != .notApplicable else { return [] }
    return [
      Tag.span(.class("axes")) {
        "flush "
        Tag.b(.class(words.flush.styleClass)) { words.flush.rawValue }
        ", remap "
        Tag.b(.class(words.remap.styleClass)) { words.remap.rawValue }
      }
    ]
  }
}
