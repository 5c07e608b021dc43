import KernelC
import Testing
import Vmemmap

/// How many pages `compound_nr()` counts from each struct page of an optimized hugepage.
struct CompoundCountTests {
  @Test(
    arguments: [
      // linux-6.1 asks PageHead(), linux-6.12 the bare flag (include/linux/mm.h compound_nr()).
      (.r1, 1), (.r1n, 512), (.stable6_12, 512),
    ] as [(Generation, UInt64)])
  func `a fake head counts as the kernel's compound_nr() does`(generation: Generation, pages: UInt64) throws {
    var setup = try Kernel.arm64With4K.setup()
    setup.generation = generation
    var machine = try Machine(setup)
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    let head = try machine.hugepage(at: gibibyte).head
    #expect(try machine.compoundPages(head) == 512)
    #expect(try machine.compoundPages(head + 64) == 1)
    for fakeHead in stride(from: head + 4096, to: head + 8 * 4096, by: 4096) {
      #expect(try machine.load(at: fakeHead) & pgHead != 0)
      #expect(try machine.compoundPages(fakeHead) == pages)
    }
  }
}
