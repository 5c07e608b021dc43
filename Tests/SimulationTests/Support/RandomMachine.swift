import KernelC
import Simulation
import TestSupport

@testable import Vmemmap

/// A small machine with one hugepage, and flag words as no kernel leaves them.
struct RandomMachine {
  var machine: Machine
  var hugepage: Hugepage
  /// What was drawn, for the message of a failing test.
  var description: String

  /// Nil where the draw makes no machine.
  init?(_ generator: inout SeededGenerator) {
    let structPageSize = [56, 64, 80, 128, 256, 512, 1024, 1024].randomElement(using: &generator) ?? 64
    let pageShift = Bool.random(using: &generator) ? 12 : 14
    // Most hugepages have more vmemmap pages than are kept.
    let order = Int.random(in: 1...8, using: &generator)
    let size = UInt64(1) << UInt64(pageShift + order)
    let generation = Self.generation(&generator)
    let setup: MachineSetup
    do throws(GeometryError) {
      setup = MachineSetup(
        geometry: try Geometry(
          pageShift: pageShift,
          levels: [
            Geometry.Level("PGD", shift: 30), Geometry.Level("PMD", shift: pageShift + 9),
            Geometry.Level("PTE", shift: pageShift),
          ],
          structPageSize: UInt64(structPageSize), sectionSizeBits: 27, vmemmapStart: 0xffff_fc00_0000_0000,
          vmemmapSize: 1 << 32, baseRule: .zero, populateLeaf: Bool.random(using: &generator) ? .blocks : .basePages),
        memory: [PhysicalRange(start: 0, size: 256 << 20)], generation: generation,
        pageKernelRO: Bool.random(using: &generator), bootParameter: Int.random(in: 0..<8, using: &generator) > 0,
        predicates: ["hvo_is_on": .switchedOn, "key_is_on": .staticKey])
    } catch {
      return nil
    }
    let address = 128 << 20 | UInt64.random(in: 0..<4, using: &generator) * size
    guard var machine = try? Machine(setup), (try? machine.allocateHugepage(size: size, at: address)) != nil,
      let hugepage = machine.allHugepages.first
    else { return nil }
    // None, few or many words that differ.
    let share = [0, 0, 1, 20].randomElement(using: &generator) ?? 0
    for index in 0..<hugepage.structPages where Int.random(in: 0..<60, using: &generator) < share {
      let page = hugepage.head + index * UInt64(structPageSize)
      let before = machine.word(at: page)
      let flags: UInt64 =
        [0, 1 << 11, 1 << 5, 1 << 11 | 1 << 5, 1 << 25, 1 << 16].randomElement(using: &generator) ?? 0
      // Read-only struct pages keep what they show; others may show it too.
      try? machine.store(before | flags, at: page)
      if Int.random(in: 0..<16, using: &generator) == 0 { try? machine.store(0, at: page + 8) }
    }
    machine.checkpoint()
    (self.machine, self.hugepage) = (machine, hugepage)
    description = "\(hugepage) \(setup.geometry) \(generation) ro=\(setup.pageKernelRO) on=\(setup.bootParameter)"
  }

  private static func generation(_ generator: inout SeededGenerator) -> Generation {
    var generation = [Generation.r2, .r2, .r1, .r1n, .stable6_12, .sh].randomElement(using: &generator) ?? .r1
    if generation.tailTarget == .lastReservedFrame {
      generation.reservedPages = UInt64.random(in: 1...3, using: &generator)
    }
    if Int.random(in: 0..<4, using: &generator) == 0 { generation.fixesFakeHeads.toggle() }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      generation.keyRule =
        [.bootParameter, .modeAndOptimizedPages, .optimizedPages, .none].randomElement(using: &generator) ?? .none
    }
    return generation
  }
}
