import Policy
import Simulation

/// A store that the simulation saw, to be shown where it lands.
struct StoreCallout {
  /// The function that stores.
  let operation: String
  /// The address of the word.
  let address: UInt64
  /// The struct page, by index.
  let structPage: UInt64
  /// The vmemmap page, by index.
  let page: UInt64
  let structPages: Int
  /// Does the mapping of that page refuse it?
  let faults: Bool

  /// More would hide the picture; all are in the findings.
  private static let most = 3

  /// The stores of a cell's findings that land in its picture.
  static func stores(of cell: Matrix.Cell, in rows: RemapRows) -> [StoreCallout] {
    var stores: [StoreCallout] = []
    for witness in cell.findings.compactMap(\.finding.witness) {
      guard let operation = witness.operation, let page = rows.picture.pageIndex(of: witness.address),
        let structPage = rows.picture.structPageIndex(of: witness.address),
        let stretch = rows.picture.stretches.first(where: { $0.last.index >= page }),
        !stores.contains(where: { $0.address == witness.address && $0.operation == operation })
      else { continue }
      stores.append(
        StoreCallout(
          operation: operation, address: witness.address, structPage: structPage, page: page,
          structPages: witness.structPages, faults: !stretch.last.after.isWritable))
    }
    return Array(stores.prefix(most))
  }

  /// What stores where, in a few words.
  var title: String {
    let name = operation.unicodeScalars.allSatisfy { $0.properties.isXIDContinue } ? operation + "()" : operation
    return "\(name) on struct page \(structPage) of \(structPages)"
  }

  /// What comes of it.
  var outcome: String {
    "\(hex(address)): " + (faults ? "ro, the kernel oopses" : "RW, changes its aliases")
  }
}
