import TestSupport
import Testing

@testable import Vmemmap

/// The order of small steps, and the allocator underneath.
struct StepTests {
  private func kinds(_ log: [Event]?) -> [String] {
    var text: [String] = []
    var previous: (kind: Event.Kind, count: Int)?
    for kind in (log ?? []).map(\.kind) {
      if let last = previous, last.kind == kind {
        previous = (kind, last.count + 1)
        text[text.count - 1] = "\(last.count + 1) \(kind)"
      } else {
        previous = (kind, 1)
        text.append("1 \(kind)")
      }
    }
    return text
  }

  @Test(arguments: [
    (
      Generation.r1,
      [
        "1 prepareCompound", "1 keyIncrement", "1 allocateFrame", "1 fillTable", "1 setPMD", "1 flushTLB", "7 setPTE",
        "1 flushTLB", "7 freeFrame",
      ],
      [
        "7 allocateFrame", "1 copyFrame", "1 resetStructPages", "1 setPTE", "1 copyFrame", "1 resetStructPages",
        "1 setPTE",
      ]
    ),
    (
      .r1n,
      [
        "1 prepareCompound", "1 keyIncrement", "1 allocateFrame", "1 copyFrame", "1 allocateFrame", "1 fillTable",
        "1 setPMD", "1 flushTLB", "8 setPTE", "1 flushTLB", "8 freeFrame",
      ],
      ["7 allocateFrame", "1 copyFrame", "1 resetStructPages", "1 setPTE", "1 copyFrame"]
    ),
    (
      .r2,
      [
        "1 prepareCompound", "1 allocateFrame", "1 fillTable", "1 setPMD", "1 flushTLB", "6 setPTE", "1 flushTLB",
        "6 freeFrame",
      ],
      ["6 allocateFrame", "1 copyFrame", "1 setPTE", "1 copyFrame", "1 setPTE"]
    ),
    (
      .sh,
      [
        "1 prepareCompound", "2 allocateFrame", "1 copyFrame", "1 allocateFrame", "1 fillTable", "1 setPMD",
        "1 flushTLB", "8 setPTE", "1 flushTLB", "8 freeFrame",
      ],
      ["7 allocateFrame", "1 copyFrame", "1 setPTE"]
    ),
  ])
  func `steps of optimizing and the first of restoring`(
    generation: Generation, optimizing: [String], restoring: [String]
  ) throws {
    var machine = try Machine(Kernel.arm64With4K.setup(generation: generation))
    machine.log = []
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    #expect(kinds(machine.log) == optimizing)
    machine.log = []
    _ = try machine.freeHugepage(at: gibibyte)
    #expect(Array(kinds(machine.log).prefix(restoring.count)) == restoring)
    #expect(kinds(machine.log).last == "1 destroyCompound")
  }

  @Test func `events say what changed`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    machine.log = []
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    let start = machine.geometry.vmemmapStart
    let log = try #require(machine.log)
    #expect(log[0] == Event(.prepareCompound, start, 512))
    #expect(log[1] == Event(.keyIncrement, 0, 0, 1))
    let block = try #require(log.first { $0.kind == .setPMD })
    #expect(block.address == start)
    #expect(block.before == 0x60_0000_7ee0_0701)
    #expect(block.after == 0x1000_0000_0000_0003 | log[2].address)
    let entries = log.filter { $0.kind == .setPTE }
    #expect(entries.map(\.address) == (1..<8).map { start + $0 << 12 })
    #expect(entries.map(\.before) == (1..<8).map { 0xe8_0000_7ee0_0703 + $0 << 12 })
    #expect(Set(entries.map(\.after)) == [0xe0_0000_7ee0_0783])
    let flushes = log.filter { $0.kind == .flushTLB }
    #expect(
      flushes == [
        Event(.flushTLB, start, start + 2 * mebibyte), Event(.flushTLB, start + 4096, start + 8 * 4096),
      ])
    #expect(MemoryLayout<Event>.stride == 32)
  }

  @Test func `a thread's machine saves 28 KiB a page and pays 17 tables`() throws {
    // 1024 pages in 17 blocks of 64: as on the recorded 4 GiB guest.
    var machine = try Machine(Kernel.arm64With4K.setup(gibibytes: 4))
    let before = machine.freeFrames
    for index in 0..<UInt64(1024) {
      _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte + (index + 32) * 2 * mebibyte)
    }
    #expect(machine.counters.framesFreed == 7168)
    #expect(machine.counters.liveBlocksSplit == 17)
    #expect(machine.freeFrames == before - 1024 * 512 + 7168 - 17)
  }

  @Test func `allocating takes the frame freed last, then the highest`() throws {
    let memory = try PhysicalMemory(
      [PhysicalRange(start: 0x10000, size: 0x8000), PhysicalRange(start: 0, size: 0x4000)], pageShift: 12)
    var allocator = FrameAllocator(memory: memory)
    func address(_ frame: Frame?) -> UInt64? { frame.map { memory.physicalAddress(of: $0) } }
    #expect(allocator.freeCount == 12)
    #expect(address(allocator.allocate()) == 0x17000)
    let taken = allocator.allocate()
    let second = try #require(taken)
    #expect(address(second) == 0x16000)
    #expect(allocator.allocateRun(count: 4, alignment: 4) == 4..<8)
    #expect(address(allocator.allocate()) == 0x15000)
    allocator.free(second)
    #expect(address(allocator.allocate()) == 0x16000)
    #expect(allocator.claim(3..<5) == Frame(index: 4))
    #expect(allocator.claim(0..<2) == nil)
    #expect(allocator.freeCount == 3)
    #expect(allocator.allocate(count: 4) == nil)
    #expect(allocator.freeCount == 3)
    allocator.leaveFree(1)
    #expect(allocator.freeCount == 1)
    #expect(allocator.allocate(count: 2) == nil)
    #expect(address(allocator.allocate()) == 0x14000)
    #expect(allocator.allocate() == nil)
    allocator.leaveFree(.max)
    #expect(allocator.freeCount == 2)
    #expect(allocator.allocate(count: 2).map { $0.map(\.index) } == [3, 2])
    allocator.free(0..<2)
    #expect(allocator.allocate(count: 2).map { $0.map(\.index) } == [1, 0])
  }

  @Test func `a freed frame that was claimed since is not handed out, and a freed run is found again`() throws {
    let memory = try PhysicalMemory([PhysicalRange(start: 0, size: 0x8000)], pageShift: 12)
    var allocator = FrameAllocator(memory: memory)
    #expect(allocator.allocate(count: 2).map { $0.map(\.index) } == [7, 6])
    allocator.free(Frame(index: 7))
    #expect(allocator.claim(7..<8) == nil)
    let lower = allocator.allocate()
    #expect(lower?.index == 5)
    allocator.free(7..<8)
    let again = allocator.allocate()
    #expect(again?.index == 7)
    let last = allocator.allocate()
    #expect(last?.index == 4)
  }

  @Test func `bitmaps agree with a set`() {
    var random = SeededGenerator(seed: 3)
    var bitmap = FrameBitmap(count: 300)
    var used: Set<Int> = []
    for _ in 0..<400 {
      let start = Int.random(in: 0..<300, using: &random)
      let range = start..<Int.random(in: start...min(300, start + 90), using: &random)
      let on = Bool.random(using: &random)
      bitmap.set(range, to: on)
      if on { used.formUnion(range) } else { used.subtract(range) }
      let probe = Int.random(in: 0..<300, using: &random)
      #expect(bitmap[probe] == used.contains(probe))
      #expect(bitmap.lowestUsed(in: probe..<300) == used.filter { $0 >= probe }.min())
      #expect(bitmap.highestFree(below: probe) == (0..<probe).last { !used.contains($0) })
      #expect(bitmap.usedCount == used.count)
    }
  }
}
