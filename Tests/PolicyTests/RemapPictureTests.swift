import Simulation
import Testing
import Vmemmap

@testable import Policy

/// Which frames the vmemmap pages of a HugeTLB page map, before and after, by how kernels implement HVO.
struct RemapPictureTests {
  private static func picture(
    _ generation: Generation, hugepage: UInt64 = 2 << 20, pageKernelRO: Bool = true
  ) throws -> RemapPicture {
    let levels = [("PGD", 39), ("PUD", 30), ("PMD", 21), ("PTE", 12)].map { Geometry.Level($0.0, shift: $0.1) }
    let geometry = try Geometry(
      pageShift: 12, levels: levels, structPageSize: 64, sectionSizeBits: 27, vmemmapStart: 0xffff_ea00_0000_0000,
      vmemmapSize: 1 << 40, baseRule: .zero, populateLeaf: .blocks)
    let setup = MachineSetup(geometry: geometry, memory: [], generation: generation, pageKernelRO: pageKernelRO)
    return RemapPicture(of: try RemappedMachine(setup: setup, memoryStart: 0, hugepageSize: hugepage))
  }

  private static func frames(_ stretch: RemapPicture.Stretch) -> Set<UInt64> { Set(stretch.first.map(\.after.frame)) }

  @Test func `v5.14 keeps two pages, and the tails map the second one's frame`() throws {
    let picture = try Self.picture(.r2)
    try #require(picture.stretches.map(\.count) == [2, 6])
    let (kept, tails) = (picture.stretches[0], picture.stretches[1])
    #expect(kept.first.allSatisfy { !$0.isRedirected && $0.after.isWritable })
    #expect(Self.frames(tails) == [kept.first[1].before.frame])
    #expect(tails.first.allSatisfy { !$0.after.isWritable && $0.isRedirected })
  }

  @Test func `v6.0 keeps one page, and the tails map the head's frame`() throws {
    let picture = try Self.picture(.r1)
    try #require(picture.stretches.map(\.count) == [1, 7])
    #expect(!picture.stretches[0].last.isRedirected)
    #expect(Self.frames(picture.stretches[1]) == [picture.stretches[0].last.before.frame])
    #expect(picture.stretches[0].last.before.level == "PMD")
    #expect(picture.stretches[0].last.after.level == "PTE")
  }

  @Test func `v6.3 moves head and tails to a new frame`() throws {
    let picture = try Self.picture(.r1n)
    try #require(picture.stretches.map(\.count) == [1, 7])
    let head = picture.stretches[0].last
    #expect(head.isRedirected && head.after.isWritable)
    #expect(Self.frames(picture.stretches[1]) == [head.after.frame])
    #expect(!picture.stretches.flatMap(\.first).map(\.before.frame).contains(head.after.frame))
  }

  @Test func `v7.1 has a frame for all tails, which is not the head's`() throws {
    let picture = try Self.picture(.sh)
    try #require(picture.stretches.map(\.count) == [1, 7])
    #expect(Self.frames(picture.stretches[1]).count == 1)
    #expect(Self.frames(picture.stretches[1]) != Self.frames(picture.stretches[0]))
  }

  @Test func `without PAGE_KERNEL_RO the tails stay writable`() throws {
    let picture = try Self.picture(.r1, pageKernelRO: false)
    #expect(picture.stretches.flatMap(\.first).allSatisfy { $0.after.isWritable })
    #expect(picture.stretches.map(\.count) == [1, 7])
  }

  @Test func `of thousands of pages the first and the last are kept`() throws {
    let picture = try Self.picture(.r1, hugepage: 1 << 30)
    try #require(picture.stretches.map(\.count) == [1, 4095])
    #expect(picture.pageCount == 4096)
    #expect(picture.stretches[1].first.map(\.index) == Array(1...8))
    #expect(picture.stretches[1].last.index == 4095)
    #expect(picture.stretches[1].last.address == picture.head + 4095 * 4096)
  }

  @Test func `addresses are found in it, and only those of its HugeTLB page`() throws {
    let picture = try Self.picture(.r1)
    #expect(picture.pageIndex(of: picture.head) == 0)
    #expect(picture.pageIndex(of: picture.head + 4096 + 72) == 1)
    #expect(picture.structPageIndex(of: picture.head + 4096 + 72) == 65)
    #expect(picture.pageIndex(of: picture.head - 8) == nil)
    #expect(picture.pageIndex(of: picture.head + 8 * 4096) == nil)
    #expect(picture.structPageIndex(of: picture.head + 8 * 4096) == nil)
  }

  @Test func `a finding's store lies in the picture of its cell, and the tallies agree with the finding`() throws {
    let catalog = try Shipped.catalog()
    let checker = Checker(rules: try Shipped.rules(for: catalog), catalog: catalog)
    let checked = try checker.check(Port(flush: Body.givenPage).architecture(catalog))
    let matrix = MatrixBuilder(checker: checker) { _ in false }.matrix(
      of: [checked], by: .hugepage, stamp: Matrix.Stamp(toolVersion: "", rules: 0, digest: ""))
    let row = try #require(matrix.rows.first)
    let cell = try #require(row.example)
    let evidence = try #require(CellEvidence(of: cell, architecture: row.architecture))
    let witness = try #require(cell.findings.first { $0.finding.rule == "HVO001" }?.finding.witness)
    let picture = try #require(evidence.remap)
    #expect(picture.structPageIndex(of: witness.address) == UInt64(witness.firstIndex))
    #expect(picture.pageIndex(of: witness.address) == 1)
    #expect(picture.stretches.last?.last.after.isWritable == false)
    let faulted = evidence.runs.filter { $0.faulted.count > 0 }
    #expect(faulted.contains { $0.faulted.count == witness.count && $0.faulted.indices == witness.indices })
    #expect(evidence.runs.filter { $0.function == "flush_dcache_page" }.allSatisfy { $0.all.count == 512 })
    #expect(evidence.structPages == 512 && evidence.structPageSize == 64 && evidence.vmemmapBytes == 32768)
  }
}
