import Architectures
import Policy

/// What HVO gives back for each HugeTLB page size: bars with their numbers, and the same as a table.
struct SavingsPlot {
  /// What is the same for several architectures.
  private struct Bar {
    let saving: Saving
    var names: [String]

    /// `2M on 4K pages`.
    var size: String { "\(sizeText(saving.hugepage)) on \(sizeText(saving.pageSize)) pages" }
    /// All vmemmap, before anything is freed.
    var total: Saving {
      var total = saving
      total.freedPages = saving.vmemmapPages
      return total
    }
    /// The share of memory that is vmemmap.
    var share: Double {
      Double(saving.vmemmapPages) * Double(saving.pageSize) / Double(max(1, saving.hugepage))
    }
  }

  private let bars: [Bar]

  init(cells: [PageCell]) {
    var bars: [Bar] = []
    for cell in cells {
      guard let saving = cell.row.saving else { continue }
      let name = cell.row.name + (cell.row.words.verdict == .off ? " (off)" : "")
      if let known = bars.firstIndex(where: { $0.saving == saving }) {
        if !bars[known].names.contains(name) { bars[known].names.append(name) }
      } else {
        bars.append(Bar(saving: saving, names: [name]))
      }
    }
    self.bars = bars.sorted { left, right in
      (left.saving.pageSize, left.saving.hugepage, left.saving.freedPages)
        < (right.saving.pageSize, right.saving.hugepage, right.saving.freedPages)
    }
  }

  var markup: [Markup] {
    guard !bars.isEmpty else { return [] }
    return [
      Tag.section(.aria("labelledby", "savings-title")) {
        Tag.h2(.id("savings-title")) { "Savings" }
        Tag.figure {
          Tag.div(.class("scroll"), .role("group"), .aria("label", "Savings plot"), .focusable) { drawing }
          Tag.figcaption {
            "GiB of vmemmap for each TiB of HugeTLB pages. Filled: vmemmap pages that are freed; outlined: those that are "
            "kept. Page tables that appear when a block of the vmemmap is split are not subtracted. (off) is what would be "
            "freed if the architecture selected the feature."
          }
        }
        table
      }
    ]
  }

  private var drawing: Markup {
    let height = 52 * bars.count + 6
    let widest = bars.map(\.share).max() ?? 1
    return Tag.svg(
      .class("picture plot"), .viewBox(width: 966, height: height), .width(966), .height(height), .role("img"),
      .aria("labelledby", "plot-title plot-desc")
    ) {
      Tag.title(.id("plot-title")) { "Vmemmap that is freed, by HugeTLB page size" }
      Tag.desc(.id("plot-desc")) {
        bars.map { "\($0.size): \($0.saving.gibPerTib) of \($0.total.gibPerTib) GiB per TiB, \($0.saving.pages)." }
          .joined(separator: " ")
      }
      for (number, bar) in bars.enumerated() {
        let y = 52 * number + 6
        let width = max(2, Int((bar.share / widest * 510).rounded()))
        let freed = Int(
          (Double(width) * Double(bar.saving.freedPages) / Double(max(1, bar.saving.vmemmapPages))).rounded())
        Tag.text(.class("upper"), .x(4), .y(y + 16)) { bar.size }
        Tag.rect(.class("kept"), .x(170), .y(y), .width(width), .height(22))
        Tag.rect(.class("freed"), .x(170), .y(y), .width(freed), .height(22))
        Tag.text(.x(178 + width), .y(y + 16)) { "\(bar.saving.gibPerTib) of \(bar.total.gibPerTib) GiB per TiB" }
        Tag.text(.class("detail"), .x(170), .y(y + 38)) {
          "\(bar.saving.freedPages) of \(bar.saving.vmemmapPages) vmemmap pages: "
            + bar.names.joined(separator: ", ").shortened(to: 72)
        }
      }
    }
  }

  private var table: Markup {
    Tag.details(.class("alternative"), .open) {
      Tag.summary { "Savings as a table" }
      Tag.div(.class("scroll"), .role("group"), .aria("label", "Savings table"), .focusable) {
        Tag.table {
          Tag.caption { "What HVO frees of the vmemmap of HugeTLB pages" }
          Tag.thead {
            Tag.tr {
              for title in [
                "HugeTLB page", "Base page", "Vmemmap pages", "Freed", "Kept", "GiB freed per TiB", "Architectures",
              ] {
                Tag.th(.scope("col")) { title }
              }
            }
          }
          Tag.tbody {
            for bar in bars {
              Tag.tr {
                Tag.th(.scope("row")) { sizeText(bar.saving.hugepage) }
                Tag.td { sizeText(bar.saving.pageSize) }
                Tag.td(.class("number")) { String(bar.saving.vmemmapPages) }
                Tag.td(.class("number")) { String(bar.saving.freedPages) }
                Tag.td(.class("number")) { String(bar.saving.keptPages) }
                Tag.td(.class("number")) { bar.saving.gibPerTib }
                Tag.td { bar.names.joined(separator: ", ") }
              }
            }
          }
        }
      }
    }
  }
}
