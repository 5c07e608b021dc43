import Foundation
import Vmemmap

/// Recordings of real kernels: not part of the repository, found beside it or by HVOCHECK_LAB.
enum Lab {
  static let folder: URL? = {
    let fileManager = FileManager.default
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let candidates = [
      ProcessInfo.processInfo.environment["HVOCHECK_LAB"].map { URL(filePath: $0) },
      root.deletingLastPathComponent().appending(path: "shared/lab"),
    ]
    return candidates.compactMap { $0 }.first { fileManager.fileExists(atPath: $0.appending(path: "README.md").path) }
  }()

  static let isAvailable = folder != nil
  static let absence = "no recordings of real kernels: set HVOCHECK_LAB to their folder"

  /// A recorded file; the folder may be named by its beginning.
  static func text(_ run: String, _ file: String) throws -> String {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    return try String(contentsOf: folder.appending(path: run).appending(path: file), encoding: .utf8)
  }

  static func dump(_ run: String, _ name: String) throws -> LabDump {
    LabDump(try text(run, "dump-\(name).txt"))
  }
}

/// The vmemmap part of a recorded kernel_page_tables, both banners included.
struct LabDump {
  var lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// The optimized hugepages that a dump shows: each read-only run and the page before it.
  func optimizedHugepages(_ layout: VmemmapLayout) -> [LabHugepage] {
    lines.compactMap { line in
      guard line.contains(" ro "), let dash = line.firstIndex(of: "-"),
        let start = UInt64(line.prefix(upTo: dash).dropFirst(2), radix: 16),
        let end = UInt64(line[line.index(after: dash)...].prefix(18).dropFirst(2), radix: 16)
      else { return nil }
      let geometry = layout.geometry
      let head = start - geometry.pageSize
      guard let pfn = layout.frame(ofStructPage: head) else { return nil }
      return LabHugepage(
        physicalAddress: pfn * geometry.pageSize, size: (end - head) / geometry.structPageSize * geometry.pageSize)
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

  /// All hugepages in a console log.
  static func all(in console: String) -> [LabPool] {
    var pools: [LabPool] = []
    for line in console.split(separator: "\n") {
      let words = line.split(separator: " ")
      if let head = value("head", in: words), let optimized = value("optimized", in: words),
        let name = words.first(where: { $0.hasPrefix("hugepages-") }),
        let size = UInt64(name.dropFirst(10).dropLast(2))
      {
        pools.append(LabPool(head: head, size: size << 10, isOptimized: optimized == 1))
      } else if words.contains("hstate") || words.contains("info") {
        // What follows belongs to no hugepage of a pool.
        pools.append(LabPool(head: 0, size: 0, isOptimized: false))
      } else if let raw = value("raw", in: words), let range = words.first(where: { $0.contains("-") }),
        let address = UInt64(range.prefix(while: { $0 != "-" }), radix: 16), !pools.isEmpty
      {
        pools[pools.count - 1].entries.append((address, raw, words.contains("ro")))
      }
    }
    return pools.filter { $0.head != 0 }
  }

  private static func value(_ name: String, in words: [Substring]) -> UInt64? {
    words.first { $0.hasPrefix(name + "=") }.flatMap { UInt64($0.dropFirst(name.count + 1), radix: 16) }
  }
}
