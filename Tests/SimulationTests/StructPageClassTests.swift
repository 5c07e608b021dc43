import KernelC
import Testing

@testable import Simulation
@testable import Vmemmap

/// Which struct pages stand for which others.
struct StructPageClassTests {
  @Test(arguments: [UInt64](1...3), [true, false])
  func `a kept page of its own does not stand for the kept page that the tails share`(
    kept: UInt64, isReadOnly: Bool
  ) throws {
    var generation = Generation.r2
    generation.reservedPages = kept
    let setup = MachineSetup(
      geometry: try Geometry(
        pageShift: 12, levels: [.init("PGD", shift: 30), .init("PMD", shift: 21), .init("PTE", shift: 12)],
        structPageSize: 64, sectionSizeBits: 27, vmemmapStart: 0xffff_fc00_0000_0000, vmemmapSize: 1 << 32,
        baseRule: .zero, populateLeaf: .basePages),
      memory: [PhysicalRange(start: 0, size: 256 << 20)], generation: generation, pageKernelRO: isReadOnly)
    var machine = try Machine(setup)
    _ = try machine.allocateHugepage(size: 2 << 20, at: 128 << 20)
    let hugepage = try #require(machine.allHugepages.first)
    var sweep = Sweep(
      scenario: .switchedOn, hugepage: hugepage, structPageSize: 64,
      program: try RandomRoutine.compile("set_bit(PG_other, &page->flags);", structPageSize: 64, pageShift: 12))
    sweep.run(from: .untouched, on: &machine)
    var aliasing = StructPageSet(of: 512)
    for outcome in sweep.outcomes where outcome.aliases.first != nil { aliasing.formUnion(outcome.structPages) }
    let first = Int(kept - 1) * 64
    // The head's own page is shown by the tails where it is the only kept one; the head itself is meant to be written.
    let expected = Array(max(first, 1)..<(isReadOnly ? first + 64 : 512))
    #expect(aliasing.indices == expected)
  }
}
