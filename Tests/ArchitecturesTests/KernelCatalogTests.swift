import Architectures
import Kconfig
import Testing
import Vmemmap

/// The kernel profiles that ship, against the history of names and mechanisms.
@Suite struct KernelCatalogTests {
  struct Row: CustomTestStringConvertible {
    var version: String
    var patches: [String] = []
    var generation: String
    /// Nil where the architecture cannot opt in: `depends on X86_64` stands in the feature.
    var optIn: String?
    var feature: String
    var predicates: [String]
    var testDescription: String { version + (patches.isEmpty ? "" : " + patches") }
  }

  private static let patch = "20220331065640.5777-1-songmuchun@bytedance.com"
  private static let free = "HUGETLB_PAGE_FREE_VMEMMAP"
  private static let optimize = "HUGETLB_PAGE_OPTIMIZE_VMEMMAP"
  private static let rows: [Row] = {
    func rows(
      _ versions: [String], _ generation: String, _ optIn: String?, _ feature: String, _ predicates: [String],
      patches: [String] = []
    ) -> [Row] {
      versions.map {
        Row(
          version: $0, patches: patches, generation: generation, optIn: optIn, feature: feature, predicates: predicates)
      }
    }
    let early = ["hugetlb_free_vmemmap_enabled", "hugetlb_free_vmemmap_enabled_key"]
    return rows(
      ["v5.14-rc1", "v5.14", "v5.15.200", "v5.16", "v5.17", "v5.17.15"], "R2", nil, free,
      ["is_hugetlb_free_vmemmap_enabled"])
      + rows(["v5.18-rc1", "v5.18-rc7", "v5.18", "v5.18.19"], "R1", nil, free, early)
      + rows(
        ["v5.18-rc1", "v5.18"], "R1", "ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP", free, early, patches: [patch, "another"])
      + rows(["v5.18"], "R1", nil, free, early, patches: ["another"])
      + rows(["v5.19-rc1"], "R1", "ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP", free, early)
      + rows(
        ["v5.19-rc8", "v5.19", "v5.19.17"], "R1", "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP", optimize,
        ["hugetlb_optimize_vmemmap_enabled", "hugetlb_optimize_vmemmap_key"])
      + rows(
        ["v6.0-rc1", "v6.0", "v6.1", "v6.1.15", "v6.1.192", "v6.2", "v6.2.16"], "R1",
        "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP", optimize, ["hugetlb_optimize_vmemmap_key"])
      + rows(
        ["v6.3-rc1", "v6.3", "v6.3.13"], "R1n", "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP", optimize,
        ["hugetlb_optimize_vmemmap_key"])
      + rows(
        ["v6.4-rc1", "v6.4", "v6.4.16"], "R1n", "ARCH_WANT_OPTIMIZE_VMEMMAP", optimize,
        ["hugetlb_optimize_vmemmap_key"])
      + rows(
        ["v6.5-rc1", "v6.5", "v6.6.100", "v6.12.117", "v6.18", "v7.0"], "R1n", "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP",
        optimize, ["hugetlb_optimize_vmemmap_key"])
      + rows(["v7.1-rc1", "v7.1", "v7.1.3"], "SH", "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP", optimize, [])
  }()

  @Test(arguments: rows)
  func `a version has its names and its mechanism`(row: Row) throws {
    let profile = try #require(try shippedProfile(row.version, patches: row.patches))
    let optIn: String? = if case .symbol(let name) = profile.optIn { name } else { nil }
    #expect(profile.generationName == row.generation)
    #expect(optIn == row.optIn)
    #expect(profile.feature == row.feature)
    #expect(profile.defaultOn == row.feature + "_DEFAULT_ON")
    #expect(profile.predicates.keys.sorted() == row.predicates)
    if case .condition(let condition) = profile.optIn { #expect(condition.description == "X86_64") }
  }

  @Test(arguments: ["v5.13", "v5.13.19", "v7.2-rc1", "v7.2", "v8.0"])
  func `what no profile covers is not guessed`(version: String) throws {
    #expect(try shippedProfile(version) == nil)
  }

  @Test func everyVersionBetweenTheFirstAndTheLastHasExactlyOneProfileWithoutPatches() throws {
    let profiles = try shippedCatalog().profiles.filter { $0.patches.isEmpty }.sorted { $0.from < $1.from }
    for (profile, next) in zip(profiles, profiles.dropFirst()) {
      #expect(profile.before == next.from, "\(profile.range), \(next.range)")
    }
    #expect(try shippedCatalog().coveredRanges == ["v5.14-rc1 up to, but not, v7.2-rc1"])
  }

  /// The generations of the catalog are those that the machine was tested with against real kernels.
  @Test(arguments: [
    ("v6.1.192", Generation.r1), ("v6.3", .r1n), ("v7.1", .sh),
  ])
  func `the mechanism is the machine's preset`(version: String, generation: Generation) throws {
    #expect(
      try shippedProfile(version)?.generation == generation)
  }

  @Test func theFirstKernelsDifferFromTheirPresetsInTheStaticKey() throws {
    func generation(_ version: String) throws -> Generation? { try shippedProfile(version)?.generation }
    var expected = Generation.r2
    expected.keyRule = .none
    #expect(try generation("v5.14") == expected)
    expected = .r1
    (expected.keyRule, expected.hasSysctl) = (.bootParameter, false)
    #expect(try generation("v5.18") == expected)
    (expected.keyRule, expected.hasSysctl) = (.modeAndOptimizedPages, true)
    #expect(try generation("v5.19") == expected)
  }

  @Test func everyOptInSymbolIsKnownAndHasItsVersions() throws {
    let catalog = try shippedCatalog()
    #expect(
      catalog.optInSymbols == [
        "ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP", "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP", "ARCH_WANT_OPTIMIZE_VMEMMAP",
        "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP",
      ])
    for symbol in catalog.optInSymbols { #expect(catalog.symbols[symbol]?.isSelectedOnly == true) }
    #expect(catalog.ranges(ofOptIn: "ARCH_WANT_OPTIMIZE_VMEMMAP") == ["v6.4-rc1..v6.5-rc1"])
    #expect(catalog.ranges(ofOptIn: "ARCH_WANT_NOTHING") == [])
    #expect(catalog.symbols["HUGETLB_PAGE_FREE_VMEMMAP"]?.isFeature == true)
    #expect(catalog.symbols["HUGETLB_PAGE_OPTIMIZE_VMEMMAP_DEFAULT_ON"]?.isFeature == false)
  }

  @Test(arguments: [
    ("v6.1.192", "PG_arch_1", 11), ("v6.1.192", "PG_head", 16), ("v6.12.117", "PG_arch_1", 12),
    ("v6.12.117", "PG_head", 6),
  ])
  func `page flags have the numbers of the kernel that was read`(version: String, flag: String, bit: Int) throws {
    let profile = try #require(try shippedProfile(version))
    #expect(profile.pageFlags[flag] == bit)
    #expect(Set(profile.pageFlags.values).count == profile.pageFlags.count)
  }
}
