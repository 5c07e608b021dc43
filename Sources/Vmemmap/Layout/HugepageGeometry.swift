/// Why the vmemmap of a hugepage is not optimized (`hugetlb_vmemmap_optimizable_size()` and its callers).
package enum NotOptimizable: Error, Hashable, Sendable {
  /// The kernel was built without the feature.
  case notCompiledIn
  /// The boot parameter or sysctl says off.
  case switchedOff
  /// `sizeof(struct page)` is not a power of two: struct pages cross page boundaries.
  case structPageSizeNotPowerOfTwo(UInt64)
  /// The hugepage has no more vmemmap pages than are kept.
  case noVmemmapPageToFree
  /// The head's struct page is not the first of its vmemmap page: the vmemmap's base is badly aligned.
  case headNotPageAligned
  /// The tails already alias one frame.
  case alreadyOptimized
}

extension Geometry {
  /// N: struct pages of a hugepage; nil if `size` is not a power of two of at least two base pages.
  package func structPages(ofHugepage size: UInt64) -> UInt64? {
    size.isPowerOfTwo && size > pageSize ? size >> UInt64(pageShift) : nil
  }

  /// N times `sizeof(struct page)`; nil if `size` is no hugepage size or the product does not fit.
  package func vmemmapBytes(ofHugepage size: UInt64) -> UInt64? {
    guard let count = structPages(ofHugepage: size) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: structPageSize)
    return overflow ? nil : bytes
  }

  /// V: vmemmap pages that hold the struct pages of a hugepage, rounded up; nil if `size` is no hugepage size.
  package func vmemmapPages(ofHugepage size: UInt64) -> UInt64? {
    guard let bytes = vmemmapBytes(ofHugepage: size) else { return nil }
    return bytes / pageSize + (bytes % pageSize == 0 ? 0 : 1)
  }

  /// Why a hugepage of `size` bytes can never be optimized while `reservedPages` vmemmap pages are kept; nil if it can.
  package func obstacle(toOptimizingHugepage size: UInt64, keeping reservedPages: UInt64) -> NotOptimizable? {
    guard structPageSizeIsPowerOfTwo else { return .structPageSizeNotPowerOfTwo(structPageSize) }
    guard let pages = vmemmapPages(ofHugepage: size), pages > reservedPages else { return .noVmemmapPageToFree }
    return nil
  }

  /// Vmemmap pages that are freed when a hugepage of `size` bytes is optimized: V - R, or 0 if it cannot be.
  package func freedPages(perHugepage size: UInt64, keeping reservedPages: UInt64) -> UInt64 {
    guard obstacle(toOptimizingHugepage: size, keeping: reservedPages) == nil,
      let pages = vmemmapPages(ofHugepage: size)
    else { return 0 }
    return pages - reservedPages
  }

  /// The entries that map a hugepage: those of the largest level whose entry is not larger than the hugepage.
  ///
  /// More than one entry means contiguous entries: 64K on arm64 with 4K pages is 16 PTEs.
  package func mapping(ofHugepage size: UInt64) -> (level: Level, entries: UInt64)? {
    guard structPages(ofHugepage: size) != nil, let level = levels.first(where: { $0.size <= size }) else { return nil }
    return (level, size / level.size)
  }
}
