import KernelC
import Testing
import Vmemmap

/// How the kernel generations differ.
struct GenerationTests {
  static let all: [(String, Generation)] = [("R2", .r2), ("R1", .r1), ("R1n", .r1n), ("SH", .sh)]

  private func frames(_ machine: Machine, _ hugepage: Hugepage) -> [UInt64] {
    machine.entries(of: hugepage).compactMap { $0?.physicalAddress }
  }

  private func writable(_ machine: Machine, _ hugepage: Hugepage) -> [Bool] {
    machine.entries(of: hugepage).compactMap { $0?.isWritable }
  }

  /// The machine before and after a 2M page at the start of memory was optimized.
  private func optimized(_ generation: Generation) throws -> (before: [UInt64], machine: Machine, page: Hugepage) {
    var machine = try Machine(Kernel.arm64With4K.setup(generation: generation))
    let before = (0..<UInt64(8)).compactMap {
      machine.translation(of: machine.geometry.vmemmapStart + $0 << 12)?.physicalAddress
    }
    let outcome = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    #expect(outcome == .optimized(freedFrames: 8 - generation.reservedPages))
    return (before, machine, try machine.hugepage(at: 0x4000_0000))
  }

  @Test func `R2 keeps two pages and maps the others to page 1`() throws {
    let (before, machine, page) = try optimized(.r2)
    #expect(frames(machine, page) == [before[0]] + Array(repeating: before[1], count: 7))
    #expect(writable(machine, page) == [true, true] + Array(repeating: false, count: 6))
    #expect(machine.counters.livePTEsRedirected == 6)
  }

  @Test func `R1 maps the tails to the frame that the head always had`() throws {
    let (before, machine, page) = try optimized(.r1)
    #expect(frames(machine, page) == Array(repeating: before[0], count: 8))
    #expect(writable(machine, page) == [true] + Array(repeating: false, count: 7))
    #expect(machine.counters.livePTEsRedirected == 7)
    #expect(machine.counters.liveBlocksSplit == 1)
    #expect(machine.counters.readOnlyPTEs == 7)
    #expect(machine.counters.framesFreed == 7)
  }

  @Test(arguments: [Generation.r1n, .stable6_12])
  func `R1n moves head and tails to a new frame`(generation: Generation) throws {
    let (before, machine, page) = try optimized(generation)
    let now = frames(machine, page)
    #expect(Set(now).count == 1)
    #expect(Set(now).isDisjoint(with: before))
    #expect(writable(machine, page) == [true] + Array(repeating: false, count: 7))
    #expect(machine.counters.livePTEsRedirected == 8)
    #expect(machine.counters.framesFreed == 8)
    #expect(machine.counters.framesAllocated == 2)
  }

  @Test func `SH maps the tails of all hugepages of a size to one frame without heads`() throws {
    var (before, machine, page) = try optimized(.sh)
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4020_0000)
    _ = try machine.allocateHugepage(size: 32 * mebibyte, at: 0x4200_0000)
    let first = frames(machine, page)
    let second = frames(machine, try machine.hugepage(at: 0x4020_0000))
    let large = frames(machine, try machine.hugepage(at: 0x4200_0000))
    #expect(Set(first).isDisjoint(with: before))
    #expect(Set(first[1...]).count == 1)
    #expect(first[1] == second[1])
    #expect(Set([first[0], second[0], first[1], large[0], large[1]]).count == 5)
    for (index, address) in machine.structPages(of: page).enumerated() {
      #expect(try machine.load(at: address) == (index == 0 ? pgHead : 0))
      #expect(try machine.compoundHead(of: address) == page.head)
    }
    #expect(machine.violations() == [])
  }

  @Test(arguments: all)
  func `every struct page finds its head, optimized, restored and never optimized`(
    name: String, generation: Generation
  ) throws {
    for kernel in Kernel.allCases {
      var machine = try Machine(kernel.setup(gibibytes: 3, generation: generation))
      let size: UInt64 = kernel == .arm64With64K ? 512 * mebibyte : 32 * mebibyte
      _ = try machine.allocateHugepage(size: size, at: 2 * size + gibibyte)
      let page = try machine.hugepage(at: 2 * size + gibibyte)
      #expect(page.isOptimized)
      #expect(machine.violations() == [], "\(name) \(kernel) optimized")
      #expect(try machine.restoreVmemmap(ofHugepageAt: page.physicalAddress))
      #expect(machine.violations() == [], "\(name) \(kernel) restored")
      #expect(Set(frames(machine, page)).count == machine.entries(of: page).count)
      #expect(writable(machine, page).allSatisfy { $0 })
      #expect(machine.counters.readOnlyPTEs == 0)
      #expect(try machine.optimizeVmemmap(ofHugepageAt: page.physicalAddress) != .outOfMemory)
      #expect(try machine.optimizeVmemmap(ofHugepageAt: page.physicalAddress) == .notOptimizable(.alreadyOptimized))
      #expect(machine.violations() == [], "\(name) \(kernel) again")
    }
  }

  @Test func `restored tails carry nothing of the head`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let page = try machine.hugepage(at: 0x4000_0000)
    try machine.store(machine.load(at: page.head) | dcacheClean, at: page.head)
    // Struct pages 0..2 of a restored page come from 3..5; the others are copies, with all their words.
    for tail in [1, 2, 7, 4] as [UInt64] { try machine.store(0xdead, at: page.head + tail * 64 + 40) }
    #expect(try machine.restoreVmemmap(ofHugepageAt: 0x4000_0000))
    for (index, address) in machine.structPages(of: page).enumerated() {
      #expect(try machine.load(at: address) == (index == 0 ? pgHead | dcacheClean : 0))
      #expect(try machine.load(at: address + 8) == (index == 0 ? 0 : page.head | 1))
      let copied = index < 64 ? [1, 2, 4, 7] : [1, 4, 7]
      #expect(try machine.load(at: address + 40) == (copied.contains(index % 64) ? 0xdead : 0))
    }
  }

  @Test func `6_12_117 leaves copies of the head behind, and the check sees them`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup(generation: .stable6_12))
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    #expect(machine.violations() == [])
    #expect(try machine.restoreVmemmap(ofHugepageAt: 0x4000_0000))
    let page = try machine.hugepage(at: 0x4000_0000)
    let fakes = stride(from: 64 as UInt64, to: 512, by: 64).map { page.head + $0 * 64 }
    let expected = fakes.flatMap { [Violation.wrongHead(page: $0), .headFlagOnTail(page: $0)] }
    #expect(machine.violations() == expected)
  }

  /// What the key is after boot, after one page was optimized, after the switch went off, and after the page was freed.
  @Test(
    arguments: [
      (.bootParameter, true, [true, true, true, true]), (.bootParameter, false, [false, false, false, false]),
      (.modeAndOptimizedPages, true, [true, true, true, false]),
      (.modeAndOptimizedPages, false, [false, true, true, false]),
      (.optimizedPages, true, [false, true, true, false]), (.optimizedPages, false, [false, true, true, false]),
      (.none, true, [false, false, false, false]),
    ] as [(Generation.KeyRule, Bool, [Bool])])
  func `static key`(rule: Generation.KeyRule, bootParameter: Bool, states: [Bool]) throws {
    var generation = Generation.r1
    generation.keyRule = rule
    var machine = try Machine(Kernel.arm64With4K.setup(generation: generation, switchedOn: bootParameter))
    var seen = [machine.isStaticKeyEnabled]
    if rule != .bootParameter, !bootParameter { try machine.setOptimizeVmemmap(true) }
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    seen.append(machine.isStaticKeyEnabled)
    try machine.setOptimizeVmemmap(false)
    seen.append(machine.isStaticKeyEnabled)
    _ = try machine.freeHugepage(at: 0x4000_0000)
    seen.append(machine.isStaticKeyEnabled)
    #expect(seen == states)
    #expect(machine.violations() == [])
  }

  @Test func `no sysctl, no switch`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup(generation: .r2))
    #expect(throws: HugepageError.noSysctl) { try machine.setOptimizeVmemmap(false) }
    #expect(machine.isSwitchedOn)
    var setup = try Kernel.arm64With4K.setup()
    setup.compiledIn = false
    machine = try Machine(setup)
    #expect(throws: HugepageError.noSysctl) { try machine.setOptimizeVmemmap(true) }
  }

  @Test func `a mask needs an aligned vmemmap`() throws {
    // The vmemmap begins one page past an address where a mask would find the heads of 2M pages.
    let geometry = try Geometry(
      pageShift: 12, levels: [Geometry.Level("PMD", shift: 21), Geometry.Level("PTE", shift: 12)], structPageSize: 64,
      sectionSizeBits: 24, vmemmapStart: 0xffff_0000_0000_1000, vmemmapSize: 4 << 20, baseRule: .zero,
      populateLeaf: .basePages)
    let memory = [PhysicalRange(start: 0, size: 64 * mebibyte)]
    var machine = try Machine(MachineSetup(geometry: geometry, memory: memory, generation: .sh))
    #expect(throws: HugepageError.headNotAligned(0xffff_0000_0000_9000)) {
      try machine.allocateHugepage(size: 2 * mebibyte, at: 2 * mebibyte)
    }
    machine = try Machine(MachineSetup(geometry: geometry, memory: memory, generation: .r1))
    #expect(try machine.allocateHugepage(size: 2 * mebibyte, at: 2 * mebibyte) == .optimized(freedFrames: 7))
    #expect(machine.violations() == [])
  }
}
