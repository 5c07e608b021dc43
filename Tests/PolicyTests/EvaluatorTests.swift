import Architectures
import Diagnostics
import Policy
import Simulation
import Testing

/// What rules make of what was seen.
struct EvaluatorTests {
  // MARK: three values

  @Test(
    arguments: [
      // NUMA is not said and follows from nothing, so that no rule may take it for y or n.
      (nil, "forbid: NUMA", Finding.Outcome.undecided), (nil, "require: NUMA", .undecided),
      ("NUMA", "forbid: feature.enabled", .undecided),
      ("NUMA && feature.enabled", "forbid: feature.enabled", .undecided),
      ("NUMA && !feature.enabled", "forbid: feature.enabled", nil),
      ("NUMA || feature.enabled", "forbid: feature.enabled", .violated),
      (nil, "forbid: NUMA && !feature.enabled", nil), (nil, "forbid: NUMA || feature.enabled", .violated),
      (nil, "require: NUMA || feature.enabled", nil), (nil, "require: NUMA && !feature.enabled", .violated),
      (nil, "forbid: SPARSEMEM_VMEMMAP", .violated), (nil, "forbid: RISCV", nil),
      (nil, "require: live_pte_replace = allowed", nil), (nil, "forbid: live_pte_replace = allowed", .violated),
    ] as [(String?, String, Finding.Outcome?)])
  func `a rule holds, is violated, or cannot be decided`(
    condition: String?, demand: String, outcome: Finding.Outcome?
  ) throws {
    let rules = try RuleText.read([RuleText(quantifier: "configuration", condition: condition, demand: demand).file])
    #expect(try Port().checked(rules: rules).findings.map(\.outcome) == (outcome.map { [$0] } ?? []))
  }

  @Test func `what cannot be decided weighs as an error and says what is missing`() throws {
    let rules = try RuleText.read([
      RuleText(quantifier: "cell", severity: "note", axis: "remap", demand: "require: live_pte_replace = allowed").file
    ])
    let finding = try #require(try Port(livePTEReplace: "unknown").checked(rules: rules).findings.first)
    #expect(finding.outcome == .undecided)
    #expect(finding.severity == .error)
    #expect(finding.evidence.first == "cannot be decided: live_pte_replace is not known")
  }

  @Test func `a rule may make a violation undecided`() throws {
    let rules = try RuleText.read([RuleText(demand: "require: run.faults", extra: "verdict: \"?\"").file])
    #expect(try Port().checked(rules: rules).findings.map(\.outcome) == [.undecided])
  }

  // MARK: configurations

  @Test func `each configuration has its own finding`() throws {
    let port = try Port(
      structPage: "sizes: [{size: 64, if: MEMCG}, {size: 128, if: '!MEMCG'}]", livePTEReplace: "forbidden"
    ).checked()
    #expect(port.checked.configurations.count == 2)
    #expect(port.findings.map(\.rule) == ["HVO020", "HVO020"])
    #expect(Set(port.findings.map(\.id)).count == 2)
    #expect(port.verdicts.map(\.remap) == [.fail, .fail])
  }

  @Test func `each hugepage size and each place has its own finding`() throws {
    let port = try Port(
      structPage: "sizes: [{size: 56, if: MEMCG}, {size: 72, if: '!MEMCG'}]", livePTEReplace: "forbidden",
      hugepages: ["2M", "32M"]
    ).checked()
    #expect(port.findings.map(\.rule) == ["HVO030", "HVO030"])
    #expect(Set(port.findings.map(\.place)).count == 2)
    #expect(
      try Port(livePTEReplace: "forbidden", hugepages: ["2M", "32M"]).checked().findings.map(\.hugepage) == [
        2 << 20, 32 << 20,
      ])
  }

  @Test func `a finding fails only the configurations in which it was found`() throws {
    let port = try Port(
      flush: "#ifdef CONFIG_NUMA\n" + Body.unconditional + "\n#else\n" + Body.head + "\n#endif"
    ).checked()
    #expect(port.verdicts.map(\.assumptions) == ["NUMA=y", "NUMA=n"])
    #expect(port.verdicts.map(\.flush) == [.fail, .ok])
    #expect(port.findings("HVO001").map(\.assumptions) == ["NUMA=y"])
  }

  @Test func `a finding that several configurations share fails them all`() throws {
    let port = try Port(
      flush: "#ifdef CONFIG_NUMA\nint unused = 1;\n#endif\n" + Body.unconditional
    ).checked()
    #expect(port.verdicts.map(\.assumptions) == ["NUMA=y", "NUMA=n"])
    #expect(port.verdicts.map(\.flush) == [.fail, .fail])
    #expect(port.findings("HVO001").map(\.assumptions) == ["NUMA=y", "NUMA=n"])
  }

  @Test func `what a select line forces is not assumed otherwise`() throws {
    let port = try Port(
      config: "ARM64: y, HUGETLBFS: y",
      selects: [
        "{symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}", "{symbol: SPARSEMEM_VMEMMAP}",
      ]
    ).checked()
    #expect(port.verdicts.map(\.assumptions) == [""])
    #expect(port.verdicts.map(\.overall) == [.ok])
  }

  @Test func `what a select line forces under a condition follows the condition`() throws {
    let port = try Port(
      config: "ARM64: y, HUGETLBFS: y",
      selects: [
        "{symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}", "{symbol: SPARSEMEM_VMEMMAP, if: 64BIT}",
      ]
    ).checked()
    #expect(port.verdicts.map(\.overall) == [.ok, .off])
    #expect(port.verdicts.last?.assumptions == "64BIT=n")
  }

  // MARK: start states

  @Test(arguments: ["PG_arch_1", "PG_arch_2"])
  func `flags that belong to the architecture are taken as set even where it gives them no name of its own`(
    flag: String
  ) throws {
    let body = Body.givenPage.replacing("PG_dcache_clean", with: flag)
    let port = try Port(pageFlags: nil, flush: body, icacheSync: nil).checked()
    #expect(port.findings("HVO001").first?.witness?.count == 7)
  }

  @Test func `a second flag that is taken as set does not hide the first`() throws {
    let body = "if (test_bit(PG_mte_tagged, &page->flags)) {\n    return;\n}\n" + Body.givenPage
    let port = try Port(
      pageFlags: "PG_dcache_clean: PG_arch_1, PG_mte_tagged: PG_arch_2", flush: body, icacheSync: nil
    ).checked()
    #expect(port.findings("HVO001").first?.witness?.count == 7)
  }
}
