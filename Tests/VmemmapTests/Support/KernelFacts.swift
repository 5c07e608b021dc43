import Foundation
import TestSupport
import Testing

/// What was measured in one run of a real kernel, as `Tests/GroundTruth/kernels/facts.json` sums it up.
struct KernelFacts: Decodable, CustomTestStringConvertible, Sendable {
  /// The name of the run.
  let `case`: String
  let machine: String
  let pageSize: UInt64
  let structPageSize: UInt64
  /// What the kernel says at boot that it can free per hugepage, by the size in its words, in KiB.
  let freed: [String: UInt64]
  /// Which struct pages of a hugepage faulted when each was flushed from a fresh mapping.
  let flushscan: [String]
  let storeProbe: [String]

  var testDescription: String { self.case }

  private enum CodingKeys: String, CodingKey {
    case `case`, machine, flushscan
    case pageSize = "page_size"
    case structPageSize = "sizeof_struct_page"
    case freed = "boot_report_KiB_freed"
    case storeProbe = "store_probe"
  }

  static func all() throws -> [KernelFacts] {
    let file = Repository.url("Tests/GroundTruth/kernels/facts.json")
    return try JSONDecoder().decode([KernelFacts].self, from: Data(contentsOf: file))
  }

  static func of(_ name: String) throws -> KernelFacts {
    try #require(all().first { $0.case == name })
  }
}
