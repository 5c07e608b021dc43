import Kconfig
import TestSupport
import Testing

/// What is reachable with some toolchain, against what is with those that were recorded.
struct FreeProbeTreeTests {
  private static let symbols = [
    "HUGETLB_PAGE_OPTIMIZE_VMEMMAP", "SPARSEMEM_VMEMMAP", "HUGETLBFS", "MEMCG", "KMSAN", "MEMORY_HOTREMOVE",
  ]

  /// Scripts of powerpc that answer by chance: under `pipefail`, `grep -q` may end before the compiler has written all,
  /// and the signal that stops it counts as a failure. The described toolchain answers as if all was written.
  private static let chance = ["gcc-check-fpatchable-function-entry.sh", "gcc-check-mprofile-kernel.sh"]

  @Test(
    .enabled(if: RecordedTree.hasOtherToolchains, RecordedTree.absenceOfToolchains), arguments: ["6.1", "6.12"],
    ["x86_64", "arm64", "riscv"])
  func noToolchainIsLeftOut(version: String, arch: String) throws {
    let language: KconfigLanguage = version == "6.1" ? .v6_1 : .v6_12
    let dummy = try RecordedTree(version: version, architecture: arch)
    let others = try ["gcc12", "llvm"].map {
      try RecordedTree(version: version, architecture: arch, toolchain: $0)
    }
    var recorded: Set<[String]> = []
    for tree in [dummy] + others {
      recorded.formUnion(
        try KconfigReachability(of: Self.symbols, in: tree.model(language)).combinations.map(\.values))
    }
    let environment = dummy.environment.merging(FreeProbes.environment) { $1 }
    let (path, sources) = (dummy.path, dummy.files)
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
    let names = try RecordedTree.architectures(of: version)
    #expect(names.count > 5)
    for name in names {
      let tree = try RecordedTree(version: version, architecture: name)
      let probes = BuiltInProbes(
        DescribedToolchain.dummy.placed(in: tree.path), folder: tree.path, sources: tree.files,
        environment: tree.environment)
      for probe in tree.probes where !Self.chance.contains(where: probe.cmd.contains) {
        #expect(probes.output(of: Array(probe.cmd.utf8)) == Array(probe.out.utf8), "\(name): \(probe.cmd)")
      }
    }
  }
}
