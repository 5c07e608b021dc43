/// The memory-layout facts of one kernel configuration: page tables, struct pages, sections and the vmemmap.
///
/// A value of this type is always consistent: the initialiser refuses everything else.
package struct Geometry: Hashable, Sendable {
  /// One page-table level.
  package struct Level: Hashable, Sendable {
    /// The kernel's name: `PGD`, `P4D`, `PUD`, `PMD`, `PTE`.
    package var name: String
    /// Log2 of the bytes that one entry maps.
    package var shift: Int

    /// Makes a level.
    package init(_ name: String, shift: Int) {
      self.name = name
      self.shift = shift
    }

    /// The bytes that one entry maps.
    package var size: UInt64 { 1 << UInt64(truncatingIfNeeded: shift) }
  }

  /// Which page frame's struct page lies at the start of the vmemmap.
  package enum BaseRule: Hashable, Sendable {
    /// Page frame 0 (x86: `vmemmap_base`).
    case zero
    /// The start of memory rounded down to `alignment` bytes (arm64: `memstart_addr` and `ARM64_MEMSTART_ALIGN`).
    case memoryStart(alignment: UInt64)
  }

  /// What `vmemmap_populate()` may map a whole section's struct pages with.
  package enum PopulateLeaf: Hashable, Sendable {
    /// Base pages only.
    case basePages
    /// PMD leaves (blocks); base pages where no block of frames is to be had.
    case blocks
  }

  /// Log2 of the base page size.
  package let pageShift: Int
  /// The page-table levels, top level first; the last one maps base pages.
  package let levels: [Level]
  /// `sizeof(struct page)` in bytes.
  package let structPageSize: UInt64
  /// `SECTION_SIZE_BITS`.
  package let sectionSizeBits: Int
  /// The first kernel virtual address of the vmemmap.
  package let vmemmapStart: UInt64
  /// The bytes of kernel virtual address space reserved for the vmemmap.
  package let vmemmapSize: UInt64
  /// Which page frame's struct page lies at `vmemmapStart`.
  package let baseRule: BaseRule
  /// What the vmemmap is populated with.
  package let populateLeaf: PopulateLeaf

  /// Makes a geometry, or says which numbers do not fit together.
  package init(
    pageShift: Int, levels: [Level], structPageSize: UInt64, sectionSizeBits: Int, vmemmapStart: UInt64,
    vmemmapSize: UInt64, baseRule: BaseRule, populateLeaf: PopulateLeaf
  ) throws(GeometryError) {
    self.pageShift = pageShift
    self.levels = levels
    self.structPageSize = structPageSize
    self.sectionSizeBits = sectionSizeBits
    self.vmemmapStart = vmemmapStart
    self.vmemmapSize = vmemmapSize
    self.baseRule = baseRule
    self.populateLeaf = populateLeaf
    try validate()
  }

  /// The bytes of a base page.
  package var pageSize: UInt64 { 1 << UInt64(truncatingIfNeeded: pageShift) }

  /// S: struct pages per vmemmap page, rounded down where a struct page crosses page boundaries.
  package var structPagesPerVmemmapPage: UInt64 { pageSize / structPageSize }

  /// Page frames per memory section (`PAGES_PER_SECTION`).
  package var framesPerSection: UInt64 { 1 << UInt64(truncatingIfNeeded: sectionSizeBits - pageShift) }

  /// Is `sizeof(struct page)` a power of two, so that none crosses a page boundary?
  package var structPageSizeIsPowerOfTwo: Bool { structPageSize.isPowerOfTwo }

  /// The level whose entries can be vmemmap blocks: the one above the last.
  package var blockLevel: Int { levels.count - 2 }

  /// Log2 of the entries in one table of a level below the top.
  func entryBits(ofLevel level: Int) -> Int { levels[level - 1].shift - levels[level].shift }

  private func validate() throws(GeometryError) {
    guard (12...24).contains(pageShift) else { throw .pageShiftOutOfRange(pageShift) }
    try validateLevels()
    guard structPageSize != 0 else { throw .structPageSizeZero }
    guard structPageSize % 8 == 0, structPageSize >= 16, structPageSize <= pageSize else {
      throw .structPageSizeInvalid(structPageSize)
    }
    guard (pageShift...48).contains(sectionSizeBits) else { throw .sectionSizeOutOfRange(bits: sectionSizeBits) }
    guard vmemmapSize != 0 else { throw .vmemmapEmpty }
    guard vmemmapStart % pageSize == 0, vmemmapSize % pageSize == 0 else { throw .vmemmapMisaligned }
    guard !vmemmapStart.addingReportingOverflow(vmemmapSize - 1).overflow else { throw .vmemmapWraps }
    guard topEntries <= 1 << 16 else { throw .tableTooLarge(level: levels[0].name) }
    if case .memoryStart(let alignment) = baseRule {
      guard alignment.isPowerOfTwo, alignment >= pageSize else { throw .baseAlignmentInvalid(alignment) }
    }
  }

  private func validateLevels() throws(GeometryError) {
    guard (2...6).contains(levels.count) else { throw .levelCount(levels.count) }
    for level in levels where !(pageShift..<64).contains(level.shift) {
      throw .levelShiftOutOfRange(level: level.name, shift: level.shift)
    }
    for (upper, lower) in zip(levels, levels.dropFirst()) {
      guard upper.shift > lower.shift else { throw .levelsNotDescending(upper: upper.name, lower: lower.name) }
      guard upper.shift - lower.shift <= 16 else { throw .tableTooLarge(level: lower.name) }
    }
    guard let last = levels.last, last.shift == pageShift else {
      throw .lastLevelIsNotThePage(level: levels[levels.count - 1].name, shift: levels[levels.count - 1].shift)
    }
  }

  /// The address that entry 0 of the top table maps; the table covers the vmemmap and nothing else.
  var topBase: UInt64 { vmemmapStart & ~(levels[0].size - 1) }

  /// The number of top-level entries that the vmemmap touches.
  var topEntries: UInt64 { (vmemmapStart - topBase + (vmemmapSize - 1)) / levels[0].size + 1 }
}

extension UInt64 {
  /// Has the number exactly one bit?
  var isPowerOfTwo: Bool { nonzeroBitCount == 1 }
}
