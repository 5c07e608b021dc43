/// Why a set of memory-layout numbers cannot describe a machine.
package enum GeometryError: Error, Hashable, Sendable {
  /// The page size is not between 4K and 16M.
  case pageShiftOutOfRange(Int)
  /// Page tables need 2 to 6 levels.
  case levelCount(Int)
  /// A level maps at least as many bytes per entry as the one above it.
  case levelsNotDescending(upper: String, lower: String)
  /// A level's shift is not a number of bits that an address has.
  case levelShiftOutOfRange(level: String, shift: Int)
  /// The last level does not map one base page per entry.
  case lastLevelIsNotThePage(level: String, shift: Int)
  /// One table of this level would have more than 65536 entries.
  case tableTooLarge(level: String)
  /// A struct page of no bytes.
  case structPageSizeZero
  /// A struct page must be a multiple of 8 bytes, hold two words and fit into a base page.
  case structPageSizeInvalid(UInt64)
  /// A memory section is not between one base page and 1 << 48 bytes.
  case sectionSizeOutOfRange(bits: Int)
  /// The vmemmap has no bytes.
  case vmemmapEmpty
  /// The vmemmap does not start and end at base-page boundaries.
  case vmemmapMisaligned
  /// The vmemmap runs past the end of the address space.
  case vmemmapWraps
  /// The rule for the first struct page rounds to something that is not a power of two of at least a base page.
  case baseAlignmentInvalid(UInt64)
}
