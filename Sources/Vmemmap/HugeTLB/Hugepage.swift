/// A HugeTLB page.
package struct Hugepage: Hashable, Sendable {
  /// The physical address of its first byte.
  package var physicalAddress: UInt64
  /// Its size in bytes.
  package var size: UInt64
  /// The address of its head's struct page.
  package var head: UInt64
  /// N: its number of struct pages.
  package var structPages: UInt64
  /// Do its tails alias another frame (`HPG_vmemmap_optimized`)?
  package var isOptimized = false
  /// Did it stay behind as surplus because its vmemmap could not be restored?
  package var isSurplus = false
}

/// The HugeTLB pages of a machine, found by any of their page frame numbers.
struct HugepageTable: Hashable, Sendable {
  private var byFirstFrame: [UInt64: Hugepage] = [:]
  /// The numbers of struct pages that hugepages ever had here: few.
  private var sizes: [UInt64] = []

  /// The hugepage whose first page frame this is.
  subscript(pfn: UInt64) -> Hugepage? {
    get { byFirstFrame[pfn] }
    set {
      byFirstFrame[pfn] = newValue
      if let count = newValue?.structPages, !sizes.contains(count) { sizes.append(count) }
    }
  }

  /// The hugepage that contains a page frame.
  func containing(_ pfn: UInt64) -> Hugepage? {
    for count in sizes {
      if let hugepage = byFirstFrame[pfn & ~(count - 1)], hugepage.structPages == count { return hugepage }
    }
    return nil
  }

  var all: [Hugepage] { byFirstFrame.values.sorted { $0.physicalAddress < $1.physicalAddress } }
}
