package import Architectures
package import Simulation
import Vmemmap

/// The vmemmap of one optimized HugeTLB page in a few lines, for readers who do not have page tables at hand.
package struct VmemmapPicture: Sendable {
  /// `the struct pages of a 2M HugeTLB page, 64 in each 4K page of the vmemmap`
  package let title: String
  /// A line for the vmemmap pages that stay, and one for those that are given back.
  package let lines: [String]

  /// The picture; nil where nothing is optimized.
  package init?(of cell: SimulatedCell, in configuration: SimulatedConfiguration, _ architecture: Architecture) {
    guard let observation = cell.observation else { return nil }
    let pageSize = UInt64(1) << UInt64(architecture.layout.pageShift)
    let structPageSize = configuration.structPageSize.value
    guard observation.obstacle == nil, observation.freedPages > 0, structPageSize > 0 else { return nil }
    let perPage = pageSize / structPageSize
    let kept = observation.vmemmapBytes / pageSize - observation.freedPages
    title =
      "the struct pages of a \(sizeText(cell.hugepage.value)) HugeTLB page, \(perPage) in each "
      + "\(sizeText(pageSize)) page of the vmemmap"
    let rights = architecture.pageKernelReadOnly.value ? "ro" : "RW"
    let rows = [
      ["#0..#\(kept * perPage - 1)", pagesText(kept), "RW"],
      [
        "#\(kept * perPage)..#\(observation.structPages - 1)", pagesText(observation.freedPages),
        "\(rights), \(architecture.kernel.generation.tailsInWords)",
      ],
    ]
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    lines = rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
    }
  }
}

private func pagesText(_ count: UInt64) -> String { "\(count) page\(count == 1 ? "" : "s")" }

extension Generation {
  fileprivate var tailsInWords: String {
    switch tailTarget {
    case .lastReservedFrame: "all map the last page frame above"
    case .headFrame, .headCopy: "all map the page frame of the head"
    case .sharedTailFrame: "all map a page frame that HugeTLB pages share"
    }
  }
}
