import Diagnostics
import Policy
import Testing

/// A rule that can never fire looks like a pass, so that everything it names must exist and be comparable.
struct VocabularyTests {
  @Test(arguments: [
    ("forbid: run.fault", "RULE003", "run.fault", "did you mean 'run.faults'?"),
    ("forbid: run.faults && SPARSEMEM_VMEMAP", "RULE003", "SPARSEMEM_VMEMAP", "did you mean 'SPARSEMEM_VMEMMAP'?"),
    ("forbid: NUMMA_NODES", "RULE003", "NUMMA_NODES", nil),
    ("forbid: select.exists", "RULE003", "select.exists", nil),
    ("forbid: live_pte_replace = forbiden", "RULE003", "forbiden", "did you mean 'forbidden'?"),
    ("forbid: live_pte_replace = unknown", "RULE003", "unknown", nil),
    ("forbid: 'live_pte_replace = \"forbiden\"'", "RULE009", "\"forbiden\"", nil),
    ("forbid: live_pte_replace = y", "RULE009", "y", nil),
    ("forbid: live_pte_replace < forbidden", "RULE009", "live_pte_replace", nil),
    ("forbid: live_pte_replace", "RULE009", "live_pte_replace", nil),
    ("forbid: run.faults && forbidden", "RULE009", "forbidden", nil),
    ("forbid: run.faults = forbidden", "RULE009", "forbidden", nil),
    ("forbid: forbidden = run.faults", "RULE009", "forbidden", nil),
    ("forbid: run.faults = live_pte_replace", "RULE009", "live_pte_replace", nil),
    ("forbid: NUMA = 4", "RULE009", "4", nil),
    ("forbid: run.faults = \"yes\"", "RULE009", "\"yes\"", nil),
  ])
  func `what a rule names is checked with a caret`(
    demand: String, id: String, underlined: String, help: String?
  ) throws {
    let text = RuleText(quantifier: "flush", demand: demand).file
    let error = try #require(mistakes(text).first)
    #expect(error.id == id)
    #expect(self.text(at: error.place, in: text) == underlined)
    if let help { #expect(error.help.first == help) } else { #expect(!error.help.isEmpty) }
  }

  @Test(arguments: [
    "forbid: run.faults", "forbid: run.faults = y", "forbid: live_pte_replace = forbidden",
    "forbid: forbidden = live_pte_replace", "forbid: 'live_pte_replace != \"handled\"'",
    "require: NUMA || SMP = m || 64BIT != n", "require: NUMA = SMP", "require: run.faults = NUMA",
  ])
  func `what can be compared is accepted`(demand: String) {
    #expect(mistakes(RuleText(quantifier: "flush", demand: demand).file).isEmpty)
  }

  @Test(arguments: [
    ("select", "select.exists"), ("architecture", "feature.reachable"), ("configuration", "struct_page.power_of_two"),
    ("cell", "remap.splits_live_block"), ("flush", "run.faults"), ("icache_sync", "run.faults"),
    ("cell", "struct_page.power_of_two"), ("flush", "hugepage.optimizable"),
  ])
  func `each subject has its facts`(quantifier: String, fact: String) {
    #expect(mistakes(RuleText(quantifier: quantifier, demand: "forbid: \(fact)").file).isEmpty)
  }

  @Test(arguments: [
    ("select", "run.faults"), ("architecture", "feature.enabled"), ("configuration", "hugepage.optimizable"),
    ("cell", "run.faults"), ("configuration", "run.loses_flush"), ("flush", "feature.reachable"),
  ])
  func `facts of another subject are unknown`(quantifier: String, fact: String) {
    #expect(mistakes(RuleText(quantifier: quantifier, demand: "forbid: \(fact)").file).map(\.id) == ["RULE003"])
  }

  private func mistakes(_ file: SourceFile) -> [Diagnostic] { RuleText.mistakes([file]) }

  private func text(at range: SourceRange?, in file: SourceFile) -> String? {
    guard let range, range.start.line == range.end.line, let line = file.line(range.start.line) else { return nil }
    return String(line.dropFirst(range.start.column - 1).prefix(range.end.column - range.start.column))
  }
}
