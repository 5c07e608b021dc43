import Foundation
import Kconfig
import Testing

/// What is reachable with some toolchain, against what is with those that were recorded.
struct FreeProbeTreeTests {
  private static let symbols = [
    "HUGETLB_PAGE_OPTIMIZE_VMEMMAP", "SPARSEMEM_VMEMMAP", "HUGETLBFS", "MEMCG", "KMSAN", "MEMORY_HOTREMOVE",
  ]

  @Test(
    .enabled(if: RecordedTree.isAvailable, RecordedTree.absence), arguments: ["6.1", "6.12"],
    ["x86_64", "arm64", "riscv"])
  func noToolchainIsLeftOut(version: String, arch: String) throws {
    let folder = try RecordedTree.unpackedRecordings()
    defer { try? FileManager.default.removeItem(at: folder) }
    var recorded: Set<[String]> = []
    var environment: [String: String] = [:]
    for toolchain in ["dummy", "gcc12", "llvm"] {
      let tree = try RecordedTree(version: version, key: "\(version)-\(arch)-\(toolchain)", recordings: folder)
      recorded.formUnion(try KconfigReachability(of: Self.symbols, in: tree.model()).combinations.map(\.values))
      environment = tree.environment.merging(FreeProbes.environment) { $1 }
    }
    let path = try #require(environment["srctree"])
    let sources = RecordedTree.Files(tree: path)
    let language: KconfigLanguage = version == "6.1" ? .v6_1 : .v6_12
    let model = try KconfigModel.read(
      language: language, environment: environment, sources: sources,
      free: FreeProbes(folder: path, sources: sources, environment: environment))
    let found = try KconfigReachability(of: Self.symbols, in: model)
    // So far some machine has every combination that there is.
    #expect(Set(found.combinations.map(\.values)) == recorded)
    for combination in found.combinations {
      let assumed = AssumedProbes(
        combination.answers, in: model, folder: path, sources: sources, environment: environment)
      #expect(!assumed.isContradictory)
      let again = try KconfigModel.read(
        language: language, environment: environment, sources: sources, probes: assumed)
      var evaluation = KconfigEvaluation(again)
      _ = evaluation.read(Array(combination.witness.map { $0.line + "\n" }.joined().utf8))
      let values = Self.symbols.map { again.symbolID(named: $0).map { evaluation.value(of: $0).text } ?? "n" }
      #expect(values == combination.values)
    }
  }

  /// The kernel's own scripts/dummy-tools are described, not run.
  @Test(.enabled(if: RecordedTree.isAvailable, RecordedTree.absence), arguments: ["6.1", "6.12"])
  func theDescribedToolchainAnswersAsRecorded(version: String) throws {
    let folder = try RecordedTree.unpackedRecordings()
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix(version + "-") && $0.hasSuffix("-dummy.json") }
    #expect(names.count > 5)
    for name in names.sorted() {
      let tree = try RecordedTree(version: version, key: String(name.dropLast(5)), recordings: folder)
      let probes = BuiltInProbes(
        DescribedToolchain.dummy.placed(in: tree.path), folder: tree.path, sources: tree.files,
        environment: tree.environment)
      for probe in tree.recording.probes {
        #expect(probes.output(of: tree.placed(probe.cmd)) == tree.placed(probe.out), "\(name): \(probe.cmd)")
      }
    }
  }
}
