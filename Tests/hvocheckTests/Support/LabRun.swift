import TestSupport

/// One recorded run, read as steps for a script.
struct LabRun {
  /// Virtual address of the first struct page, and the page frame it belongs to.
  enum Layout {
    case arm64
    case x86

    func physicalAddress(ofStructPage address: UInt64) -> UInt64 {
      switch self {
      case .arm64: (address - 0xffff_fc00_0000_0000) / 64 * 4096 + 0x4000_0000
      case .x86: (address - 0xffff_ea00_0000_0000) / 64 * 4096
      }
    }
  }

  /// A HugeTLB page.
  struct Hugepage: Hashable {
    var address: UInt64
    var size: UInt64
  }

  let recorded: RealKernel
  let layout: Layout
  /// The script so far, and the pages that it has allocated.
  private(set) var script: String
  private(set) var pool: Set<Hugepage> = []
  private(set) var labels: [String] = []

  init(_ folder: String, _ layout: Layout, gibibytes: Int, switchedOn: Bool = true) {
    recorded = RealKernel(folder)
    self.layout = layout
    script = "boot hugetlb_free_vmemmap=\(switchedOn ? "on" : "off")\n"
    switch layout {
    // QEMU's virt has memory from 1G on, q35 a hole between 2G and 4G.
    case .arm64: script += "memory 0x40000000+\(gibibytes)G\n"
    case .x86: script += "memory 0x0+2G\nmemory 0x100000000+\(gibibytes - 2)G\n"
    }
  }

  /// Steps from the pool as it is to the optimised pages that a dump shows; then the dump.
  mutating func bringPool(to name: String) throws {
    let wanted = Set(try poolOfDump(name))
    free(pool.subtracting(wanted))
    allocate(wanted.subtracting(pool))
    dump(name)
  }

  mutating func allocate(_ pages: some Collection<Hugepage>) {
    for size in Set(pages.map(\.size)).sorted() {
      let addresses = pages.filter { $0.size == size }.map(\.address).sorted()
      script += "alloc \(size) " + addresses.map { "0x" + String($0, radix: 16) }.joined(separator: " ") + "\n"
    }
    pool.formUnion(pages)
  }

  mutating func free(_ pages: some Collection<Hugepage>) {
    guard !pages.isEmpty else { return }
    let addresses = pages.map(\.address).sorted()
    script += "free " + addresses.map { "0x" + String($0, radix: 16) }.joined(separator: " ") + "\n"
    pool.subtract(pages)
  }

  mutating func sysctl(_ value: Int) {
    script += "sysctl vm.hugetlb_optimize_vmemmap=\(value)\n"
  }

  mutating func dump(_ name: String) {
    labels.append(name)
    script += "dump \(name)\n"
  }

  /// What a run of the script has to print.
  func expectedOutput() throws -> [String] {
    try labels.flatMap { label in ["# \(label)"] + (try recorded.dump(label).lines) }
  }

  /// Each read-only run of a dump with the page before it is the vmemmap of one optimised page.
  func poolOfDump(_ name: String) throws -> [Hugepage] {
    try recorded.dump(name).readOnlyRuns.map { run in
      let head = run.lowerBound - 4096
      return Hugepage(
        address: layout.physicalAddress(ofStructPage: head), size: (run.upperBound - head) / 64 * 4096)
    }
  }

  /// 2M pages that the driver lists as not optimised and that are not in the pool, in its order.
  func unoptimized() throws -> [Hugepage] {
    var pages: [Hugepage] = []
    for line in try recorded.driverLines()
    where line.contains("hugepages-2048kB") && line.contains("optimized=0") {
      guard let head = line.hexadecimal("head") else { continue }
      let page = Hugepage(address: layout.physicalAddress(ofStructPage: head), size: 2 << 20)
      if !pool.contains(page), !pages.contains(page) { pages.append(page) }
    }
    return pages
  }
}
