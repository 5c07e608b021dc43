import TestSupport
import Testing
import Vmemmap

/// The machine against recordings of real kernels, line by line.
struct LabDumpTests {
  /// A recorded run: what was dumped after each change of the pool of optimized hugepages.
  struct Run: CustomTestStringConvertible, Sendable {
    var folder: String
    var kernel: Kernel
    var gibibytes: UInt64
    var dumps: [String]
    var switchedOn = true
    var testDescription: String { folder }
  }

  static let runs = [
    Run(
      folder: "A1-arm64-4k-6.1-2M-runtime", kernel: .arm64With4K, gibibytes: 1,
      dumps: ["0-boot", "1-nr16", "2-freed0", "3-again16", "4-nr5", "6-freed0", "7-nr64"]),
    Run(
      folder: "A2-arm64-4k-6.1-thread-2M-1024-off", kernel: .arm64With4K, gibibytes: 4, dumps: ["boot"],
      switchedOn: false),
    Run(folder: "A2-arm64-4k-6.1-thread-2M-1024-on", kernel: .arm64With4K, gibibytes: 4, dumps: ["boot"]),
    Run(folder: "B-arm64-4k-6.1-flush-fix", kernel: .arm64With4K, gibibytes: 1, dumps: ["nr4"]),
    Run(folder: "B-arm64-4k-6.1-flush-nofix", kernel: .arm64With4K, gibibytes: 1, dumps: ["nr4"]),
    Run(folder: "B-arm64-4k-6.1-flush-v4", kernel: .arm64With4K, gibibytes: 1, dumps: ["nr4"]),
    Run(
      folder: "B-arm64-4k-6.1-flush-fix-hvo-off", kernel: .arm64With4K, gibibytes: 1, dumps: ["nr4"],
      switchedOn: false),
    Run(
      folder: "B-arm64-4k-6.1-flush-nofix-hvo-off", kernel: .arm64With4K, gibibytes: 1, dumps: ["nr4"],
      switchedOn: false),
    Run(
      folder: "B-arm64-4k-6.1-flush-v4-hvo-off", kernel: .arm64With4K, gibibytes: 1, dumps: ["nr4"],
      switchedOn: false),
    Run(
      folder: "C1-arm64-16k-6.1-nofix", kernel: .arm64With16K, gibibytes: 4,
      dumps: ["0-boot", "1-2M-nr8", "2-32M-nr4", "3-32M-freed", "4-1G-freed"]),
    Run(
      folder: "D1-x86_64-6.1", kernel: .x86, gibibytes: 4,
      dumps: ["0-boot", "1-2M-nr16", "2-2M-freed", "1-2M-nr16", "5-sysctl1-nr32", "6-2M-freed", "7-1G-freed"]),
    Run(folder: "D2-x86_64-6.1-thread-2M-1024-off", kernel: .x86, gibibytes: 4, dumps: ["boot"], switchedOn: false),
    Run(folder: "D2-x86_64-6.1-thread-2M-1024-on", kernel: .x86, gibibytes: 4, dumps: ["boot"]),
  ]

  @Test(arguments: runs)
  func `the same hugepages give the same dump`(run: Run) throws {
    var machine = try Machine(run.kernel.setup(gibibytes: run.gibibytes, switchedOn: run.switchedOn))
    let ptdump = run.kernel.ptdump(machine.geometry)
    for name in run.dumps {
      let recorded = try RealKernel(run.folder).dump(name)
      try machine.bringPool(to: recorded)
      expectEqualLines(ptdump.lines(of: machine), recorded.lines, "\(run.folder) \(name)")
      #expect(machine.violations() == [])
    }
  }

  @Test func `a sysctl decides about future hugepages only (arm64)`() throws {
    let recorded = RealKernel("A1-arm64-4k-6.1-2M-runtime")
    var machine = try Machine(Kernel.arm64With4K.setup())
    let ptdump = Ptdump.arm64(machine.geometry)
    for name in ["1-nr16", "4-nr5"] { try machine.bringPool(to: recorded.dump(name)) }
    try machine.setOptimizeVmemmap(false)
    for address in try unoptimized(in: recorded, not: machine) {
      #expect(try machine.allocateHugepage(size: 2 * mebibyte, at: address) == .notOptimizable(.switchedOff))
    }
    #expect(machine.allHugepages.count == 12)
    expectEqualLines(ptdump.lines(of: machine), try recorded.dump("5-sysctl0-nr12").lines, "5-sysctl0-nr12")
    for hugepage in machine.allHugepages {
      #expect(try machine.freeHugepage(at: hugepage.physicalAddress) == .freed)
    }
    expectEqualLines(ptdump.lines(of: machine), try recorded.dump("6-freed0").lines, "6-freed0")
    try machine.setOptimizeVmemmap(true)
    let all = try recorded.dump("7-nr64")
    try machine.bringPool(to: all)
    #expect(machine.allHugepages.count == 64)
    expectEqualLines(ptdump.lines(of: machine), all.lines, "7-nr64")
    #expect(machine.violations() == [])
  }

  @Test func `a sysctl decides about future hugepages only (x86)`() throws {
    let recorded = RealKernel("D1-x86_64-6.1")
    var machine = try Machine(Kernel.x86.setup(gibibytes: 4))
    let ptdump = Ptdump.x86(machine.geometry)
    for name in ["0-boot", "1-2M-nr16"] { try machine.bringPool(to: recorded.dump(name)) }
    try machine.setOptimizeVmemmap(false)
    expectEqualLines(ptdump.lines(of: machine), try recorded.dump("3-sysctl0-nr16-unchanged").lines, "sysctl 0")
    let added = try unoptimized(in: recorded, not: machine).prefix(8)
    #expect(added.count == 8)
    for address in added {
      #expect(try machine.allocateHugepage(size: 2 * mebibyte, at: address) == .notOptimizable(.switchedOff))
    }
    expectEqualLines(ptdump.lines(of: machine), try recorded.dump("4-sysctl0-nr24").lines, "nr24")
    try machine.setOptimizeVmemmap(true)
    let later = try recorded.dump("5-sysctl1-nr32")
    try machine.bringPool(to: later)
    expectEqualLines(ptdump.lines(of: machine), later.lines, "nr32")
    #expect(machine.allHugepages.count == 33)
    #expect(machine.violations() == [])
  }

  @Test func `hot-added sections are optimized like those of boot`() throws {
    let recorded = RealKernel("E-arm64-4k-6.1-hotplug")
    var setup = try Kernel.arm64With4K.setup()
    setup.memory = [PhysicalRange(start: gibibyte, size: 1536 * mebibyte)]
    var machine = try Machine(setup)
    for name in ["1-added-offline", "2-nr200"] {
      let dump = try recorded.dump(name)
      try machine.bringPool(to: dump)
      expectEqualLines(Ptdump.arm64(machine.geometry).lines(of: machine), dump.lines, name)
    }
    #expect(machine.allHugepages.count == 200)
    #expect(machine.violations() == [])
  }

  @Test func `64K pages split nothing`() throws {
    var machine = try Machine(Kernel.arm64With4K.setup(gibibytes: 4))
    for index in 0..<UInt64(32768) {
      #expect(
        try machine.allocateHugepage(size: 64 << 10, at: 0x4000_0000 + index << 16)
          == .notOptimizable(.noVmemmapPageToFree))
    }
    let dump = try RealKernel("A3-arm64-4k-6.1-thread-64K-32768-on").dump("boot")
    expectEqualLines(Ptdump.arm64(machine.geometry).lines(of: machine), dump.lines, "A3")
    #expect(machine.counters == Counters())
  }

  @Test func `a hugepage that cannot be restored stays as it is`() throws {
    let recorded = RealKernel("A5-arm64-4k-6.1-restore-enomem")
    var machine = try Machine(Kernel.arm64With4K.setup(gibibytes: 4))
    let ptdump = Ptdump.arm64(machine.geometry)
    let failed = try recorded.dump("1-free-failed")
    try machine.bringPool(to: failed)
    let free = machine.freeFrames
    // 15776 KiB were free, and 4095 pages of 4 KiB were needed.
    machine.leaveFreeFrames(15776 / 4)
    #expect(try machine.freeHugepage(at: 0xc000_0000) == .keptAsSurplus)
    expectEqualLines(ptdump.lines(of: machine), failed.lines, "1-free-failed")
    machine.leaveFreeFrames(free)
    expectEqualLines(ptdump.lines(of: machine), try recorded.dump("2-freed").lines, "2-freed")
    #expect(machine.allHugepages.map(\.isSurplus) == [true])
    #expect(machine.violations() == [])
  }

  @Test(arguments: [
    ("A1-arm64-4k-6.1-2M-runtime", Kernel.arm64With4K, 1 as UInt64),
    ("A5-arm64-4k-6.1-restore-enomem", .arm64With4K, 4), ("D1-x86_64-6.1", .x86, 4),
  ])
  func `entries have the bits of the real ones`(folder: String, kernel: Kernel, gibibytes: UInt64) throws {
    var machine = try Machine(kernel.setup(gibibytes: gibibytes))
    var compared = 0
    let pools = try LabPool.all(in: RealKernel(folder))
    for pool in pools {
      let pfn = try machine.pageFrameNumber(of: pool.head)
      let address = pfn * machine.geometry.pageSize
      if !machine.allHugepages.contains(where: { $0.physicalAddress == address }) {
        try machine.setOptimizeVmemmap(pool.isOptimized)
        _ = try machine.allocateHugepage(size: pool.size, at: address)
      }
      guard try machine.hugepage(at: address).isOptimized == pool.isOptimized else { continue }
      for (index, run) in pool.entries.enumerated() where index == 0 || run.isReadOnly {
        let entry = try #require(machine.translation(of: run.address)).entry
        #expect(entry == run.entry, "\(folder) \(String(run.address, radix: 16))")
        compared += 1
      }
    }
    #expect(compared >= 3)
  }

  /// Physical addresses of the 2M pages that a run's driver lists as not optimized, and that the machine does not have.
  private func unoptimized(in recorded: RealKernel, not machine: Machine) throws -> [UInt64] {
    let known = Set(machine.allHugepages.map(\.head))
    var heads: [UInt64] = []
    for pool in try LabPool.all(in: recorded)
    where !pool.isOptimized && !known.contains(pool.head) && !heads.contains(pool.head) {
      heads.append(pool.head)
    }
    return try heads.map { try machine.pageFrameNumber(of: $0) * machine.geometry.pageSize }
  }
}

extension Machine {
  /// Frees the optimized hugepages that a dump does not show, and allocates those that it shows.
  mutating func bringPool(to dump: PageTableDump) throws {
    let wanted = dump.optimizedHugepages(layout)
    for hugepage in allHugepages where hugepage.isOptimized {
      let same = LabHugepage(physicalAddress: hugepage.physicalAddress, size: hugepage.size)
      if !wanted.contains(same) { #expect(try freeHugepage(at: hugepage.physicalAddress) == .freed) }
    }
    let present = Set(allHugepages.map(\.physicalAddress))
    for hugepage in wanted where !present.contains(hugepage.physicalAddress) {
      let freed = geometry.freedPages(perHugepage: hugepage.size, keeping: 1)
      #expect(
        try allocateHugepage(size: hugepage.size, at: hugepage.physicalAddress) == .optimized(freedFrames: freed))
    }
  }
}

/// Compares line by line, and says which line is the first that differs.
func expectEqualLines(
  _ actual: [String], _ expected: [String], _ what: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  for (index, pair) in zip(actual, expected).enumerated() where pair.0 != pair.1 {
    Issue.record("\(what) line \(index + 1):\n  got  \(pair.0)\n  want \(pair.1)", sourceLocation: sourceLocation)
    return
  }
  #expect(actual.count == expected.count, "\(what): number of lines", sourceLocation: sourceLocation)
}
