import Vmemmap

/// The kernels that the tests run: layout, entry bits and memory as on the machines of the recordings.
enum Kernel: String, CaseIterable, Sendable {
  case arm64With4K, arm64With16K, arm64With64K, x86

  var geometry: Geometry {
    get throws { try geometry(structPageSize: 64) }
  }

  func geometry(structPageSize: UInt64) throws -> Geometry {
    switch self {
    case .arm64With4K:
      try Geometry(
        pageShift: 12, levels: Self.levels(39, 30, 21, 12), structPageSize: structPageSize, sectionSizeBits: 27,
        vmemmapStart: 0xffff_fc00_0000_0000, vmemmapSize: 2 << 40, baseRule: .memoryStart(alignment: 1 << 30),
        populateLeaf: .blocks)
    case .arm64With16K:
      try Geometry(
        pageShift: 14, levels: Self.levels(47, 36, 25, 14), structPageSize: structPageSize, sectionSizeBits: 27,
        vmemmapStart: 0xffff_ff00_0000_0000, vmemmapSize: 512 << 30, baseRule: .memoryStart(alignment: 1 << 30),
        populateLeaf: .basePages)
    case .arm64With64K:
      try Geometry(
        pageShift: 16,
        levels: [
          Geometry.Level("PGD", shift: 42), Geometry.Level("PMD", shift: 29), Geometry.Level("PTE", shift: 16),
        ],
        structPageSize: structPageSize, sectionSizeBits: 29, vmemmapStart: 0xffff_ffc0_0000_0000,
        vmemmapSize: 128 << 30, baseRule: .memoryStart(alignment: 1 << 29), populateLeaf: .basePages)
    case .x86:
      try Geometry(
        pageShift: 12, levels: Self.levels(39, 30, 21, 12), structPageSize: structPageSize, sectionSizeBits: 27,
        vmemmapStart: 0xffff_ea00_0000_0000, vmemmapSize: 1 << 40, baseRule: .zero, populateLeaf: .blocks)
    }
  }

  private static func levels(_ pgd: Int, _ pud: Int, _ pmd: Int, _ pte: Int) -> [Geometry.Level] {
    [
      Geometry.Level("PGD", shift: pgd), Geometry.Level("PUD", shift: pud), Geometry.Level("PMD", shift: pmd),
      Geometry.Level("PTE", shift: pte),
    ]
  }

  var pteFormat: PTEFormat {
    switch self {
    case .arm64With4K, .arm64With16K, .arm64With64K:
      PTEFormat(
        valid: 1, leaf: PTEFormat.Test(mask: 2, value: 0), writable: PTEFormat.Test(mask: 0x80, value: 0),
        addressMask: 0x0000_ffff_ffff_f000, readWrite: 0xe8_0000_0000_0703, readOnly: 0xe0_0000_0000_0783,
        block: 0x60_0000_0000_0701, table: 0x1000_0000_0000_0003)
    case .x86:
      PTEFormat(
        valid: 1, leaf: PTEFormat.Test(mask: 0x80, value: 0x80), writable: PTEFormat.Test(mask: 2, value: 2),
        addressMask: 0x000f_ffff_ffff_f000, readWrite: 0x8000_0000_0000_0163, readOnly: 0x8000_0000_0000_0161,
        block: 0x8000_0000_0000_01e3, table: 0x67)
    }
  }

  /// RAM of `gibibytes` as QEMU's `virt` and `q35` machines lay it out.
  func memory(gibibytes: UInt64) -> [PhysicalRange] {
    switch self {
    case .arm64With4K, .arm64With16K, .arm64With64K:
      [PhysicalRange(start: 0x4000_0000, size: gibibytes << 30)]
    case .x86:
      gibibytes <= 2
        ? [PhysicalRange(start: 0, size: gibibytes << 30)]
        : [
          PhysicalRange(start: 0, size: 2 << 30),
          PhysicalRange(start: 0x1_0000_0000, size: (gibibytes - 2) << 30),
        ]
    }
  }

  func ptdump(_ geometry: Geometry) -> Ptdump {
    self == .x86 ? .x86(geometry) : .arm64(geometry)
  }

  func setup(
    gibibytes: UInt64 = 1, generation: Generation = .r1, switchedOn: Bool = true, structPageSize: UInt64 = 64
  ) throws -> MachineSetup {
    MachineSetup(
      geometry: try geometry(structPageSize: structPageSize), memory: memory(gibibytes: gibibytes),
      pteFormat: pteFormat, generation: generation, bootParameter: switchedOn)
  }
}

let mebibyte: UInt64 = 1 << 20
let gibibyte: UInt64 = 1 << 30

/// PG_dcache_clean is PG_arch_1 and PG_head bit 16 in the recorded kernels.
let dcacheClean: UInt64 = 1 << 11
let pgHead: UInt64 = 1 << 16

extension Machine {
  /// The addresses of all struct pages of a hugepage.
  func structPages(of hugepage: Hugepage) -> [UInt64] {
    (0..<hugepage.structPages).map { hugepage.head + $0 * geometry.structPageSize }
  }

  /// The hugepage at a physical address; its absence fails the test.
  func hugepage(at physicalAddress: UInt64) throws -> Hugepage {
    guard let hugepage = allHugepages.first(where: { $0.physicalAddress == physicalAddress }) else {
      throw HugepageError.noHugepage(physicalAddress)
    }
    return hugepage
  }

  /// The leaf entries of all vmemmap pages of a hugepage.
  func entries(of hugepage: Hugepage) -> [Translation?] {
    let pages = geometry.vmemmapPages(ofHugepage: hugepage.size) ?? 0
    return (0..<pages).map { translation(of: hugepage.head + $0 * geometry.pageSize) }
  }
}
