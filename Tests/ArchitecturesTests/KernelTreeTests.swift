import Diagnostics
import Foundation
import Kconfig
import Testing

@testable import Architectures

/// The configurations of the shipped descriptors against those of the kernel trees that they were read in.
///
/// The trees are not part of the repository: `HVOCHECK_KERNEL_TREES` names a folder with `linux-source-6.1` and
/// `linux-source-6.12`, `HVOCHECK_KCONFIG_ORACLES` the folder with recorded answers to their shell commands.
@Suite(.enabled(if: KernelTrees.isAvailable, KernelTrees.absence))
struct KernelTreeTests {
  struct Row: CustomTestStringConvertible {
    var file: String
    var architecture: String
    var tree: String
    var toolchain = "dummy"
    /// Lines of `config:` that are left out besides `policy`.
    var free: Set<String> = []
    /// What another version than that of the descriptor has.
    var changes = ""
    /// The folder under arch/.
    var directory: String { architecture == "x86_64" ? "x86" : architecture }
    var testDescription: String { "\(file) in \(tree) with \(toolchain)" }
  }

  static let rows = [
    Row(file: "x86_64", architecture: "x86_64", tree: "6.12"),
    // KMSAN needs a clang.
    Row(file: "x86_64", architecture: "x86_64", tree: "6.12", toolchain: "llvm", free: ["KMSAN"]),
    Row(file: "riscv64", architecture: "riscv", tree: "6.12"),
    Row(file: "loongarch64", architecture: "loongarch", tree: "6.12"),
    Row(file: "arm64", architecture: "arm64", tree: "6.1"),
    Row(
      file: "x86_64", architecture: "x86_64", tree: "6.1",
      changes: """
        source: {version: v6.1.192}
        select:
          - {symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP, if: X86_64, at: arch/x86/Kconfig:128}
          - {symbol: SPARSEMEM_VMEMMAP_ENABLE, if: X86_64, at: arch/x86/Kconfig:1625}
          - {symbol: HAVE_ALIGNED_STRUCT_PAGE, if: SLUB, at: arch/x86/Kconfig:167}
        """),
    Row(
      file: "riscv64", architecture: "riscv", tree: "6.1",
      changes: """
        source: {version: v6.1.192}
        select:
          - {symbol: SPARSEMEM_VMEMMAP_ENABLE, if: 64BIT, at: arch/riscv/Kconfig:188}
        """),
    Row(
      file: "arm64", architecture: "arm64", tree: "6.12",
      changes: """
        source: {version: v6.12.117, patches: null}
        config: {SLUB: null}
        select:
          - {symbol: SPARSEMEM_VMEMMAP_ENABLE, at: arch/arm64/Kconfig:1622}
          - {symbol: SPARSEMEM_VMEMMAP, at: arch/arm64/Kconfig:1623}
          - {symbol: HAVE_ALIGNED_STRUCT_PAGE, at: arch/arm64/Kconfig:168}
        """),
  ]

  /// What a `.config` decides and a descriptor says of the one that it is about.
  private static let policy: Set<String> = [
    "HUGETLBFS", "SPARSEMEM", "SPARSEMEM_VMEMMAP", "MEMCG", "KFENCE", "SLUB",
  ]

  /// Symbols of interest, as far as a tree and a descriptor of its version have them.
  private static let symbols = [
    "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP", "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP", "HUGETLB_PAGE_OPTIMIZE_VMEMMAP",
    "HUGETLB_PAGE", "HUGETLBFS", "SPARSEMEM_VMEMMAP", "SPARSEMEM_VMEMMAP_ENABLE", "MEMCG", "SLAB_OBJ_EXT",
    "HAVE_ALIGNED_STRUCT_PAGE", "KMSAN",
    "SLUB", "PAGE_SIZE_4KB", "PAGE_SIZE_16KB", "PAGE_SIZE_64KB", "MEMORY_HOTPLUG",
  ]

  @Test(arguments: rows)
  func `a cell exists exactly where the tree can be configured so`(row: Row) throws {
    let tree = try KernelTrees.model(row.tree, row.architecture, toolchain: row.toolchain)
    let catalog = try shippedCatalog()
    let shipped = try FolderProvider(folder: Fixtures.repository.appendingPathComponent("arches"))
      .read("\(row.file).yaml")
    let header = "schema: hvo/arch/v1\narch: \(row.directory)\nextends: \(row.file)\n"
    let sources = TextProvider(texts: ["\(row.file).yaml": shipped.text, "changed.yaml": header + row.changes])
    let descriptor = try DescriptorLoader(sources: sources)
      .load(row.changes.isEmpty ? "\(row.file).yaml" : "changed.yaml")
    for architecture in try ArchitectureReader(catalog: catalog).read(descriptor) {
      let space = ConfigurationSpace(of: architecture, catalog: catalog)
      let model = try DescriptorKconfig(of: architecture, catalog: catalog, others: Set(Self.symbols)).model()
      func isInBoth(_ name: String) -> Bool { tree.isDefined(name) && model.isDefined(name) }
      // As the descriptor is; then whatever else its .config could say.
      let said = space.said.filter { isInBoth($0.symbol) }
      let name = "\(architecture.name) in \(row.tree), \(row.toolchain)"
      try compare(Self.symbols.filter(isInBoth), said, model, tree, name)
      let conditions = architecture.structPageSizes.map(\.condition) + architecture.defines.map(\.condition)
      let cell = Set(
        Self.symbols.prefix(3) + ["SPARSEMEM_VMEMMAP"] + conditions.flatMap { $0?.symbols.map(\.text) ?? [] }
          + space.kconfig.names.inCode)
      try compare(
        cell.sorted().filter(isInBoth),
        said.filter { !Self.policy.contains($0.symbol) && !row.free.contains($0.symbol) }, model, tree,
        name + ", any .config")
    }
  }

  private func compare(
    _ symbols: [String], _ said: [KconfigSpace.Requirement], _ model: KconfigModel, _ tree: KconfigModel,
    _ name: String
  ) throws {
    let ours = try combinations(of: symbols, in: model, said)
    let theirs = try combinations(of: symbols, in: tree, said)
    print("\(name): \(ours.count) combinations, the tree has \(theirs.count)")
    func listed(_ combinations: Set<[String]>) -> [String] {
      combinations.map { zip(symbols, $0).map { "\($0)=\($1)" }.joined(separator: " ") }.sorted()
    }
    #expect(listed(ours.subtracting(theirs)).isEmpty, "not in the tree: \(name)")
    #expect(listed(theirs.subtracting(ours)).isEmpty, "only in the tree: \(name)")
    #expect(!theirs.isEmpty)
  }

  private func combinations(
    of symbols: [String], in model: KconfigModel, _ requirements: [KconfigSpace.Requirement]
  ) throws -> Set<[String]> {
    Set(
      try KconfigSpace(of: symbols, in: model, requiring: requirements)
        .combinations(preferring: [], mostCombinations: 10_000).map(\.values))
  }
}

extension KconfigModel {
  fileprivate func isDefined(_ name: String) -> Bool {
    symbolID(named: name).map { symbol($0).type != .unknown } ?? false
  }
}

/// Kernel trees and what their Kconfig files ask the shell.
enum KernelTrees {
  private static func folder(_ variable: String, beside path: String? = nil, with file: String) -> URL? {
    let beside = path.map { Fixtures.repository.deletingLastPathComponent().appendingPathComponent($0) }
    return [ProcessInfo.processInfo.environment[variable].map { URL(filePath: $0) }, beside].compactMap(\.self)
      .first { FileManager.default.fileExists(atPath: $0.appending(path: file).path) }
  }

  private static let trees = folder("HVOCHECK_KERNEL_TREES", with: "linux-source-6.12/scripts/Kconfig.include")
  private static let oracles = folder(
    "HVOCHECK_KCONFIG_ORACLES", beside: "shared/kconfig-oracles", with: "probes.tar.xz")

  static let isAvailable = trees != nil && oracles != nil
  static let absence: Comment =
    "no kernel trees: set HVOCHECK_KERNEL_TREES and HVOCHECK_KCONFIG_ORACLES to the folders of trees and answers"

  private struct Recording: Decodable {
    struct Probe: Decodable {
      var cmd: String
      var out: String
    }

    var env: [String: String]
    var probes: [Probe]
  }

  private struct Files: KconfigSources {
    var tree: String

    func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
      FileManager.default.contents(atPath: path.hasPrefix("/") ? path : tree + "/" + path).map { [UInt8]($0) }
    }
  }

  /// A tree as a toolchain sees it; `dummy` is the kernel's own scripts/dummy-tools.
  static func model(_ version: String, _ architecture: String, toolchain: String) throws -> KconfigModel {
    let tree = try #require(trees).appending(path: "linux-source-\(version)").path
    let tar = Process()
    let output = Pipe()
    tar.executableURL = URL(filePath: "/bin/tar")
    tar.arguments = [
      "-xOf", try #require(oracles).appending(path: "probes.tar.xz").path,
      "\(version)-\(architecture)-\(toolchain).json",
    ]
    tar.standardOutput = output
    try tar.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    tar.waitUntilExit()
    let recording = try JSONDecoder().decode(Recording.self, from: data)
    func placed(_ text: String) -> String { text.replacing("@SRCTREE@", with: tree) }
    var probes = ProbeTable()
    for probe in recording.probes {
      probes.record(Array(placed(probe.out).utf8), of: Array(placed(probe.cmd).utf8))
    }
    return try KconfigModel.read(
      language: version == "6.1" ? .v6_1 : .v6_12, environment: recording.env.mapValues(placed),
      sources: Files(tree: tree), probes: probes)
  }
}
