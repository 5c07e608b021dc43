import KernelC

/// A vmemmap for tests: one hugepage whose struct pages lie in vmemmap pages that map to frames with permissions.
struct FlatVmemmap: PageMemory {
  static let base: UInt64 = 0xFFFF_FC00_0000_0000
  static let structPageSize: UInt64 = 64
  static let pageBytes: UInt64 = 4096

  var frames: [[UInt64]]
  /// For each vmemmap page its frame, or nil if it is not mapped.
  var frameOf: [Int?]
  var isWritable: [Bool]
  var isHuge = true
  var predicates: [String: Bool] = [:]
  /// Is a store through a read-only translation like one without a translation, behind which nothing goes on?
  var endsAtFaults = false
  private(set) var loadCount = 0
  private var saved: [[UInt64]]

  /// Every vmemmap page has a writable frame of its own.
  init(structPages: Int) {
    let pages = max(1, structPages / 64)
    frames = Array(repeating: Array(repeating: 0, count: 512), count: pages)
    frameOf = Array(0..<pages)
    isWritable = Array(repeating: true, count: pages)
    saved = frames
  }

  /// One kept page, whose frame all others map read-only: tails 64, 128, ... show the contents of the head.
  static func optimised(structPages: Int, headFlags: UInt64) -> FlatVmemmap {
    var memory = FlatVmemmap(structPages: structPages)
    for page in memory.frameOf.indices.dropFirst() {
      memory.frameOf[page] = 0
      memory.isWritable[page] = false
    }
    memory.setFlags(headFlags, of: 0)
    return memory
  }

  static func address(of structPage: Int) -> UInt64 {
    base + UInt64(structPage) * structPageSize
  }

  mutating func setFlags(_ word: UInt64, of structPage: Int) {
    frames[frameOf[structPage / 64] ?? 0][structPage % 64 * 8] = word
    saved = frames
  }

  func flags(of structPage: Int) -> UInt64 {
    frames[frameOf[structPage / 64] ?? 0][structPage % 64 * 8]
  }

  private func slot(of address: UInt64) throws(AccessFault) -> (page: Int, word: Int) {
    let end = Self.base + UInt64(frameOf.count) * Self.pageBytes
    guard address >= Self.base, address < end, address % 8 == 0 else { throw AccessFault(.outsideVmemmap, at: address) }
    let offset = address - Self.base
    return (Int(offset / Self.pageBytes), Int(offset % Self.pageBytes / 8))
  }

  mutating func load(at address: UInt64) throws(AccessFault) -> UInt64 {
    let (page, word) = try slot(of: address)
    guard let frame = frameOf[page] else { throw AccessFault(.notMapped, at: address) }
    loadCount += 1
    return frames[frame][word]
  }

  mutating func store(_ word: UInt64, at address: UInt64) throws(AccessFault) {
    let (page, index) = try slot(of: address)
    guard let frame = frameOf[page] else { throw AccessFault(.notMapped, at: address) }
    guard isWritable[page] else { throw AccessFault(endsAtFaults ? .notMapped : .readOnly, at: address) }
    frames[frame][index] = word
  }

  mutating func compoundHead(of page: UInt64) throws(AccessFault) -> UInt64 {
    _ = try slot(of: page)
    return Self.base
  }

  mutating func pageHuge(_ page: UInt64) throws(AccessFault) -> Bool {
    _ = try slot(of: page)
    return isHuge
  }

  mutating func compoundPages(_ head: UInt64) throws(AccessFault) -> UInt64 {
    head == Self.base ? UInt64(frameOf.count) * 64 : 1
  }

  func pageFrameNumber(of page: UInt64) throws(AccessFault) -> UInt64 {
    _ = try slot(of: page)
    return 0x80000 + (page - Self.base) / Self.structPageSize
  }

  func page(ofFrame pfn: UInt64) throws(AccessFault) -> UInt64 {
    Self.base &+ (pfn &- 0x80000) &* Self.structPageSize
  }

  func predicate(_ name: String) -> Bool { predicates[name] ?? false }

  mutating func rewind() { frames = saved }
}
