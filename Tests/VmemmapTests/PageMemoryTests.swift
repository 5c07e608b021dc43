import KernelC
import Testing
import Vmemmap

struct PageMemoryTests {
  @Test func `faults say why and where`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    let start = machine.geometry.vmemmapStart
    #expect(throws: AccessFault(.outsideVmemmap, at: start - 8)) { try machine.load(at: start - 8) }
    #expect(throws: AccessFault(.outsideVmemmap, at: start + 4)) { try machine.load(at: start + 4) }
    #expect(throws: AccessFault(.outsideVmemmap, at: .max)) { try machine.store(0, at: .max) }
    let behind = start + 16 * mebibyte
    #expect(throws: AccessFault(.notMapped, at: behind)) { try machine.load(at: behind) }
    #expect(throws: AccessFault(.notMapped, at: behind + 8)) { try machine.compoundHead(of: behind) }
    #expect(throws: AccessFault(.outsideVmemmap, at: start + 8)) { try machine.pageFrameNumber(of: start + 8) }
    #expect(throws: AccessFault.self) { try machine.page(ofFrame: 0) }
    #expect(try machine.page(ofFrame: 0x40001) == start + 64)
    #expect(try machine.pageFrameNumber(of: start + 64) == 0x40001)
  }

  @Test func `rewind undoes each path and keeps the record of stores`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    let page = machine.geometry.vmemmapStart
    try machine.store(1, at: page)
    machine.checkpoint()
    try machine.store(2, at: page)
    try machine.store(3, at: page)
    try machine.store(9, at: page + 40)
    machine.rewind()
    #expect(try machine.load(at: page) == 1)
    #expect(try machine.load(at: page + 40) == 0)
    try machine.store(4, at: page)
    machine.rewind()
    machine.rewind()
    #expect(try machine.load(at: page) == 1)
    #expect(machine.stores.map(\.after) == [2, 3, 9, 4])
    #expect(machine.stores.map(\.before) == [1, 2, 0, 1])
    #expect(machine.stores.map(\.offset) == [0, 0, 40, 0])
    machine.checkpoint()
    #expect(machine.stores.isEmpty)
  }

  @Test func `only the first struct page of a vmemmap page can be a fake head`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup())
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    #expect(machine.isStaticKeyEnabled)
    let other = machine.geometry.vmemmapStart + 16 * 4096
    for page in [other, other + 64 * 5] {
      try machine.store(pgHead, at: page)
      try machine.store(0xabc1, at: page + 64 + 8)
    }
    #expect(try machine.compoundHead(of: other) == 0xabc0)
    #expect(try machine.compoundHead(of: other + 64 * 5) == other + 64 * 5)
    try machine.store(0, at: other)
    #expect(try machine.compoundHead(of: other) == other)
  }

  @Test func `words of a freed frame are gone`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup(switchedOn: false))
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte)
    let page = try machine.hugepage(at: gibibyte)
    for tail in 64..<UInt64(512) {
      try machine.store(0xbad, at: page.head + tail * 64)
      try machine.store(0xbad, at: page.head + tail * 64 + 32)
    }
    try machine.setOptimizeVmemmap(true)
    #expect(try machine.optimizeVmemmap(ofHugepageAt: gibibyte) == .optimized(freedFrames: 7))
    try machine.setOptimizeVmemmap(false)
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: gibibyte + 2 * mebibyte)
    let other = try machine.hugepage(at: gibibyte + 2 * mebibyte)
    for address in machine.structPages(of: other).dropFirst() {
      #expect(try machine.load(at: address) == 0)
      #expect(try machine.load(at: address + 32) == 0)
    }
  }

  @Test func `predicates follow switch, key and configuration`() throws {
    var setup = try Kernel.arm64With4K.setup()
    setup.predicates = [
      "switched": .switchedOn, "key": .staticKey, "compiled": .compiledIn, "yes": .constant(true),
    ]
    var machine = try Machine(setup)
    func answers() -> [Bool] { ["switched", "key", "compiled", "yes", "other"].map { machine.predicate($0) } }
    #expect(answers() == [true, false, true, true, false])
    _ = try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000)
    #expect(answers() == [true, true, true, true, false])
    try machine.setOptimizeVmemmap(false)
    #expect(answers() == [false, true, true, true, false])
    setup.compiledIn = false
    machine = try Machine(setup)
    #expect(answers() == [false, false, false, true, false])
    #expect(try machine.allocateHugepage(size: 2 * mebibyte, at: 0x4000_0000) == .notOptimizable(.notCompiledIn))
  }
}
