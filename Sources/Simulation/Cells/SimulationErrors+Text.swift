package import Vmemmap

extension GeometryError {
  /// Why the numbers cannot describe a machine, for people.
  package var inWords: String {
    switch self {
    case .pageShiftOutOfRange(let shift): "a base page of 1 << \(shift) bytes is not between 4K and 16M"
    case .levelCount(let count): "page tables have 2 to 6 levels, not \(count)"
    case .levelsNotDescending(let upper, let lower): "an entry of \(lower) maps no less than one of \(upper) above it"
    case .levelShiftOutOfRange(let level, let shift): "an entry of \(level) cannot map 1 << \(shift) bytes"
    case .lastLevelIsNotThePage(let level, let shift):
      "an entry of the last level \(level) maps 1 << \(shift) bytes, which is not the base page"
    case .tableTooLarge(let level): "a table of \(level) would have more than 65536 entries"
    case .structPageSizeZero: "a struct page of no bytes"
    case .structPageSizeInvalid(let size):
      "a struct page of \(size) bytes is not a multiple of 8, too small for two words, or larger than a base page"
    case .sectionSizeOutOfRange(let bits): "a section of 1 << \(bits) bytes is not between a base page and 1 << 48"
    case .vmemmapEmpty: "the vmemmap region has no bytes"
    case .vmemmapMisaligned: "the vmemmap region does not start and end at base pages"
    case .vmemmapWraps: "the vmemmap region runs past the end of the address space"
    case .baseAlignmentInvalid(let bytes): "base_alignment of \(bytes) bytes is no power of two of a base page or more"
    }
  }
}

extension SetupError {
  /// Why the machine cannot be built, for people.
  package var inWords: String {
    switch self {
    case .noMemory: "there is no memory"
    case .memoryRangeInvalid(let memory): "\(memory.inWords) does not start and end at page boundaries"
    case .memoryRangesOverlap(let memory): "\(memory.inWords) overlaps the memory given before it"
    case .memoryTooLarge: "that is more memory than one machine is simulated with"
    case .memoryBelowBase(let memory): "\(memory.inWords) lies below the page frame of the first struct page"
    case .vmemmapTooSmall(let memory): "the vmemmap region has no room for the struct pages of \(memory.inWords)"
    case .outOfMemory: "not enough memory for the vmemmap and its page tables"
    case .pteFormat(let mistake): "kernel_pte contradicts itself or the memory: \(mistake.inWords)"
    case .headFlagOutOfRange(let bit): "PG_head is bit \(bit), of 64"
    case .reservedPagesZero: "the generation keeps no vmemmap page"
    }
  }
}

extension PTEFormatError {
  /// What contradicts what, for people.
  package var inWords: String {
    switch self {
    case .noValidBit: "no bit makes an entry valid"
    case .addressShiftOutOfRange(let shift): "addresses cannot be shifted by \(shift) bits"
    case .attributesOverlapAddress(let entry): "'\(entry)' has bits where the address goes"
    case .entryNotValid(let entry): "'\(entry)' is not valid by 'valid'"
    case .entryNotWritable(let entry): "'\(entry)' is not writable by 'writable'"
    case .readOnlyIsWritable: "'ro' is writable by 'writable', and page_kernel_ro says that PAGE_KERNEL_RO is not"
    case .blockIsNotALeaf: "'block_rw' is no leaf by 'leaf'"
    case .tableIsALeaf: "'table' is a leaf by 'leaf'"
    case .addressNotEncodable(let physical): "'address' has no room for the physical address \(short(physical))"
    }
  }
}

extension HugepageError {
  /// Why the operation was refused, for people.
  package var inWords: String {
    switch self {
    case .invalidSize(let size): "\(size) bytes are no HugeTLB page size on this base page"
    case .misaligned(let physical): "\(short(physical)) is not a multiple of the size"
    case .notInMemory(let physical): "the HugeTLB page at \(short(physical)) is not all memory"
    case .busy(let physical): "\(short(physical)) is in use: by the vmemmap, its page tables or another HugeTLB page"
    case .outOfMemory: "there are not that many free frames"
    case .headNotAligned(let page): "the head's struct page \(short(page)) is not aligned to all struct pages"
    case .noHugepage(let physical): "there is no HugeTLB page at \(short(physical))"
    case .noSysctl: "this kernel has no vm.hugetlb_optimize_vmemmap"
    }
  }
}

extension PhysicalRange {
  fileprivate var inWords: String { "\(short(start))+\(short(size))" }
}

private func short(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
