import Diagnostics
import Foundation
import Kconfig
import TestSupport
import Testing

@testable import Architectures

/// The configurations of the shipped descriptors against those of the kernel trees that they were read in.
struct KernelTreeTests {
  struct Row: CustomTestStringConvertible {
    var file: String
    var architecture: String
    var tree: String
    /// Nil is the kernel's own scripts/dummy-tools.
    var toolchain: String?
    /// Lines of `config:` that are left out besides `policy`.
    var free: Set<String> = []
    /// What another version than that of the descriptor has.
    var changes = ""
    /// The folder under arch/.
    var directory: String { architecture == "x86_64" ? "x86" : architecture }
    /// The architectures of the shipped descriptor, as they are in the version of the tree.
    func architectures(_ catalog: KernelCatalog) throws -> [Architecture] {
      let shipped = try FolderProvider(folder: Repository.url("arches")).read("\(file).yaml")
      let header = "schema: hvo/arch/v1\narch: \(directory)\nextends: \(file)\n"
      let sources = TextProvider(texts: ["\(file).yaml": shipped.text, "changed.yaml": header + changes])
      let descriptor = try DescriptorLoader(sources: sources).load(changes.isEmpty ? "\(file).yaml" : "changed.yaml")
      return try ArchitectureReader(catalog: catalog).read(descriptor)
    }
    var testDescription: String { "\(file) in \(tree)\(toolchain.map { " with \($0)" } ?? "")" }
  }

  static let rows = [
    Row(file: "x86_64", architecture: "x86_64", tree: "6.12"),
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
  static let policy: Set<String> = [
    "HUGETLBFS", "SPARSEMEM", "SPARSEMEM_VMEMMAP", "MEMCG", "KFENCE", "SLUB",
  ]

  /// Symbols of interest, as far as a tree and a descriptor of its version have them.
  static let symbols = [
    "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP", "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP", "HUGETLB_PAGE_OPTIMIZE_VMEMMAP",
    "HUGETLB_PAGE", "HUGETLBFS", "SPARSEMEM_VMEMMAP", "SPARSEMEM_VMEMMAP_ENABLE", "MEMCG", "SLAB_OBJ_EXT",
    "HAVE_ALIGNED_STRUCT_PAGE", "KMSAN",
    "SLUB", "PAGE_SIZE_4KB", "PAGE_SIZE_16KB", "PAGE_SIZE_64KB", "MEMORY_HOTPLUG",
  ]

  @Test(.enabled(if: RecordedTree.isAvailable, RecordedTree.absence), arguments: rows)
  func `a cell exists exactly where the tree can be configured so`(row: Row) throws {
    try compare(row, with: RecordedTree(version: row.tree, architecture: row.architecture))
  }

  @Test(.enabled(if: RecordedTree.hasOtherToolchains, RecordedTree.absenceOfToolchains))
  func `a clang can do what no gcc can, which is KMSAN`() throws {
    let row = Row(file: "x86_64", architecture: "x86_64", tree: "6.12", toolchain: "llvm", free: ["KMSAN"])
    try compare(row, with: RecordedTree(version: row.tree, architecture: row.architecture, toolchain: "llvm"))
  }

  private func compare(_ row: Row, with recorded: RecordedTree) throws {
    let tree = try recorded.model(row.tree == "6.1" ? .v6_1 : .v6_12)
    let catalog = try shippedCatalog()
    for architecture in try row.architectures(catalog) {
      let space = ConfigurationSpace(of: architecture, catalog: catalog)
      let model = try DescriptorKconfig(of: architecture, catalog: catalog, others: Set(Self.symbols)).model()
      func isInBoth(_ name: String) -> Bool { tree.isDefined(name) && model.isDefined(name) }
      // As the descriptor is; then whatever else its .config could say.
      let said = space.said.filter { isInBoth($0.symbol) }
      let name = "\(architecture.name), \(row.testDescription)"
      try compare(Self.symbols.filter(isInBoth), said, model, tree, name)
      let cell = Self.symbolsOfCell(architecture, space)
      try compare(
        cell.sorted().filter(isInBoth),
        said.filter { !Self.policy.contains($0.symbol) && !row.free.contains($0.symbol) }, model, tree,
        name + ", any .config")
    }
  }

  /// What decides about a cell, whatever else a .config says.
  static func symbolsOfCell(_ architecture: Architecture, _ space: ConfigurationSpace) -> Set<String> {
    let conditions = architecture.structPageSizes.map(\.condition) + architecture.defines.map(\.condition)
    return Set(
      symbols.prefix(3) + ["SPARSEMEM_VMEMMAP"] + conditions.flatMap { $0?.symbols.map(\.text) ?? [] }
        + space.kconfig.names.inCode)
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
  func isDefined(_ name: String) -> Bool {
    symbolID(named: name).map { symbol($0).type != .unknown } ?? false
  }
}

extension RecordedTree {
  private struct Files: KconfigSources {
    var tree: String

    func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
      FileManager.default.contents(atPath: path.hasPrefix("/") ? path : tree + "/" + path).map { [UInt8]($0) }
    }
  }

  /// The Kconfig files as the toolchain answers them.
  fileprivate func model(_ language: KconfigLanguage) throws -> KconfigModel {
    var table = ProbeTable()
    for probe in probes { table.record(Array(probe.out.utf8), of: Array(probe.cmd.utf8)) }
    return try KconfigModel.read(
      language: language, environment: environment, sources: Files(tree: path), probes: table)
  }
}
