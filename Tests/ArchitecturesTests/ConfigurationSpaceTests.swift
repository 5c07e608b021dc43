import Architectures
import Diagnostics
import Kconfig
import KernelC
import Testing

/// Which configurations of a descriptor are distinguished, and what is assumed in each.
@Suite struct ConfigurationSpaceTests {
  private let base: String

  init() throws {
    base = try FolderProvider().read("ok/_base.yaml").text
  }

  /// The space of the base descriptor of the fixtures with differences.
  private func space(_ differences: String) throws -> (space: ConfigurationSpace, configurations: [Configuration]) {
    let child = "schema: hvo/arch/v1\narch: arm64\nextends: base\n" + differences
    let sources = TextProvider(texts: ["base.yaml": base, "port.yaml": child])
    let catalog = try shippedCatalog()
    let descriptor = try DescriptorLoader(sources: sources).load("port.yaml")
    let architecture = try #require(try ArchitectureReader(catalog: catalog).read(descriptor).first)
    let space = ConfigurationSpace(of: architecture, catalog: catalog)
    return (space, try space.configurations())
  }

  private func assumptions(_ differences: String) throws -> [String] {
    try space(differences).configurations.map(\.assumptions)
  }

  @Test func whatIsSaidIsNotAssumed() throws {
    let (space, configurations) = try space("")
    #expect(configurations.map(\.assumptions) == [""])
    #expect(configurations.map(space.isEnabled) == [true])
    #expect(configurations.map(space.optsIn) == [true])
  }

  @Test func aSymbolThatDecidesTheSizeOfStructPageIsTriedWithBothValues() throws {
    let (space, configurations) = try space(
      "struct_page: {size: null, sizes: [{size: 64, if: MEMCG}, {size: 56}]}")
    #expect(configurations.map(\.assumptions) == ["MEMCG=y", "MEMCG=n"])
    #expect(configurations.map { space.structPageSize(in: $0)?.value } == [64, 56])
  }

  @Test func configurationsThatLookAlikeAreOne() throws {
    let text = "struct_page: {size: null, sizes: [{size: 64, if: MEMCG || NUMA}, {size: 56}]}"
    #expect(try assumptions(text) == ["MEMCG=y, NUMA=y", "MEMCG=n, NUMA=n"])
  }

  @Test func aSymbolWithoutEffectIsNoAssumption() throws {
    #expect(try assumptions("struct_page: {size: null, sizes: [{size: 64, if: MEMCG || !MEMCG}, {size: 56}]}") == [""])
    #expect(try assumptions("struct_page: {size: null, sizes: [{size: 64, if: MEMCG}, {size: 64}]}") == [""])
    #expect(try assumptions("config: {NUMA: y}") == [""])
    #expect(try assumptions("+select: [{symbol: NUMA, if: SMP}]") == [""])
  }

  @Test func theDependenciesOfTheFeatureMatter() throws {
    let (space, configurations) = try space("config: {HUGETLBFS: null}")
    #expect(configurations.map(\.assumptions) == ["HUGETLBFS=y", "HUGETLBFS=n"])
    #expect(configurations.map(space.isEnabled) == [true, false])
    #expect(configurations.map { space.value(of: "HUGETLB_PAGE", in: $0) } == [.y, .n])
  }

  @Test func aConditionalOptInIsTriedBothWaysWithTheFeatureFirst() throws {
    let (space, configurations) = try space(
      "select: [{symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP, if: !NUMA}]"
        .replacing("!NUMA", with: "'!NUMA'"))
    #expect(configurations.map(\.assumptions) == ["NUMA=n", "NUMA=y"])
    #expect(configurations.map(space.optsIn) == [true, false])
  }

  @Test func withoutASelectThereIsNoOptIn() throws {
    let (space, configurations) = try space("select: []")
    #expect(configurations.map(space.optsIn) == [false])
    #expect(configurations.map(space.isEnabled) == [false])
  }

  @Test func theOptInSymbolOfAnotherKernelIsNone() throws {
    let (space, configurations) = try space("select: [{symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}]")
    #expect(configurations.map(space.optsIn) == [false])
  }

  @Test func aSelectChainIsFollowed() throws {
    let chain = """
      select:
        - {symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP, if: HAVE_ALIGNED_STRUCT_PAGE}
        - {symbol: HAVE_ALIGNED_STRUCT_PAGE, if: NUMA}
        - {symbol: NUMA, if: MEMCG}
      """
    let (space, configurations) = try space(chain)
    #expect(configurations.map(space.optsIn) == [true, false])
    // What is selected cannot be assumed to be n.
    #expect(configurations.map(\.assumptions) == ["MEMCG=y, NUMA=y", "MEMCG=n, NUMA=n"])
    #expect(try assumptions(chain + "\nconfig: {NUMA: y}") == [""])
  }

  @Test func aSelectChainThatLeadsBackEnds() throws {
    let text = """
      select:
        - {symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP, if: HAVE_ALIGNED_STRUCT_PAGE}
        - {symbol: HAVE_ALIGNED_STRUCT_PAGE, if: SPARSEMEM_VMEMMAP_ENABLE}
        - {symbol: SPARSEMEM_VMEMMAP_ENABLE, if: HAVE_ALIGNED_STRUCT_PAGE}
      """
    let error = #expect(throws: Diagnostic.self) { try space(text) }
    #expect(error?.id == "ARCH020")
  }

  @Test func symbolsOfOtherArchitecturesAreNotSet() throws {
    let (space, configurations) = try space(
      "struct_page: {size: null, sizes: [{size: 64, if: '!X86_64 && !S390'}, {size: 56}]}")
    #expect(configurations.map(\.assumptions) == [""])
    #expect(configurations.map { space.structPageSize(in: $0)?.value } == [64])
  }

  @Test func whatNobodySpeaksOfIsDecidedOrUnknown() throws {
    let (space, configurations) = try space("config: {KASAN: y}")
    let configuration = try #require(configurations.first)
    // Nothing is said of the first; the next two follow from what is said, and the others are not here.
    let names = ["NUMA", "KMSAN", "SLUB", "X86_64", "HUGETLB_PAGE_FREE_VMEMMAP", "feature.enabled", "PGTABLE_LEVELS"]
    #expect(names.map { space.value(of: $0, in: configuration) } == [nil, .n, .y, .n, .n, nil, nil])
  }

  @Test func macrosFollowTheirConditions() throws {
    let (space, configurations) = try space("define: [{macro: A, value: 1, if: SMP}, {macro: B, value: 2}]")
    #expect(configurations.map(\.assumptions) == ["SMP=y", "SMP=n"])
    #expect(configurations.map { space.macros(in: $0).map(\.macro.value) } == [["A", "B"], ["B"]])
  }

  @Test func symbolsThatTheCodeAsksForMatter() throws {
    let text = """
      flush_dcache_page:
        body: |
          if (IS_ENABLED(CONFIG_SMP)) { return; }
          clear_bit(PG_dcache_clean, &page->flags);
      """
    #expect(try assumptions(text) == ["SMP=y", "SMP=n"])
  }

  @Test func theFeatureItselfIsComputedWhereTheCodeAsksForIt() throws {
    let text = """
      flush_dcache_page:
        body: |
          #ifdef CONFIG_HUGETLB_PAGE_OPTIMIZE_VMEMMAP
          page = compound_head(page);
          #endif
          clear_bit(PG_dcache_clean, &page->flags);
      """
    let (space, configurations) = try space(text)
    #expect(configurations.map(\.assumptions) == [""])
    #expect(configurations.map { space.value(of: "HUGETLB_PAGE_OPTIMIZE_VMEMMAP", in: $0) } == [.y])
    #expect(configurations.map { space.value(of: "HUGETLB_PAGE_FREE_VMEMMAP", in: $0) } == [.n])
    let (off, without) = try self.space(text + "\nselect: []")
    #expect(without.map { off.value(of: "HUGETLB_PAGE_OPTIMIZE_VMEMMAP", in: $0) } == [.n])
  }

  private static let nine = [
    "MEMCG", "NUMA", "SMP", "KASAN", "KFENCE", "MMU", "64BIT", "TRANSPARENT_HUGEPAGE", "MEM_ALLOC_PROFILING",
  ]

  @Test func manySymbolsMayDecideOneThing() throws {
    let text = "struct_page: {size: null, sizes: [{size: 64, if: \(Self.nine.joined(separator: " || "))}, {size: 56}]}"
    let (space, configurations) = try space(text)
    #expect(configurations.map { space.structPageSize(in: $0)?.value } == [64, 56])
    #expect(configurations.map { Set($0.assumed.values) } == [[.y], [.n]])
    #expect(configurations.map { $0.assumed.keys.sorted() } == [Self.nine.sorted(), Self.nine.sorted()])
  }

  @Test(arguments: [8, 9])
  func `more than 256 configurations are refused`(count: Int) throws {
    let text = flush(Self.nine.prefix(count).map { "IS_ENABLED(CONFIG_\($0))" }.joined(separator: " || "))
    if 1 << count <= ConfigurationSpace.mostConfigurations {
      #expect(try assumptions(text).count == 1 << count)
    } else {
      let error = #expect(throws: Diagnostic.self) { try space(text) }
      #expect(error?.id == "ARCH014")
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func aDescriptorThatIsMadeToTakeLongIsRefused() throws {
    let names = (0..<1000).map { "ARM64_S\($0)" }
    let sizes = names.map { "{size: 64, if: \($0)}" }.joined(separator: ", ")
    let error = #expect(throws: Diagnostic.self) {
      try space("struct_page: {size: null, sizes: [\(sizes), {size: 56}]}")
    }
    #expect(error?.id == "ARCH014")
  }

  @Test func aSizeThatNoConditionGivesIsUnknown() throws {
    let (space, configurations) = try space("struct_page: {size: null, sizes: [{size: 64, if: MEMCG}]}")
    #expect(configurations.map { space.structPageSize(in: $0)?.value } == [64, nil])
  }

  // MARK: dependencies

  private static let enable = "+select: [{symbol: SPARSEMEM_VMEMMAP_ENABLE, if: 64BIT}]"

  @Test func aSymbolIsNotAssumedToBeSetWhereItsDependencyIsNot() throws {
    let (space, configurations) = try space("config: {SPARSEMEM_VMEMMAP: null}")
    #expect(configurations.map(space.isEnabled) == [false])
    let (conditional, both) = try self.space("config: {SPARSEMEM_VMEMMAP: null}\n" + Self.enable)
    #expect(both.map(conditional.isEnabled) == [true, false])
    #expect(both.map(\.assumptions) == ["64BIT=y, SPARSEMEM_VMEMMAP=y", "64BIT=n, SPARSEMEM_VMEMMAP=n"])
  }

  @Test func whatIsSaidRulesOutTheConfigurationsThatContradictIt() throws {
    #expect(try assumptions("config: {SPARSEMEM: null}") == [""])
    let text =
      "select: [{symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP, if: '!64BIT'}, "
      + "{symbol: SPARSEMEM_VMEMMAP_ENABLE, if: 64BIT}]"
    let (space, configurations) = try space(text)
    #expect(configurations.map(space.isEnabled) == [false])
  }

  // MARK: numbers and modules

  private func flush(_ condition: String) -> String {
    """
    flush_dcache_page:
      body: |
        #if \(condition)
        page = compound_head(page);
        #endif
        clear_bit(PG_dcache_clean, &page->flags);
    """
  }

  @Test(arguments: ["PGTABLE_LEVELS", "VA_WIDTH", "ARM64_VA_WIDTH"])
  func `a symbol whose number the code takes has no value`(symbol: String) throws {
    let (space, configurations) = try space(flush("CONFIG_\(symbol) > 2"))
    #expect(configurations.map { space.value(of: symbol, in: $0) } == [nil])
    #expect(configurations.map { $0.values[symbol] } == [nil])
  }

  @Test func aCommentTakesNoNumber() throws {
    #expect(try assumptions(flush("defined(CONFIG_A_PORT) /* CONFIG_A_PORT */")).count == 3)
  }

  @Test(arguments: [
    "IS_MODULE(CONFIG_ARM64_PORT)", "IS_REACHABLE(CONFIG_ARM64_PORT)", "IS_BUILTIN(CONFIG_ARM64_PORT)",
    "defined(CONFIG_ARM64_PORT_MODULE)",
  ])
  func `a symbol that the code asks for as a module is tried as one`(condition: String) throws {
    #expect(try assumptions(flush(condition)) == ["ARM64_PORT=y", "ARM64_PORT=n", "ARM64_PORT=m"])
  }

  @Test func whatTheCatalogDoesNotKnowIsTriedAsAModule() throws {
    #expect(try assumptions(flush("IS_ENABLED(CONFIG_A_PORT)")) == ["A_PORT=y", "A_PORT=n", "A_PORT=m"])
    // bool in every kernel
    #expect(try assumptions(flush("IS_ENABLED(CONFIG_NUMA)")) == ["NUMA=y", "NUMA=n"])
  }

  @Test func modulesCountAgainstTheBound() throws {
    let symbols = (0..<6).map { "A_PORT\($0)" }
    let condition = symbols.map { "IS_ENABLED(CONFIG_\($0))" }.joined(separator: " || ")
    let error = #expect(throws: Diagnostic.self) { try space(flush(condition)) }
    #expect(error?.id == "ARCH014")
  }
}
