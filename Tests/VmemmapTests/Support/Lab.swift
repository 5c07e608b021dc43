import TestSupport
import Vmemmap

extension PageTableDump {
  /// The optimized hugepages that a dump shows: each read-only run and the page before it.
  func optimizedHugepages(_ layout: VmemmapLayout) -> [LabHugepage] {
    readOnlyRuns.compactMap { run in
      let geometry = layout.geometry
      let head = run.lowerBound - geometry.pageSize
      guard let pfn = layout.frame(ofStructPage: head) else { return nil }
      return LabHugepage(
        physicalAddress: pfn * geometry.pageSize,
        size: (run.upperBound - head) / geometry.structPageSize * geometry.pageSize)
    }
  }
}

struct LabHugepage: Hashable {
  var physicalAddress: UInt64
  var size: UInt64
}

/// A struct page and the entries of its hugepage's vmemmap, as the recorded kernel printed them.
struct LabPool {
  var head: UInt64
  var size: UInt64
  var isOptimized: Bool
  /// First address of a run of vmemmap pages, and the raw entry of its first page.
  var entries: [(address: UInt64, entry: UInt64, isReadOnly: Bool)] = []

  /// All hugepages that the driver of a run has printed.
  static func all(in run: RealKernel) throws -> [LabPool] {
    var pools: [LabPool] = []
    for line in try run.driverLines() {
      let words = line.split(separator: " ")
      if let head = line.hexadecimal("head"), let optimized = line.hexadecimal("optimized"),
        let name = words.first(where: { $0.hasPrefix("hugepages-") }),
        let size = UInt64(name.dropFirst(10).dropLast(2))
      {
        pools.append(LabPool(head: head, size: size << 10, isOptimized: optimized == 1))
      } else if words.contains("hstate") || words.contains("info") {
        // What follows belongs to no hugepage of a pool.
        pools.append(LabPool(head: 0, size: 0, isOptimized: false))
      } else if let raw = line.hexadecimal("raw"), let range = words.first(where: { $0.contains("-") }),
        let address = UInt64(range.prefix(while: { $0 != "-" }), radix: 16), !pools.isEmpty
      {
        pools[pools.count - 1].entries.append((address, raw, words.contains("ro")))
      }
    }
    return pools.filter { $0.head != 0 }
  }
}
