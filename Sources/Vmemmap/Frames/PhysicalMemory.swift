/// A page frame of the machine, counted from its lowest one without the holes between memory ranges.
struct Frame: Hashable, Sendable {
  var index: Int
}

/// The frames of the machine's memory ranges.
struct PhysicalMemory: Hashable, Sendable {
  /// One memory range: its first page frame number, and the index of its first frame.
  struct Bank: Hashable, Sendable {
    var firstPFN: UInt64
    var firstIndex: Int
    var count: Int
  }

  let pageShift: UInt64
  let banks: [Bank]
  let frameCount: Int

  /// More frames than this need the symbolic engine: 4 TiB of 4K pages.
  static let largestFrameCount = 1 << 30

  init(_ ranges: [PhysicalRange], pageShift: Int) throws(SetupError) {
    self.pageShift = UInt64(truncatingIfNeeded: pageShift)
    let pageMask: UInt64 = (1 << self.pageShift) - 1
    var banks: [Bank] = []
    var count = 0
    var end: UInt64 = 0
    for range in ranges.sorted(by: { $0.start < $1.start }) {
      let (rangeEnd, overflow) = range.start.addingReportingOverflow(range.size)
      guard range.size != 0, !overflow, (range.start | range.size) & pageMask == 0 else {
        throw .memoryRangeInvalid(range)
      }
      guard banks.isEmpty || range.start >= end else { throw .memoryRangesOverlap(range) }
      let frames = range.size >> self.pageShift
      guard frames <= UInt64(Self.largestFrameCount - count) else { throw .memoryTooLarge }
      banks.append(Bank(firstPFN: range.start >> self.pageShift, firstIndex: count, count: Int(frames)))
      count += Int(frames)
      end = rangeEnd
    }
    guard !banks.isEmpty else { throw .noMemory }
    self.banks = banks
    frameCount = count
  }

  /// The frame at a physical address; nil outside memory.
  func frame(atPhysicalAddress address: UInt64) -> Frame? {
    let pfn = address >> pageShift
    for bank in banks where pfn >= bank.firstPFN && pfn - bank.firstPFN < UInt64(bank.count) {
      return Frame(index: bank.firstIndex + Int(pfn - bank.firstPFN))
    }
    return nil
  }

  /// The frames of `count` page frames from a physical address on; nil unless all lie in one bank.
  func frames(atPhysicalAddress address: UInt64, count: UInt64) -> Range<Int>? {
    let pfn = address >> pageShift
    for bank in banks where pfn >= bank.firstPFN && pfn - bank.firstPFN < UInt64(bank.count) {
      let offset = Int(pfn - bank.firstPFN)
      guard count <= UInt64(bank.count - offset) else { return nil }
      return bank.firstIndex + offset..<bank.firstIndex + offset + Int(count)
    }
    return nil
  }

  /// The physical address of a frame.
  func physicalAddress(of frame: Frame) -> UInt64 {
    for bank in banks where frame.index - bank.firstIndex < bank.count {
      return (bank.firstPFN + UInt64(frame.index - bank.firstIndex)) << pageShift
    }
    return 0
  }

  /// The last physical address of memory.
  var lastAddress: UInt64 {
    banks.last.map { (($0.firstPFN + UInt64($0.count)) << pageShift) &- 1 } ?? 0
  }
}
