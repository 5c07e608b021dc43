import Testing

@testable import Vmemmap

struct SetupTests {
  /// What makes a good setup bad, and the error that says so.
  struct Flaw: Sendable, CustomTestStringConvertible {
    var error: SetupError
    var apply: @Sendable (inout MachineSetup) -> Void
    var testDescription: String { "\(error)" }

    init(_ error: SetupError, _ apply: @escaping @Sendable (inout MachineSetup) -> Void) {
      (self.error, self.apply) = (error, apply)
    }
  }

  static let flaws = [
    Flaw(.noMemory) { $0.memory = [] },
    Flaw(.memoryRangeInvalid(PhysicalRange(start: 0, size: 0))) { $0.memory = [PhysicalRange(start: 0, size: 0)] },
    Flaw(.memoryRangeInvalid(PhysicalRange(start: 0, size: 100))) { $0.memory = [PhysicalRange(start: 0, size: 100)] },
    Flaw(.memoryRangeInvalid(PhysicalRange(start: 1 << 63, size: 1 << 63))) {
      $0.memory = [PhysicalRange(start: 1 << 63, size: 1 << 63)]
    },
    Flaw(.memoryRangesOverlap(PhysicalRange(start: 4096, size: 8192))) {
      $0.memory = [PhysicalRange(start: 4096, size: 8192), PhysicalRange(start: 0, size: 8192)]
    },
    Flaw(.memoryTooLarge) { $0.memory = [PhysicalRange(start: 0, size: 1 << 60)] },
    Flaw(.vmemmapTooSmall(PhysicalRange(start: 1 << 47, size: 1 << 27))) {
      $0.memory = [PhysicalRange(start: 0, size: 1 << 27), PhysicalRange(start: 1 << 47, size: 1 << 27)]
    },
    Flaw(.outOfMemory) { $0.memory = [PhysicalRange(start: 0, size: 1 << 20)] },
    Flaw(.headFlagOutOfRange(64)) { $0.headFlagBit = 64 },
    Flaw(.headFlagOutOfRange(-1)) { $0.headFlagBit = -1 },
    Flaw(.reservedPagesZero) { $0.generation.reservedPages = 0 },
    Flaw(.pteFormat(.noValidBit)) { $0.pteFormat.valid = 0 },
    Flaw(.pteFormat(.addressShiftOutOfRange(64))) { $0.pteFormat.addressShift = 64 },
    Flaw(.pteFormat(.attributesOverlapAddress("ro"))) { $0.pteFormat.readOnly |= 1 << 12 },
    Flaw(.pteFormat(.entryNotValid("table"))) { $0.pteFormat.table &= ~1 },
    Flaw(.pteFormat(.entryNotWritable("rw"))) { $0.pteFormat.readWrite &= ~2 },
    Flaw(.pteFormat(.entryNotWritable("block_rw"))) { $0.pteFormat.block &= ~2 },
    Flaw(.pteFormat(.readOnlyIsWritable)) { $0.pteFormat.readOnly |= 2 },
    Flaw(.pteFormat(.blockIsNotALeaf)) { $0.pteFormat.block &= ~0x80 },
    Flaw(.pteFormat(.tableIsALeaf)) { $0.pteFormat.table |= 0x80 },
    Flaw(.pteFormat(.addressNotEncodable(0x3fff_f000))) { $0.pteFormat.addressMask = 0x0fff_f000 },
  ]

  @Test(arguments: flaws)
  func `what does not fit together is said`(flaw: Flaw) throws {
    var setup = try Kernel.x86.setup()
    flaw.apply(&setup)
    #expect(throws: flaw.error) { try Machine(setup) }
  }

  @Test(arguments: [(64, 12), (4096, 27)] as [(UInt64, Int)])
  func `numbers that would need too much memory`(structPageSize: UInt64, sectionSizeBits: Int) throws {
    let geometry = try Geometry(
      pageShift: 12, levels: try Kernel.x86.geometry.levels, structPageSize: structPageSize,
      sectionSizeBits: sectionSizeBits, vmemmapStart: 0xffff_0000_0000_0000, vmemmapSize: 1 << 47, baseRule: .zero,
      populateLeaf: .basePages)
    let memory = [PhysicalRange(start: 0, size: 1 << 40)]
    #expect(throws: SetupError.memoryTooLarge) {
      try Machine(MachineSetup(geometry: geometry, memory: memory, generation: .r1))
    }
  }

  @Test func `memory below the first struct page's frame`() throws {
    let geometry = try Geometry(
      pageShift: 12, levels: [Geometry.Level("PMD", shift: 21), Geometry.Level("PTE", shift: 12)], structPageSize: 64,
      sectionSizeBits: 27, vmemmapStart: 0xffff_0000_0000_0000, vmemmapSize: 1 << 30,
      baseRule: .memoryStart(alignment: 1 << 21), populateLeaf: .basePages)
    let range = PhysicalRange(start: 0x8020_0000, size: 128 << 20)
    #expect(throws: SetupError.memoryBelowBase(range)) {
      try Machine(MachineSetup(geometry: geometry, memory: [range], generation: .r1))
    }
  }

  @Test func `without a run for all struct pages each section finds its own frames`() throws {
    var setup = try Kernel.x86.setup()
    // Two banks of 3 MiB: room for one 2 MiB block each, but not for a run of two.
    setup.memory = [
      PhysicalRange(start: 0x20_0000, size: 3 << 20), PhysicalRange(start: 0x1000_0000, size: 3 << 20),
    ]
    let machine = try Machine(setup)
    #expect(machine.violations() == [])
    #expect(
      Ptdump.x86(machine.geometry).lines(of: machine).prefix(4).dropFirst() == [
        "0xffffea0000000000-0xffffea0000200000           2M     RW         PSE     GLB NX pmd",
        "0xffffea0000200000-0xffffea0000400000           2M                               pmd",
        "0xffffea0000400000-0xffffea0000600000           2M     RW         PSE     GLB NX pmd",
      ])
    // Without an aligned block the section falls back to base pages.
    setup.memory = [PhysicalRange(start: 0x10_0000, size: 0x2f_f000)]
    let fallback = try Machine(setup)
    #expect(fallback.violations() == [])
    #expect(
      Ptdump.x86(fallback.geometry).lines(of: fallback)[1]
        == "0xffffea0000000000-0xffffea0000200000           2M     RW                 GLB NX pte")
    #expect(fallback.freeFrames == 0x2ff - 512 - 3)
  }

  @Test func `entries hold shifted addresses`() {
    // As riscv: the page frame number begins at bit 10.
    let format = PTEFormat(
      valid: 1, leaf: PTEFormat.Test(mask: 0xe, value: 6), writable: PTEFormat.Test(mask: 4, value: 4),
      addressMask: 0x003f_ffff_ffff_fc00, addressShift: 2, readWrite: 0xe7, readOnly: 0xe3, block: 0xe7, table: 1)
    #expect(format.encode(0x8020_0000) == 0x2008_0000)
    #expect(format.physicalAddress(of: 0x2008_0000 | 0xe7) == 0x8020_0000)
    #expect(format.isTable(0x2008_0001))
    #expect(!format.isBlock(0x2008_0001))
    #expect(!format.isValid(0x2008_0000))
    #expect(PTEFormat.neutral.contradiction() == nil)
  }
}
