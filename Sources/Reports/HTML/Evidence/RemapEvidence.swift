import Architectures
import Policy
import Simulation

/// The page tables of a cell: as a picture, as a table, and as the kernel dumps them.
struct RemapEvidence {
  let cell: PageCell

  var markup: [Markup] {
    guard let evidence = cell.evidence, let picture = evidence.remap else { return [] }
    let rows = RemapRows(of: picture)
    return heading(evidence) + [figure(rows), table(rows)] + dump(evidence.dump)
  }

  private func heading(_ evidence: CellEvidence) -> [Markup] {
    [
      Tag.h3 { "Page tables" },
      Tag.p {
        "Live PTEs that get another output address: \(evidence.replacedLivePTEs). Live blocks that are split: "
        "\(evidence.splitLiveBlocks)."
      },
    ]
  }

  private func figure(_ rows: RemapRows) -> Markup {
    Tag.figure {
      Tag.div(.class("scroll"), .role("group"), .aria("label", "Picture of the page tables"), .focusable) {
        RemapDrawing(cell: cell, rows: rows, stores: StoreCallout.stores(of: cell.cell, in: rows)).markup
      }
      Tag.figcaption {
        "Solid lines are writable entries (RW), dashed lines read-only ones (ro); dotted frames are freed. Addresses are "
        "those of the simulated machine."
      }
    }
  }

  private static let columns = ["Vmemmap page", "Struct pages", "Address", "Before", "After", "Frame before"]

  private func table(_ rows: RemapRows) -> Markup {
    Tag.div(.class("scroll"), .role("group"), .aria("label", "Entries"), .focusable) {
      Tag.table(.class("entries")) {
        Tag.caption { "Entries that map the vmemmap of the HugeTLB page" }
        Tag.thead {
          Tag.tr {
            for title in Self.columns { Tag.th(.scope("col")) { title } }
          }
        }
        Tag.tbody {
          for row in rows.rows { entry(row, rows) }
        }
      }
    }
  }

  private func entry(_ row: RemapRows.Row, _ rows: RemapRows) -> Markup {
    Tag.tr {
      switch row {
      case .page(let page):
        Tag.th(.scope("row")) { String(page.index) }
        Tag.td { rows.structPages(of: page.index) }
        Tag.td { hex(page.address) }
        Tag.td { "\(page.before.words) \(hex(page.before.frame))" }
        Tag.td { "\(page.after.words) \(hex(page.after.frame))" }
        Tag.td { rows.isFreed(page) ? "freed" : "kept" }
      case .alike(let first, let last, let like):
        Tag.th(.scope("row")) { "\(first)..\(last)" }
        Tag.td { rows.structPages(of: first, through: last) }
        Tag.td { "…" }
        Tag.td { "\(like.before.words), one frame each" }
        Tag.td { "\(like.after.words) " + (like.isRedirected ? hex(like.after.frame) : "the same frames") }
        Tag.td { rows.isFreed(like) ? "freed" : "kept" }
      case .rest(let count):
        Tag.th(.scope("row")) { "…" }
        Tag.td(.columns(5)) { "\(count) more, not shown" }
      }
    }
  }

  private func dump(_ lines: [String]) -> [Markup] {
    guard !lines.isEmpty else {
      return [
        Tag.p {
          "The format in which this architecture dumps kernel_page_tables is not modelled; the table above has the entries."
        }
      ]
    }
    return [
      Tag.p { "As /sys/kernel/debug/kernel_page_tables shows it:" },
      Tag.pre(.class("scroll"), .role("group"), .aria("label", "Page table dump"), .focusable) {
        lines.joined(separator: "\n")
      },
    ]
  }
}
