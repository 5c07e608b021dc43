public import Diagnostics
public import Vmemmap

/// The memory layout of one architecture, without what depends on the configuration.
public struct MemoryLayoutFacts: Sendable {
  /// `PAGE_SHIFT`.
  public var pageShift: Int
  /// Page-table levels, top first: name and log2 of the bytes that one entry maps.
  public var levels: [Geometry.Level]
  /// `SECTION_SIZE_BITS`.
  public var sectionSizeBits: Int
  /// First address of the vmemmap.
  public var vmemmapStart: UInt64
  /// Size of the vmemmap region in bytes.
  public var vmemmapSize: UInt64
  /// Where that size stands.
  public var vmemmapSizeRange: SourceRange
  /// Whose struct page is the first of the vmemmap: that of physical address 0, or that of the start of memory?
  public var vmemmapBase: Geometry.BaseRule
  /// Names of the levels at which `vmemmap_populate()` may place leaves.
  public var vmemmapLeaves: [String]
  /// Bits of kernel page-table entries.
  public var format: PTEFormat
  /// Where memory starts on a usual machine (physical address).
  public var memoryStart: UInt64
}
