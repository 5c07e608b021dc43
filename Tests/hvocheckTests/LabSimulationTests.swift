import TestSupport
import Testing

/// `sim --script` with the shipped descriptors against recordings of real kernels, line by line.
struct LabSimulationTests {
  /// arm64 as 6.1 has it, which knows the sysctl; the shipped descriptor is v5.18.
  static let arm64With61 = """
    schema: hvo/arch/v1
    extends: arm64
    arch: arm64
    source: {version: v6.1.192, patches: []}
    select:
      - {symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}
      - {symbol: SPARSEMEM_VMEMMAP_ENABLE}
      - {symbol: SPARSEMEM_VMEMMAP}
      - {symbol: HAVE_ALIGNED_STRUCT_PAGE}
    flush_dcache_page:
      body: |
        page = compound_head(page);
        clear_bit(PG_dcache_clean, &page->flags);
    """

  private func expectRecorded(_ run: LabRun, _ architecture: String) throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write("arches/real.yaml", Self.arm64With61)
    try folder.write("steps.txt", run.script)
    let result = try Tool.run(["sim", architecture, "--script", "steps.txt"], in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "")
    let lines = result.output.split(separator: "\n").map(String.init)
    let expected = try run.expectedOutput()
    for (number, pair) in zip(lines, expected).enumerated() where pair.0 != pair.1 {
      Issue.record("\(run.recorded.name) line \(number + 1):\n  got  \(pair.0)\n  want \(pair.1)")
      return
    }
    #expect(lines.count == expected.count)
    #expect(expected.count >= 6)
  }

  @Test(arguments: ["arm64-4k", "real-4k"])
  func `2M pages at run time (arm64)`(architecture: String) throws {
    var run = LabRun("A1-arm64-4k-6.1-2M-runtime", .arm64, gibibytes: 1)
    for name in ["0-boot", "1-nr16", "2-freed0", "3-again16", "4-nr5", "6-freed0", "7-nr64"] {
      try run.bringPool(to: name)
    }
    #expect(run.pool.count == 64)
    try expectRecorded(run, architecture)
  }

  @Test func `a sysctl decides about future pages only (arm64)`() throws {
    var run = LabRun("A1-arm64-4k-6.1-2M-runtime", .arm64, gibibytes: 1)
    for name in ["0-boot", "1-nr16", "4-nr5"] { try run.bringPool(to: name) }
    run.sysctl(0)
    run.allocate(try run.unoptimized())
    #expect(run.pool.count == 12)
    run.dump("5-sysctl0-nr12")
    run.free(run.pool)
    run.dump("6-freed0")
    run.sysctl(1)
    try run.bringPool(to: "7-nr64")
    #expect(run.pool.count == 64)
    try expectRecorded(run, "real-4k")
  }

  @Test(arguments: [true, false])
  func `the machine of the patch thread (arm64)`(switchedOn: Bool) throws {
    var run = LabRun(
      "A2-arm64-4k-6.1-thread-2M-1024-" + (switchedOn ? "on" : "off"), .arm64, gibibytes: 4, switchedOn: switchedOn)
    let on = LabRun("A2-arm64-4k-6.1-thread-2M-1024-on", .arm64, gibibytes: 4)
    run.allocate(try on.poolOfDump("boot"))
    #expect(run.pool.count == 1024)
    run.dump("boot")
    try expectRecorded(run, "arm64-4k")
  }

  @Test func `64K pages split nothing (arm64)`() throws {
    var run = LabRun("A3-arm64-4k-6.1-thread-64K-32768-on", .arm64, gibibytes: 4)
    run.allocate((0..<32768).map { LabRun.Hugepage(address: 0x4000_0000 + $0 << 16, size: 64 << 10) })
    run.dump("boot")
    try expectRecorded(run, "arm64-4k")
  }

  @Test func `1G at boot, 2M at run time, the sysctl, and back (x86)`() throws {
    var run = LabRun("D1-x86_64-6.1", .x86, gibibytes: 4)
    for name in ["0-boot", "1-2M-nr16", "2-2M-freed", "1-2M-nr16"] { try run.bringPool(to: name) }
    run.sysctl(0)
    run.dump("3-sysctl0-nr16-unchanged")
    run.allocate(try run.unoptimized().prefix(8))
    #expect(run.pool.count == 25)
    run.dump("4-sysctl0-nr24")
    run.sysctl(1)
    run.allocate(Set(try run.poolOfDump("5-sysctl1-nr32")).subtracting(run.pool))
    #expect(run.pool.count == 33)
    run.dump("5-sysctl1-nr32")
    run.free(run.pool.filter { $0.size == 2 << 20 })
    run.dump("6-2M-freed")
    run.free(run.pool)
    run.dump("7-1G-freed")
    try expectRecorded(run, "x86_64")
  }

  @Test(arguments: [true, false])
  func `the machine of the patch thread (x86)`(switchedOn: Bool) throws {
    var run = LabRun(
      "D2-x86_64-6.1-thread-2M-1024-" + (switchedOn ? "on" : "off"), .x86, gibibytes: 4, switchedOn: switchedOn)
    let on = LabRun("D2-x86_64-6.1-thread-2M-1024-on", .x86, gibibytes: 4)
    run.allocate(try on.poolOfDump("boot"))
    #expect(run.pool.count == 1024)
    run.dump("boot")
    try expectRecorded(run, "x86_64")
  }
}
