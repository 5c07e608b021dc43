import KernelC
import TestSupport
import Testing

@testable import Vmemmap

/// Long random lives of a machine, checked after every step. The seed is an argument, so a failure names it.
struct RandomSequenceTests {
  /// What a random life needs to know: the machine, and where hugepages of which sizes may lie.
  struct World: Sendable {
    var kernel: Kernel
    var memory: [PhysicalRange]
    var sizes: [UInt64]

    static let all: [World] = [
      World(
        kernel: .arm64With4K, memory: [PhysicalRange(start: gibibyte, size: 192 * mebibyte)],
        sizes: [64 << 10, 2 * mebibyte, 2 * mebibyte, 8 * mebibyte]),
      World(
        kernel: .x86,
        memory: [
          PhysicalRange(start: 0x1000, size: 0x9e000), PhysicalRange(start: mebibyte, size: 63 * mebibyte),
          PhysicalRange(start: 4 * gibibyte, size: 64 * mebibyte),
        ],
        sizes: [2 * mebibyte, 2 * mebibyte, 4 * mebibyte]),
      World(
        kernel: .arm64With16K, memory: [PhysicalRange(start: gibibyte, size: 256 * mebibyte)],
        sizes: [2 * mebibyte, 32 * mebibyte]),
    ]
  }

  @Test(arguments: 0..<3, GenerationTests.all)
  func `no step breaks an invariant`(world: Int, named: (String, Generation)) throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      var life = try Life(World.all[world], generation: named.1, seed: seed)
      for step in 0..<50 {
        let action = try life.step()
        let violations = life.machine.violations()
        guard violations.isEmpty else {
          Issue.record("\(named.0) world \(world) seed \(seed) step \(step) \(action): \(violations.prefix(3))")
          return
        }
      }
      try life.end()
      #expect(life.machine.violations() == [])
      #expect(life.machine.allHugepages.isEmpty)
      #expect(life.machine.counters.readOnlyPTEs == 0)
      #expect(life.framesAtEnd == life.framesAtBoot, "\(named.0) world \(world) seed \(seed)")
    }
  }

  @Test func `the same seed gives the same events, and frames are freed only after a flush`() throws {
    var logs: [[Event]] = []
    for _ in 0..<2 {
      var life = try Life(World.all[0], generation: .r1n, seed: 7)
      life.machine.log = []
      for _ in 0..<80 { _ = try life.step() }
      logs.append(try #require(life.machine.log))
    }
    #expect(logs[0] == logs[1])
    #expect(logs[0].count > 500)
    var remappedSinceFlush = false
    for event in logs[0] {
      switch event.kind {
      case .setPTE, .setPMD: remappedSinceFlush = true
      case .flushTLB: remappedSinceFlush = false
      case .freeFrame: #expect(!remappedSinceFlush)
      default: break
      }
    }
  }

  @Test func `copies of a machine go separate ways`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    let boot = machine
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    #expect(boot.allHugepages.isEmpty)
    #expect(boot.violations() == [])
    #expect(boot.counters == Counters())
  }
}

/// One random life.
private struct Life {
  var machine: Machine
  var random: SeededGenerator
  let world: RandomSequenceTests.World
  let bootFree: Int

  init(_ world: RandomSequenceTests.World, generation: Generation, seed: UInt64) throws {
    var setup = try world.kernel.setup(generation: generation)
    setup.memory = world.memory
    self.world = world
    machine = try Machine(setup)
    random = SeededGenerator(seed: seed)
    bootFree = machine.freeFrames
  }

  /// What was free at boot must be free again, except for the tables of splits and the shared tails.
  var framesAtBoot: Int { bootFree }
  var framesAtEnd: Int {
    machine.freeFrames + Int(machine.counters.liveBlocksSplit) + machine.sharedTails.count
  }

  mutating func step() throws -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...3: return try allocate()
    case 4...5: return try free()
    case 6: return try optimizeOrRestore()
    case 7:
      guard machine.setup.generation.hasSysctl else { return "no sysctl" }
      let on = Bool.random(using: &random)
      try machine.setOptimizeVmemmap(on)
      return "switch \(on)"
    case 8:
      let spare = Bool.random(using: &random) ? Int.random(in: 0...12, using: &random) : 1 << 20
      machine.leaveFreeFrames(spare)
      return "leave \(spare)"
    default: return try storeSomewhere()
    }
  }

  mutating func end() throws {
    machine.leaveFreeFrames(.max)
    for hugepage in machine.allHugepages { #expect(try machine.freeHugepage(at: hugepage.physicalAddress) == .freed) }
  }

  private mutating func allocate() throws -> String {
    let size = world.sizes.randomElement(using: &random) ?? 0
    let range = world.memory.randomElement(using: &random) ?? PhysicalRange(start: 0, size: 1)
    let address = UInt64.random(in: range.start..<range.start + range.size, using: &random) & ~(size - 1)
    do throws(HugepageError) {
      let outcome = try machine.allocateHugepage(size: size, at: address)
      return "allocate \(size >> 10)K at \(String(address, radix: 16)): \(outcome)"
    } catch {
      return "allocate \(size >> 10)K at \(String(address, radix: 16)): \(error)"
    }
  }

  private mutating func free() throws -> String {
    guard let hugepage = machine.allHugepages.randomElement(using: &random) else { return "nothing to free" }
    let outcome = try machine.freeHugepage(at: hugepage.physicalAddress)
    return "free \(String(hugepage.physicalAddress, radix: 16)): \(outcome)"
  }

  private mutating func optimizeOrRestore() throws -> String {
    guard let hugepage = machine.allHugepages.randomElement(using: &random) else { return "nothing" }
    if hugepage.isOptimized {
      return "restore: \(try machine.restoreVmemmap(ofHugepageAt: hugepage.physicalAddress))"
    }
    let outcome = try machine.optimizeVmemmap(ofHugepageAt: hugepage.physicalAddress)
    return "optimize \(String(hugepage.physicalAddress, radix: 16)): \(outcome)"
  }

  /// Stores random words into random struct pages, and takes them back.
  private mutating func storeSomewhere() throws -> String {
    guard let hugepage = machine.allHugepages.randomElement(using: &random) else { return "nothing" }
    machine.checkpoint()
    let pages = machine.structPages(of: hugepage)
    for _ in 0..<20 {
      guard let page = pages.randomElement(using: &random) else { continue }
      let address = page + 8 * UInt64.random(in: 0..<8, using: &random)
      do throws(AccessFault) {
        try machine.store(UInt64.random(in: 0 ... .max, using: &random), at: address)
        // The store is seen through the same address.
        #expect(try machine.load(at: address) == machine.stores.last?.after)
      } catch {
        #expect(error == AccessFault(.readOnly, at: address))
      }
    }
    machine.rewind()
    return "stores"
  }
}
