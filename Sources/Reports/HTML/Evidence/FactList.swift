import Architectures
import Policy

/// The facts of a descriptor on which a cell rests, each with its place in the kernel tree.
struct FactList {
  let cell: PageCell

  private struct Entry {
    let name: String
    let value: String
    let place: KernelPlace?
  }

  var markup: Markup {
    Tag.dl(.class("facts")) {
      for entry in entries {
        Tag.div {
          Tag.dt { entry.name }
          Tag.dd {
            entry.value
            if let place = entry.place {
              " "
              Tag.code { place.description }
            }
          }
        }
      }
    }
  }

  private var entries: [Entry] {
    let architecture = cell.row.architecture
    var entries = [Entry(name: "verdict", value: words, place: nil)]
    entries.append(Entry(name: "opt-in", value: optIn, place: architecture.optInSelect?.symbol.at))
    entries.append(
      Entry(
        name: "flush_dcache_page()", value: architecture.flush == nil ? "none" : "given",
        place: architecture.flush?.origin.at))
    let replace = architecture.livePTEReplace
    entries.append(
      Entry(
        name: "live_pte_replace", value: replace.value.rawValue + (replace.reference.map { ", see \($0)" } ?? ""),
        place: replace.at))
    let readOnly = architecture.pageKernelReadOnly
    entries.append(
      Entry(
        name: "PAGE_KERNEL_RO", value: readOnly.value ? "defined" : "not defined: tails stay RW", place: readOnly.at))
    if let evidence = cell.evidence { entries.append(Entry(name: "vmemmap", value: vmemmap(evidence), place: nil)) }
    return entries
  }

  private var words: String {
    let words = cell.row.words
    return "\(words.verdict.rawValue): flush \(words.flush.rawValue), remap \(words.remap.rawValue)"
  }

  private var optIn: String {
    let kernel = cell.row.architecture.kernel
    let symbol = kernel.optInSymbol ?? "none: the feature's own depends decides"
    return "\(symbol) for \(kernel.feature), generation \(kernel.generationName)"
  }

  private func vmemmap(_ evidence: CellEvidence) -> String {
    let pageSize = cell.row.pageSize
    let bytes = evidence.vmemmapBytes
    let taken = "\(evidence.structPages) struct pages of \(evidence.structPageSize) bytes take \(bytes) bytes"
    guard let saving = cell.row.saving else {
      return "\(taken), a vmemmap page has \(pageSize): \(cell.row.reason)"
    }
    return
      "\(taken), \(saving.vmemmapPages) vmemmap pages: \(saving.freedPages) are freed, \(saving.keptPages) kept; "
      + "\(saving.gibPerTib) GiB per TiB"
  }
}
