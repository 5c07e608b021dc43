import Architectures
import Diagnostics
import Policy
import Testing

/// What became of verdicts and findings between two states, and by which change.
struct StateComparisonTests {
  private struct Outcome {
    var comparison: StateComparison

    var cells: [String] {
      comparison.verdicts.cells.map { cell in
        let size = (cell.new ?? cell.old).map { "\($0.hugepage >> 20)M" } ?? ""
        let (old, new) = (cell.old?.overall.rawValue ?? "-", cell.new?.overall.rawValue ?? "-")
        return "\(cell.direction.rawValue) \(size) \(old) \(new)"
      }
    }
    var causes: Set<String> { Set(comparison.verdicts.cells.flatMap { $0.causes.map(\.change) }) }
    var appeared: Set<String> { Set(comparison.appeared.map(\.finding.rule)) }
    var vanished: Set<String> { Set(comparison.vanished.map(\.finding.rule)) }
  }

  private func state(_ text: String, path: String = Port.path, rules: [Rule]? = nil) throws -> ComparedState {
    let catalog = try Shipped.catalog()
    let rules = try rules ?? Shipped.rules(for: catalog)
    let file = SourceFile(path: path, text: text)
    let descriptor = try DescriptorLoader(sources: OneFile(file: file)).load(path)
    let architectures = try ArchitectureReader(catalog: catalog).read(descriptor)
    return ComparedState(
      name: path, descriptors: [descriptor], judged: try Checker(rules: rules, catalog: catalog).check(architectures),
      rules: rules)
  }

  private func compare(_ old: ComparedState, _ new: ComparedState) throws -> Outcome {
    Outcome(comparison: StateComparison(old: old, new: new, catalog: try Shipped.catalog()))
  }

  private func compare(_ old: String, _ new: String) throws -> Outcome { try compare(state(old), state(new)) }

  private static let toy = Port()

  @Test func `the same says nothing`() throws {
    let outcome = try compare(Self.toy.text, Self.toy.text)
    #expect(outcome.cells.isEmpty && outcome.appeared.isEmpty && outcome.vanished.isEmpty)
  }

  /// Pieces of the good port, what they become, and what is then to be said.
  @Test(arguments: [
    ("page_kernel_ro: y", "page_kernel_ro: n", [], []),
    ("struct_page: {size: 64}", "struct_page: {size: 56}", ["changed 2M ok .."], ["struct_page.size: 64 -> 56"]),
    (
      "live_pte_replace: allowed", "live_pte_replace: {value: forbidden, at: a/b.c:1}", ["worse 2M ok FAIL"],
      ["live_pte_replace: allowed -> forbidden"]
    ),
    (
      "live_pte_replace: allowed", "live_pte_replace: unknown", ["worse 2M ok ?"],
      ["live_pte_replace: allowed -> unknown"]
    ),
    ("live_pte_replace: allowed", "live_pte_replace: handled", [], []),
    (
      "select: [{symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}]", "select: []", ["changed 2M ok off"],
      ["- select: {symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}"]
    ),
    ("hugepages: [2M]", "hugepages: [2M, 32M]", ["appeared 32M - ok"], ["+ hugepages: 32M"]),
    (
      "hugepages: [2M]", "hugepages: [32M]", ["appeared 32M - ok", "vanished 2M ok -"],
      ["+ hugepages: 32M", "- hugepages: 2M"]
    ),
    (
      "    page = compound_head(page);\n", "    ;\n", ["worse 2M ok FAIL"],
      ["flush_dcache_page.body: page = compound_head(page); -> ;"]
    ),
    ("icache_sync:\n", "icache_sync:\n  at: a/b.c:2\n", [], []),
  ])
  func `a verdict has the change that made it`(
    piece: String, other: String, cells: [String], causes: [String]
  ) throws {
    var port = Self.toy
    port.flush = "if (PageHuge(page))\n    page = compound_head(page);\n" + Body.givenPage
    let text = port.text
    #expect(text.contains(piece))
    let outcome = try compare(text, text.replacing(piece, with: other))
    #expect(outcome.cells == cells)
    #expect(outcome.causes == Set(causes))
  }

  @Test func `among many changes the one that did it is named, with its line`() throws {
    var changed = Self.toy
    changed.config = "ARM64: y, 64BIT: y, SPARSEMEM_VMEMMAP: y, HUGETLBFS: y, MEMCG: y, SLUB: y"
    changed.defines.append("{macro: UNRELATED, value: 2}")
    changed.extra = "oops: 'Oh {address}'\ntitle: Another"
    changed.hugepages = ["2M", "32M"]
    changed.flush = "int unused = 1;\n" + Body.givenPage
    let outcome = try compare(Self.toy.text, changed.text)
    let worse = try #require(outcome.comparison.verdicts.cells.first { $0.direction == .worse })
    #expect(worse.causes.map(\.change).joined().contains("flush_dcache_page.body"))
    #expect(worse.causes.count == 1)
    let line = try #require(worse.causes.first?.place.start.line)
    #expect(changed.text.split(separator: "\n", omittingEmptySubsequences: false)[line - 1].contains("int unused"))
    #expect(outcome.appeared == ["HVO001", "HVO002"])
    #expect(outcome.vanished.isEmpty)
    let finding = try #require(outcome.comparison.appeared.first)
    #expect(finding.causes == worse.causes)
  }

  @Test func `two changes that only work together are both named`() throws {
    var old = Self.toy
    (old.livePTEReplace, old.selects) = ("allowed", [])
    var new = Self.toy
    (new.livePTEReplace, new.structPage) = ("forbidden", "size: 64")
    let outcome = try compare(old.text, new.text)
    #expect(outcome.cells == ["worse 2M off FAIL"])
    #expect(
      outcome.causes == [
        "live_pte_replace: allowed -> forbidden", "+ select: {symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}",
      ])
  }

  @Test func `what got better has its cause too`() throws {
    var old = Self.toy
    old.flush = Body.givenPage
    let outcome = try compare(old.text, Self.toy.text)
    #expect(outcome.cells == ["better 2M FAIL ok"])
    #expect(outcome.vanished == ["HVO001", "HVO002"])
    #expect(outcome.appeared.isEmpty)
    #expect(outcome.comparison.vanished.allSatisfy { !$0.causes.isEmpty })
  }

  @Test func `places and wording are no part of a finding`() throws {
    var port = Self.toy
    port.flush = Body.givenPage
    let moved = "# comment\n\n" + port.text.replacing("arch: arm64", with: "arch:   arm64 # the same")
    let outcome = try compare(port.text, moved)
    #expect(outcome.cells.isEmpty && outcome.appeared.isEmpty && outcome.vanished.isEmpty)
  }

  @Test func `another way to the same mistake in one cell is the same finding, a second rule is not`() throws {
    var (old, new) = (Self.toy, Self.toy)
    old.flush = Body.givenPage
    new.flush = Body.unconditional
    #expect(try compare(old.text, new.text).appeared.isSubset(of: ["HVO003"]))
    (old.livePTEReplace, new.livePTEReplace) = ("allowed", "forbidden")
    let outcome = try compare(old.text, new.text)
    #expect(outcome.appeared.contains("HVO020"))
    // The word was FAIL and still is; what is behind it is worse.
    #expect(outcome.comparison.verdicts.cells.map(\.direction) == [.worse])
  }

  @Test func `a second select line that selects in vain is new`() throws {
    var (old, new) = (Self.toy, Self.toy)
    old.selects.append("{symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP}")
    new.selects += ["{symbol: ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP}", "{symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP}"]
    let outcome = try compare(old.text, new.text)
    #expect(outcome.comparison.appeared.count == 1)
    #expect(outcome.comparison.appeared.first?.finding.evidence.first?.contains("FREE_VMEMMAP") == true)
    let causes = outcome.comparison.appeared.first?.causes.map(\.change)
    #expect(causes == ["+ select: {symbol: ARCH_WANT_HUGETLB_PAGE_FREE_VMEMMAP}"])
  }

  @Test func `a symbol about which one state is silent does not make everything new`() throws {
    var (silent, fixed) = (Self.toy, Self.toy)
    let sizes = #"sizes: [{size: 64, if: "MEMCG || SLUB"}, {size: 56}]"#
    (silent.structPage, fixed.structPage) = (sizes, sizes)
    fixed.config += ", MEMCG: y"
    silent.flush = Body.givenPage
    fixed.flush = Body.givenPage
    #expect(try compare(silent.text, fixed.text).appeared.isEmpty)
    // The other way configurations are checked that were not checked before.
    #expect(try !compare(fixed.text, silent.text).appeared.isEmpty)
  }

  @Test func `architectures are the same where their names are`() throws {
    var failing = Self.toy
    failing.flush = Body.givenPage
    let outcome = try compare(state(Self.toy.text, path: "ports/old.yaml"), state(failing.text, path: "ports/new.yaml"))
    #expect(outcome.cells == ["appeared 2M - FAIL", "vanished 2M ok -"])
    #expect(outcome.causes == ["+ architecture new", "- architecture old"])
    #expect(outcome.appeared == ["HVO001", "HVO002"])
  }

  @Test func `a changed rule is a cause as well`() throws {
    var port = Self.toy
    port.flush = Body.givenPage
    let rules = try Shipped.rules(for: Shipped.catalog())
    let milder = rules.map { rule in
      var rule = rule
      if rule.id == "HVO001" { rule.severity = .warning }
      return rule
    }
    let outcome = try compare(state(port.text, rules: milder), state(port.text, rules: rules))
    #expect(outcome.cells == ["worse 2M ok FAIL"])
    #expect(outcome.causes == ["rule HVO001: severity warning -> severity error"])
    let without = rules.filter { $0.id != "HVO001" }
    let added = try compare(state(port.text, rules: without), state(port.text, rules: rules))
    #expect(added.appeared == ["HVO001"])
    #expect(added.causes.first?.hasPrefix("+ rule HVO001") == true)
  }

  @Test func `values that mean the same in another notation are no change`() throws {
    let old = Self.toy.text
    let new = old.replacing("page_kernel_ro: y", with: "page_kernel_ro: {value: y, at: a/b.c:3}")
      .replacing("hugepages: [2M]", with: "hugepages:\n  - 2M")
      .replacing("live_pte_replace: allowed", with: "live_pte_replace: unknown")
    #expect(try compare(old, new).causes == ["live_pte_replace: allowed -> unknown"])
  }
}
