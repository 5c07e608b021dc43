package import Diagnostics
package import Vmemmap

/// The memory layout of one architecture, without what depends on the configuration.
package struct MemoryLayoutFacts: Sendable {
  /// `PAGE_SHIFT`.
  package var pageShift: Int
  /// Page-table levels, top first: name and log2 of the bytes that one entry maps.
  package var levels: [Geometry.Level]
  /// `SECTION_SIZE_BITS`.
  package var sectionSizeBits: Int
  /// First address of the vmemmap.
  package var vmemmapStart: UInt64
  /// Size of the vmemmap region in bytes.
  package var vmemmapSize: UInt64
  /// Where that size stands.
  package var vmemmapSizeRange: SourceRange
  /// Whose struct page is the first of the vmemmap: that of physical address 0, or that of the start of memory?
  package var vmemmapBase: Geometry.BaseRule
  /// Names of the levels at which `vmemmap_populate()` may place leaves.
  package var vmemmapLeaves: [String]
  /// Bits of kernel page-table entries.
  package var format: PTEFormat
  /// Where memory starts on a usual machine (physical address).
  package var memoryStart: UInt64
}
