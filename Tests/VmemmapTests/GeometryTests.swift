import Testing
import Vmemmap

struct GeometryTests {
  /// A row of the savings table: hugepage sizes with what is freed while one or two vmemmap pages are kept.
  struct Row: Sendable, CustomTestStringConvertible {
    var arch: String
    var page: UInt64
    var huge: UInt64
    var structPages: UInt64
    var vmemmapBytes: UInt64
    var freed1: UInt64
    var gibPerTib1: String
    var freed2: UInt64
    var gibPerTib2: String
    var firstReadOnlyTail: UInt64?
    var testDescription: String { "\(arch) \(page >> 10)K \(huge >> 10)K" }

    init(
      _ arch: String, _ page: UInt64, _ huge: UInt64, _ structPages: UInt64, _ bytes: UInt64, _ freed1: UInt64,
      _ gib1: String, _ freed2: UInt64, _ gib2: String, _ tail: UInt64?
    ) {
      (self.arch, self.page, self.huge, self.structPages) = (arch, page << 10, huge << 10, structPages)
      (vmemmapBytes, self.freed1, self.freed2, firstReadOnlyTail) = (bytes, freed1, freed2, tail)
      (gibPerTib1, gibPerTib2) = (gib1, gib2)
    }
  }

  static let rows = [
    Row("x86_64", 4, 2048, 512, 32768, 7, "14.0000", 6, "12.0000", 64),
    Row("x86_64", 4, 1 << 20, 262144, 16_777_216, 4095, "15.9961", 4094, "15.9922", 64),
    Row("arm64", 4, 64, 16, 1024, 0, "0.0000", 0, "0.0000", nil),
    Row("arm64", 4, 2048, 512, 32768, 7, "14.0000", 6, "12.0000", 64),
    Row("arm64", 4, 32768, 8192, 524288, 127, "15.8750", 126, "15.7500", 64),
    Row("arm64", 4, 1 << 20, 262144, 16_777_216, 4095, "15.9961", 4094, "15.9922", 64),
    Row("arm64", 16, 2048, 128, 8192, 0, "0.0000", 0, "0.0000", nil),
    Row("arm64", 16, 32768, 2048, 131072, 7, "3.5000", 6, "3.0000", 256),
    Row("arm64", 16, 1 << 20, 65536, 4_194_304, 255, "3.9844", 254, "3.9688", 256),
    Row("arm64", 64, 2048, 32, 2048, 0, "0.0000", 0, "0.0000", nil),
    Row("arm64", 64, 524288, 8192, 524288, 7, "0.8750", 6, "0.7500", 1024),
    Row("arm64", 64, 16 << 20, 262144, 16_777_216, 255, "0.9961", 254, "0.9922", 1024),
    Row("riscv64", 4, 64, 16, 1024, 0, "0.0000", 0, "0.0000", nil),
    Row("riscv64", 4, 2048, 512, 32768, 7, "14.0000", 6, "12.0000", 64),
    Row("riscv64", 4, 1 << 20, 262144, 16_777_216, 4095, "15.9961", 4094, "15.9922", 64),
    Row("loongarch64", 4, 2048, 512, 32768, 7, "14.0000", 6, "12.0000", 64),
    Row("loongarch64", 16, 32768, 2048, 131072, 7, "3.5000", 6, "3.0000", 256),
    Row("loongarch64", 64, 524288, 8192, 524288, 7, "0.8750", 6, "0.7500", 1024),
    Row("s390x", 4, 1024, 256, 16384, 3, "12.0000", 2, "8.0000", 64),
    Row("s390x", 4, 2 << 20, 524288, 33_554_432, 8191, "15.9980", 8190, "15.9961", 64),
    Row("powerpc64 radix", 4, 2048, 512, 32768, 7, "14.0000", 6, "12.0000", 64),
    Row("powerpc64 radix", 4, 1 << 20, 262144, 16_777_216, 4095, "15.9961", 4094, "15.9922", 64),
    Row("powerpc64 radix", 64, 2048, 32, 2048, 0, "0.0000", 0, "0.0000", nil),
    Row("powerpc64 radix", 64, 1 << 20, 16384, 1_048_576, 15, "0.9375", 14, "0.8750", 1024),
    Row("powerpc64 hash", 64, 16384, 256, 16384, 0, "0.0000", 0, "0.0000", nil),
    Row("powerpc64 hash", 64, 16 << 20, 262144, 16_777_216, 255, "0.9961", 254, "0.9922", 1024),
    Row("sparc64", 8, 64, 8, 512, 0, "0.0000", 0, "0.0000", nil),
    Row("sparc64", 8, 8192, 1024, 65536, 7, "7.0000", 6, "6.0000", 128),
    Row("sparc64", 8, 262144, 32768, 2_097_152, 255, "7.9688", 254, "7.9375", 128),
    Row("sparc64", 8, 2 << 20, 262144, 16_777_216, 2047, "7.9961", 2046, "7.9922", 128),
  ]

  @Test(arguments: rows)
  func `savings per hugepage`(row: Row) throws {
    let shift = row.page.trailingZeroBitCount
    let geometry = try Geometry(
      pageShift: shift, levels: [Geometry.Level("PMD", shift: shift + 9), Geometry.Level("PTE", shift: shift)],
      structPageSize: 64, sectionSizeBits: 30, vmemmapStart: 0xffff_0000_0000_0000, vmemmapSize: 1 << 30,
      baseRule: .zero, populateLeaf: .basePages)
    #expect(geometry.structPages(ofHugepage: row.huge) == row.structPages)
    #expect(geometry.vmemmapBytes(ofHugepage: row.huge) == row.vmemmapBytes)
    let freed1 = geometry.freedPages(perHugepage: row.huge, keeping: 1)
    let freed2 = geometry.freedPages(perHugepage: row.huge, keeping: 2)
    #expect(freed1 == row.freed1)
    #expect(freed2 == row.freed2)
    #expect(gibPerTib(freed1, row) == row.gibPerTib1)
    #expect(gibPerTib(freed2, row) == row.gibPerTib2)
    if let tail = row.firstReadOnlyTail { #expect(geometry.structPagesPerVmemmapPage == tail) }
  }

  private func gibPerTib(_ freed: UInt64, _ row: Row) -> String {
    let tenThousandths = (Double(freed * row.page * ((1 << 40) / row.huge)) / Double(1 << 30) * 10000).rounded()
    let digits = String(Int(tenThousandths) % 10000)
    return "\(Int(tenThousandths) / 10000)." + String(repeating: "0", count: 4 - digits.count) + digits
  }

  @Test(arguments: [
    (Kernel.arm64With4K, 64 << 10 as UInt64, "PTE", 16 as UInt64), (.arm64With4K, 2 << 20, "PMD", 1),
    (.arm64With4K, 32 << 20, "PMD", 16), (.arm64With4K, 1 << 30, "PUD", 1), (.arm64With16K, 2 << 20, "PTE", 128),
    (.arm64With16K, 1 << 30, "PMD", 32), (.arm64With64K, 16 << 30, "PMD", 32), (.x86, 1 << 30, "PUD", 1),
  ])
  func `entries that map a hugepage`(kernel: Kernel, size: UInt64, level: String, entries: UInt64) throws {
    let mapping = try #require(try kernel.geometry.mapping(ofHugepage: size))
    #expect(mapping.level.name == level)
    #expect(mapping.entries == entries)
  }

  @Test(arguments: [0, 4096, 3 << 20, UInt64.max, 1] as [UInt64])
  func `no hugepage size`(size: UInt64) throws {
    let geometry = try Kernel.x86.geometry
    #expect(geometry.structPages(ofHugepage: size) == nil)
    #expect(geometry.vmemmapPages(ofHugepage: size) == nil)
    #expect(geometry.freedPages(perHugepage: size, keeping: 1) == 0)
    #expect(geometry.mapping(ofHugepage: size) == nil)
  }

  @Test func `reasons for not optimizing`() throws {
    let geometry = try Kernel.x86.geometry
    #expect(geometry.obstacle(toOptimizingHugepage: 2 << 20, keeping: 1) == nil)
    #expect(geometry.obstacle(toOptimizingHugepage: 2 << 20, keeping: 8) == .noVmemmapPageToFree)
    #expect(geometry.obstacle(toOptimizingHugepage: 64 << 10, keeping: 1) == .noVmemmapPageToFree)
    for size in [56, 80] as [UInt64] {
      let odd = try Kernel.x86.geometry(structPageSize: size)
      #expect(odd.obstacle(toOptimizingHugepage: 2 << 20, keeping: 1) == .structPageSizeNotPowerOfTwo(size))
    }
  }

  struct Numbers: Sendable {
    var pageShift = 12
    var shifts = [39, 30, 21, 12]
    var structPageSize: UInt64 = 64
    var sectionSizeBits = 27
    var start: UInt64 = 0xffff_ea00_0000_0000
    var size: UInt64 = 1 << 40
    var alignment: UInt64 = 1 << 30

    func geometry() throws(GeometryError) -> Geometry {
      try Geometry(
        pageShift: pageShift, levels: shifts.map { Geometry.Level("L\($0)", shift: $0) },
        structPageSize: structPageSize, sectionSizeBits: sectionSizeBits, vmemmapStart: start, vmemmapSize: size,
        baseRule: .memoryStart(alignment: alignment), populateLeaf: .blocks)
    }
  }

  @Test(
    arguments: [
      (Numbers(pageShift: -1), .pageShiftOutOfRange(-1)),
      (Numbers(pageShift: 99), .pageShiftOutOfRange(99)),
      (Numbers(shifts: [12]), .levelCount(1)),
      (Numbers(shifts: []), .levelCount(0)),
      (Numbers(shifts: [39, 39, 12]), .levelsNotDescending(upper: "L39", lower: "L39")),
      (Numbers(shifts: [21, 30, 12]), .levelsNotDescending(upper: "L21", lower: "L30")),
      (Numbers(shifts: [64, 12]), .levelShiftOutOfRange(level: "L64", shift: 64)),
      (Numbers(shifts: [30, 21]), .lastLevelIsNotThePage(level: "L21", shift: 21)),
      (Numbers(shifts: [39, 12]), .tableTooLarge(level: "L12")),
      (Numbers(shifts: [21, 12]), .tableTooLarge(level: "L21")),
      (Numbers(structPageSize: 0), .structPageSizeZero),
      (Numbers(structPageSize: 60), .structPageSizeInvalid(60)),
      (Numbers(structPageSize: 8192), .structPageSizeInvalid(8192)),
      (Numbers(sectionSizeBits: 11), .sectionSizeOutOfRange(bits: 11)),
      (Numbers(size: 0), .vmemmapEmpty),
      (Numbers(start: 0xffff_ea00_0000_0800), .vmemmapMisaligned),
      (Numbers(size: 1 << 60), .vmemmapWraps),
      (Numbers(alignment: 3 << 20), .baseAlignmentInvalid(3 << 20)),
      (Numbers(alignment: 0), .baseAlignmentInvalid(0)),
    ] as [(Numbers, GeometryError)])
  func `numbers that do not fit together`(numbers: Numbers, error: GeometryError) {
    #expect(throws: error) { try numbers.geometry() }
  }

  @Test func `struct pages and page frames`() throws {
    let x86 = VmemmapLayout(geometry: try Kernel.x86.geometry, memoryStart: 0x10_0000)
    #expect(x86.structPage(ofFrame: 0) == 0xffff_ea00_0000_0000)
    #expect(x86.structPage(ofFrame: 0x141a00) == 0xffff_ea00_0506_8000)
    #expect(x86.frame(ofStructPage: 0xffff_ea00_0506_8000) == 0x141a00)
    #expect(x86.frame(ofStructPage: 0xffff_ea00_0506_8020) == nil)
    #expect(x86.frame(ofStructPage: 0xffff_e9ff_ffff_ffc0) == nil)
    #expect(x86.structPage(ofFrame: .max) == nil)
    #expect(x86.structPage(ofFrame: 1 << 34) == nil)
    #expect(x86.structPage(ofFrame: 1 << 34 - 1) == 0xffff_eaff_ffff_ffc0)
    let arm64 = VmemmapLayout(geometry: try Kernel.arm64With4K.geometry, memoryStart: 0x4812_3000)
    #expect(arm64.baseFrame == 0x40000)
    #expect(arm64.structPage(ofFrame: 0x7ec00) == 0xffff_fc00_00fb_0000)
    #expect(arm64.structPage(ofFrame: 0x3ffff) == nil)
    let atTheEnd = try Geometry(
      pageShift: 12, levels: [Geometry.Level("PMD", shift: 21), Geometry.Level("PTE", shift: 12)], structPageSize: 64,
      sectionSizeBits: 20, vmemmapStart: 0xffff_ffff_ffff_0000, vmemmapSize: 0x10000, baseRule: .zero,
      populateLeaf: .blocks)
    let layout = VmemmapLayout(geometry: atTheEnd, memoryStart: 0)
    #expect(layout.structPage(ofFrame: 1023) == 0xffff_ffff_ffff_ffc0)
    #expect(layout.structPage(ofFrame: 1024) == nil)
    #expect(layout.frame(ofStructPage: 0xffff_ffff_ffff_ffc0) == 1023)
  }
}
