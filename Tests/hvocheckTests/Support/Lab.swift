import Foundation

/// Recordings of real kernels: not part of the repository, found by HVOCHECK_LAB or beside it.
enum Lab {
  static let folder: URL? = {
    let candidates = [
      ProcessInfo.processInfo.environment["HVOCHECK_LAB"].map { URL(filePath: $0) },
      Repository.root.deletingLastPathComponent().appending(path: "shared/lab"),
    ]
    return candidates.compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0.appending(path: "README.md").path)
    }
  }()

  static let isAvailable = folder != nil
  static let absence = "no recordings of real kernels: set HVOCHECK_LAB to their folder"
}

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

  let folder: String
  let layout: Layout
  /// The script so far, and the pages that it has allocated.
  private(set) var script: String
  private(set) var pool: Set<Hugepage> = []
  private(set) var labels: [String] = []

  init(_ folder: String, _ layout: Layout, gibibytes: Int, switchedOn: Bool = true) {
    self.folder = folder
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
    try labels.flatMap { label in ["# \(label)"] + (try lines(of: label)) }
  }

  /// The recorded dump of the vmemmap, both banners included.
  func lines(of name: String) throws -> [String] {
    try text("dump-\(name).txt").split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// Each read-only run of a dump with the page before it is the vmemmap of one optimised page.
  func poolOfDump(_ name: String) throws -> [Hugepage] {
    try lines(of: name).compactMap { line in
      guard line.contains(" ro ") else { return nil }
      let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt64($0.dropFirst(2), radix: 16) }
      guard ends.count == 2 else { return nil }
      let head = ends[0] - 4096
      return Hugepage(address: layout.physicalAddress(ofStructPage: head), size: (ends[1] - head) / 64 * 4096)
    }
  }

  /// 2M pages that the console log lists as not optimised and that are not in the pool, in the log's order.
  func unoptimized() throws -> [Hugepage] {
    var pages: [Hugepage] = []
    for line in try text("console.log").split(separator: "\n")
    where line.contains("hugepages-2048kB") && line.contains("optimized=0") {
      guard let word = line.split(separator: " ").first(where: { $0.hasPrefix("head=") }),
        let head = UInt64(word.dropFirst(5), radix: 16)
      else { continue }
      let page = Hugepage(address: layout.physicalAddress(ofStructPage: head), size: 2 << 20)
      if !pool.contains(page), !pages.contains(page) { pages.append(page) }
    }
    return pages
  }

  private func text(_ file: String) throws -> String {
    guard let lab = Lab.folder else { throw CocoaError(.fileNoSuchFile) }
    return try String(contentsOf: lab.appending(path: folder).appending(path: file), encoding: .utf8)
  }
}
