import Testing

@testable import Vmemmap

struct OutOfMemoryTests {
  /// A kernel with tiny last-level tables of 8 entries, so that an 8M page of 32 vmemmap pages needs 4 splits.
  private func machine(_ generation: Generation) throws -> Machine {
    let geometry = try Geometry(
      pageShift: 12,
      levels: [
        Geometry.Level("PUD", shift: 30), Geometry.Level("PMD", shift: 15), Geometry.Level("PTE", shift: 12),
      ],
      structPageSize: 64, sectionSizeBits: 27, vmemmapStart: 0xffff_fc00_0000_0000, vmemmapSize: 2 << 40,
      baseRule: .zero, populateLeaf: .blocks)
    let memory = [PhysicalRange(start: 0, size: 256 * mebibyte)]
    return try Machine(MachineSetup(geometry: geometry, memory: memory, generation: generation))
  }

  /// With fewer frames than it needs, every generation must take everything back.
  @Test(arguments: GenerationTests.all, 0..<7)
  func `optimizing needs its frames or changes no word`(named: (String, Generation), spare: Int) throws {
    let (name, generation) = named
    let extra: Int =
      switch generation.tailTarget {
      case .headFrame, .lastReservedFrame: 0
      case .headCopy: 1
      case .sharedTailFrame: 2
      }
    let address = 16 * mebibyte
    var machine = try machine(generation)
    machine.isSwitchedOn = false
    _ = try machine.allocateHugepage(size: 8 * mebibyte, at: address)
    machine.isSwitchedOn = true
    machine.leaveFreeFrames(spare)
    let outcome = try machine.optimizeVmemmap(ofHugepageAt: address)
    #expect((outcome == .outOfMemory) == (spare < 4 + extra), "\(name) \(spare)")
    #expect(machine.violations() == [], "\(name) \(spare)")
    let page = try machine.hugepage(at: address)
    #expect(page.isOptimized == (outcome != .outOfMemory))
    guard outcome == .outOfMemory else { return }
    #expect(machine.counters.readOnlyPTEs == 0)
    #expect(machine.counters.liveBlocksSplit == UInt64(max(0, min(4, spare - extra))))
    for (index, page) in machine.structPages(of: page).enumerated() {
      #expect(try machine.load(at: page) == (index == 0 ? pgHead : 0))
    }
    machine.leaveFreeFrames(10)
    #expect(try machine.optimizeVmemmap(ofHugepageAt: address) != .outOfMemory)
    #expect(machine.violations() == [], "\(name) \(spare)")
  }

  @Test func `without a frame for the head's copy the old frame serves or nothing happens`() throws {
    for (generation, expected) in [
      (Generation.r1n, OptimizeOutcome.optimized(freedFrames: 7)), (.stable6_12, .outOfMemory), (.sh, .outOfMemory),
    ] {
      var machine = try Machine(Kernel.arm64With16K.setup(gibibytes: 3, generation: generation))
      try machine.setOptimizeVmemmap(false)
      _ = try machine.allocateHugepage(size: 32 * mebibyte, at: gibibyte)
      try machine.setOptimizeVmemmap(true)
      machine.leaveFreeFrames(0)
      #expect(try machine.optimizeVmemmap(ofHugepageAt: gibibyte) == expected)
      #expect(machine.violations() == [])
    }
  }

  @Test(arguments: GenerationTests.all)
  func `a failed restore changes nothing`(name: String, generation: Generation) throws {
    var machine = try Machine(Kernel.arm64With4K.setup(generation: generation))
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    let freed = Int(8 - generation.reservedPages)
    let before = machine.entries(of: try machine.hugepage(at: gibibyte))
    for spare in 0..<freed {
      machine.leaveFreeFrames(spare)
      #expect(try machine.freeHugepage(at: gibibyte) == .keptAsSurplus)
      let page = try machine.hugepage(at: gibibyte)
      #expect(page.isSurplus && page.isOptimized)
      #expect(machine.entries(of: page) == before)
      #expect(machine.freeFrames == spare)
      #expect(machine.violations() == [])
    }
    machine.leaveFreeFrames(freed)
    #expect(try machine.freeHugepage(at: gibibyte) == .freed)
    #expect(machine.allHugepages.isEmpty)
    #expect(machine.violations() == [])
  }

  @Test func `operations that are refused`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    #expect(throws: HugepageError.invalidSize(4096)) { try machine.allocateHugepage(size: 4096, at: gibibyte) }
    #expect(throws: HugepageError.invalidSize(0)) { try machine.allocateHugepage(size: 0, at: gibibyte) }
    #expect(throws: HugepageError.misaligned(gibibyte + 4096)) {
      try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte + 4096)
    }
    for address in [0, 2 * gibibyte, 1 << 63] as [UInt64] {
      #expect(throws: HugepageError.notInMemory(address)) {
        try machine.allocateHugepage(size: 2 * mebibyte, at: address)
      }
    }
    #expect(throws: HugepageError.notInMemory(0)) { try machine.allocateHugepage(size: 1 << 63, at: 0) }
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    #expect(throws: HugepageError.busy(gibibyte)) { try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte) }
    #expect(throws: HugepageError.busy(gibibyte)) { try machine.allocateHugepage(size: 32 * mebibyte, at: gibibyte) }
    // The vmemmap itself lies at the top of memory.
    #expect(throws: HugepageError.self) {
      try machine.allocateHugepage(size: 2 * mebibyte, at: 2 * gibibyte - 4 * mebibyte)
    }
    #expect(throws: HugepageError.noHugepage(gibibyte + 4096)) { try machine.freeHugepage(at: gibibyte + 4096) }
    #expect(throws: HugepageError.noHugepage(3)) { try machine.restoreVmemmap(ofHugepageAt: 3) }
    machine.leaveFreeFrames(511)
    #expect(throws: HugepageError.outOfMemory) {
      try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte + 2 * mebibyte)
    }
    #expect(machine.violations() == [])
  }
}
