import KernelC
import Testing
import Vmemmap

/// What an optimized hugepage's struct pages look like to kernel code.
struct AliasTests {
  /// A row of the measured table: which vmemmap pages are read-only, and where the head's flags show through.
  struct Row: Sendable, CustomTestStringConvertible {
    var kernel: Kernel
    var size: UInt64
    var structPages: UInt64
    var readOnlyPages: UInt64
    var freedKiB: UInt64
    var testDescription: String { "\(kernel) \(size >> 20)M" }

    init(_ kernel: Kernel, _ size: UInt64, _ structPages: UInt64, _ readOnlyPages: UInt64, _ freedKiB: UInt64) {
      (self.kernel, self.size, self.structPages) = (kernel, size, structPages)
      (self.readOnlyPages, self.freedKiB) = (readOnlyPages, freedKiB)
    }
  }

  static let rows = [
    Row(.arm64With4K, 64 << 10, 16, 0, 0), Row(.arm64With4K, 2 << 20, 512, 7, 28),
    Row(.arm64With4K, 32 << 20, 8192, 127, 508), Row(.arm64With4K, 1 << 30, 262144, 4095, 16380),
    Row(.arm64With16K, 2 << 20, 128, 0, 0), Row(.arm64With16K, 32 << 20, 2048, 7, 112),
    Row(.arm64With16K, 1 << 30, 65536, 255, 4080), Row(.arm64With64K, 2 << 20, 32, 0, 0),
    Row(.arm64With64K, 512 << 20, 8192, 7, 448), Row(.arm64With64K, 16 << 30, 262144, 255, 16320),
    Row(.x86, 2 << 20, 512, 7, 28), Row(.x86, 1 << 30, 262144, 4095, 16380),
  ]

  @Test(arguments: rows)
  func `stores fault in all tails that alias, and flags show at vmemmap page starts`(row: Row) throws {
    var machine = try Machine(row.kernel.setup(gibibytes: row.size >> 30 == 16 ? 33 : 3))
    let address = max(row.size, gibibyte)
    let outcome = try machine.allocateHugepage(size: row.size, at: address)
    let freed = row.freedKiB << 10 / machine.geometry.pageSize
    #expect(outcome == (freed == 0 ? .notOptimizable(.noVmemmapPageToFree) : .optimized(freedFrames: freed)))
    #expect(freed == row.readOnlyPages)
    let hugepage = try machine.hugepage(at: address)
    #expect(hugepage.structPages == row.structPages)
    try machine.store(machine.load(at: hugepage.head) | dcacheClean, at: hugepage.head)
    var (stored, faults, wrongHeads, otherFaults) = (0, 0, 0, 0)
    var shown: [UInt64] = []
    for (index, page) in machine.structPages(of: hugepage).enumerated() {
      let flags = try machine.load(at: page)
      if flags & dcacheClean != 0 { shown.append(UInt64(index)) }
      if (flags & pgHead != 0) != (flags & dcacheClean != 0) { wrongHeads += 1 }
      if try machine.compoundHead(of: page) != hugepage.head { wrongHeads += 1 }
      if try !machine.pageHuge(page) { wrongHeads += 1 }
      do throws(AccessFault) {
        try machine.store(flags, at: page)
        stored += 1
      } catch {
        if error == AccessFault(.readOnly, at: page) { faults += 1 } else { otherFaults += 1 }
      }
    }
    let perPage = machine.geometry.structPagesPerVmemmapPage
    #expect(wrongHeads == 0)
    #expect(otherFaults == 0)
    #expect(UInt64(faults) == row.readOnlyPages * perPage)
    #expect(UInt64(stored) == row.structPages - row.readOnlyPages * perPage)
    #expect(shown == (0...row.readOnlyPages).map { $0 * perPage })
    #expect(try machine.compoundPages(hugepage.head) == row.structPages)
    #expect(machine.violations() == [])
  }

  @Test func `2M of 4K pages with HVO off has 512 writable struct pages`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup(switchedOn: false))
    #expect(try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000) == .notOptimizable(.switchedOff))
    let hugepage = try machine.hugepage(at: 0x4000_0000)
    for page in machine.structPages(of: hugepage) { try machine.store(machine.load(at: page), at: page) }
    #expect(machine.stores.count == 512)
    #expect(Set(machine.stores.map { $0.frameAddress + $0.offset }).count == 512)
    #expect(machine.counters == Counters())
  }

  @Test func `fake heads are their own heads while the key is off`() throws {
    var setup = try Kernel.arm64With4K.setup()
    setup.generation.keyRule = .none
    var machine = try Machine(setup)
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let hugepage = try machine.hugepage(at: 0x4000_0000)
    #expect(!machine.isStaticKeyEnabled)
    for (index, page) in machine.structPages(of: hugepage).enumerated() {
      let isFake = index % 64 == 0 && index != 0
      #expect(try machine.compoundHead(of: page) == (isFake ? page : hugepage.head))
      #expect(try machine.pageHuge(page))
    }
  }

  /// A flush body, a generation, and how many of the 511 tails of a 2M page fault.
  @Test(
    arguments: [
      (.r1, .givenPage, Array(stride(from: 64, to: 512, by: 64))), (.r1, .head, []),
      (.r1, .unconditional, Array(64..<512)),
      (.r1n, .givenPage, Array(stride(from: 64, to: 512, by: 64))), (.r2, .givenPage, []),
      (.r2, .unconditional, Array(128..<512)), (.sh, .givenPage, []), (.sh, .unconditional, Array(64..<512)),
      (.sh, .head, []), (.r2, .head, []),
    ] as [(Generation, FlushBody, [Int])])
  func `tails that fault in a flush`(generation: Generation, flush: FlushBody, indices: [Int]) throws {
    var machine = try Machine(Kernel.arm64With4K.setup(generation: generation))
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let hugepage = try machine.hugepage(at: 0x4000_0000)
    #expect(try machine.faultingIndices(of: hugepage, flush: flush) == indices)
  }

  @Test func `a sweep from the head on hides the faults`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let hugepage = try machine.hugepage(at: 0x4000_0000)
    try machine.store(machine.load(at: hugepage.head) | dcacheClean, at: hugepage.head)
    for page in machine.structPages(of: hugepage) { try FlushBody.givenPage.run(page, on: &machine) }
    #expect(try machine.load(at: hugepage.head) & dcacheClean == 0)
  }

  @Test func `without PAGE_KERNEL_RO a store through a fake head writes the head`() throws {
    var setup = try Kernel.arm64With4K.setup()
    setup.pageKernelRO = false
    var machine = try Machine(setup)
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    let hugepage = try machine.hugepage(at: 0x4000_0000)
    #expect(machine.counters.readOnlyPTEs == 0)
    #expect(try machine.faultingIndices(of: hugepage, flush: .unconditional) == [])
    machine.checkpoint()
    try machine.store(pgHead | 0x55, at: hugepage.head + 64 * 64)
    #expect(try machine.load(at: hugepage.head) == pgHead | 0x55)
    let store = try #require(machine.stores.last)
    #expect(machine.aliases(ofStructPageAt: store.frameAddress + store.offset, inHugepageAt: 0x4000_0000) == 8)
    #expect(machine.violations() == [])
  }

  @Test func `aliases are counted by frame and slot`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    for address in [0x4000_0000, 0x4020_0000] as [UInt64] {
      _ = try machine.allocateHugepage(size: 2 * mebibyte, at: address)
    }
    let hugepage = try machine.hugepage(at: 0x4020_0000)
    let tail = try #require(machine.translation(of: hugepage.head + 64))
    #expect(machine.aliases(ofStructPageAt: tail.physicalAddress, inHugepageAt: 0x4020_0000) == 8)
    #expect(machine.aliases(ofStructPageAt: tail.physicalAddress, inHugepageAt: 0x4000_0000) == 0)
    #expect(machine.aliases(ofStructPageAt: tail.physicalAddress, inHugepageAt: 0x4040_0000) == 0)
    _ = try machine.restoreVmemmap(ofHugepageAt: 0x4020_0000)
    #expect(machine.aliases(ofStructPageAt: tail.physicalAddress, inHugepageAt: 0x4020_0000) == 1)
    // Words other than flags and compound_head alias as well.
    let other = try machine.hugepage(at: 0x4000_0000)
    try machine.store(7, at: other.head + 3 * 64 + 40)
    #expect(try machine.load(at: other.head + (64 + 3) * 64 + 40) == 7)
    #expect(try machine.load(at: other.head + (64 + 4) * 64 + 40) == 0)
  }

  @Test func `a small hugepage shares its vmemmap page with its neighbours`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    for index in 0..<UInt64(4) { _ = try machine.allocateHugepage(size: 64 << 10, at: 0x4000_0000 + index << 16) }
    #expect(try machine.freeHugepage(at: 0x4001_0000) == .freed)
    for (index, page) in (0..<UInt64(64)).map({ ($0, machine.geometry.vmemmapStart + $0 * 64) }) {
      let isFree = index / 16 == 1
      #expect(try machine.compoundHead(of: page) == (isFree ? page : page - index % 16 * 64))
      #expect(try machine.pageHuge(page) == !isFree)
      #expect(try machine.compoundPages(page) == (!isFree && index % 16 == 0 ? 16 : 1))
    }
    let physical = try #require(machine.translation(of: machine.geometry.vmemmapStart)).physicalAddress
    #expect(machine.aliases(ofStructPageAt: physical, inHugepageAt: 0x4000_0000) == 1)
    #expect(machine.aliases(ofStructPageAt: physical + 16 * 64, inHugepageAt: 0x4000_0000) == 0)
    #expect(machine.violations() == [])
  }

  @Test(arguments: [56, 80] as [UInt64])
  func `struct pages that cross pages work and are not optimized`(size: UInt64) throws {
    var machine = try Machine(Kernel.arm64With4K.setup(structPageSize: size))
    #expect(
      try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4020_0000)
        == .notOptimizable(.structPageSizeNotPowerOfTwo(size)))
    let hugepage = try machine.hugepage(at: 0x4020_0000)
    for (index, page) in machine.structPages(of: hugepage).enumerated() {
      #expect(try machine.compoundHead(of: page) == hugepage.head)
      try machine.store(UInt64(index), at: page)
      try machine.store(UInt64(index) << 32, at: page + 48)
    }
    for (index, page) in machine.structPages(of: hugepage).enumerated() {
      #expect(try machine.load(at: page) == UInt64(index))
      #expect(try machine.load(at: page + 48) == UInt64(index) << 32)
    }
    #expect(try machine.freeHugepage(at: 0x4020_0000) == .freed)
    #expect(machine.violations() == [])
  }
}
