import Architectures
import Diagnostics
import Reports
import ShippedKernels
import ShippedRules
import Simulation
import Testing

@testable import KernelC
@testable import Policy

/// A report made by hand, so that what it says depends on nothing but its parts.
enum Sample {
  static let descriptor = SourceFile(
    path: "arches/port.yaml",
    text: """
      schema: hvo/arch/v1
      arch: port
      flush_dcache_page:
        body: |
          clear_bit(PG_dcache_clean, &page->flags);
      live_pte_replace: forbidden

      """)

  static func range(_ line: Int, _ column: Int, _ end: Int, path: String = descriptor.path) -> SourceRange {
    SourceRange(
      path: path, start: SourcePosition(line: line, column: column), end: SourcePosition(line: line, column: end))
  }

  static func finding(
    _ rule: String, _ name: String, _ axis: Rule.Axis, _ severity: Severity, hugepage: UInt64?, message: String,
    place: SourceRange
  ) -> Finding {
    let configuration = ConfigurationID(
      architecture: ArchitectureID(name: "port-4k", kernel: "v6.1.192"), assumptions: "")
    return Finding(
      id: FindingID(
        rule: rule, site: .whole,
        scope: hugepage.map { .cell(CellID(configuration: configuration, hugepage: $0)) }
          ?? .configuration(configuration)),
      ruleName: name, axis: axis, outcome: .violated, severity: severity, message: message, evidence: [], help: [],
      place: place)
  }

  static var flush: Finding {
    var finding = finding(
      "HVO001", "flush-writes-ro-tail", .flush, .error, hugepage: 2 << 20,
      message: "flush_dcache_page() writes to a read-only tail struct page", place: range(5, 5, 14))
    finding = finding.changed(
      site: .statement(CodeSite(text: "clear_bit(PG_dcache_clean, &page->flags)", number: 1), calls: []),
      assumptions: "MEMCG=y")
    finding.evidence = [
      "Unable to handle kernel write to read-only memory at virtual address fffffc0000001000",
      "7 of 512 struct pages fault",
    ]
    finding.help = ["take the head page before touching page->flags:", "    page = compound_head(page);"]
    finding.kernelPlace = KernelPlace("arch/port/mm/flush.c:69-80")
    finding.witness = Finding.Witness(
      firstIndex: 64, address: 0xffff_fc00_0000_1000, count: 7, structPages: 512, indices: "64, 128, …, 448",
      scenario: "the head was mapped executable", operation: "clear_bit",
      steps: [
        Finding.Witness.Step(text: "SET_PTE: 7 vmemmap PTEs get another output address, ro", place: range(6, 1, 17)),
        Finding.Witness.Step(text: "before the run: mapped executable", place: nil),
        Finding.Witness.Step(text: "clear_bit on struct page #64 of 512", place: range(5, 5, 14)),
      ])
    return finding
  }

  static var remap: Finding {
    finding(
      "HVO020", "live-pte-replace", .remap, .error, hugepage: 1 << 30,
      message: "HVO replaces live page-table entries", place: range(6, 1, 17))
  }

  static var undecided: Finding {
    var finding = finding(
      "HVO010", "opt-in-unknown", .kconfig, .warning, hugepage: nil, message: "the opt-in is not decided",
      place: range(2, 1, 5))
    finding.outcome = .undecided
    return finding
  }

  static var note: Finding {
    finding("HVO011", "old-name", .kconfig, .note, hugepage: nil, message: "an old name", place: range(1, 1, 7))
  }

  static func verdict(_ hugepage: UInt64, _ overall: Verdict, flush: Verdict, remap: Verdict, why: String)
    -> CellVerdict
  {
    let configuration = ConfigurationID(
      architecture: ArchitectureID(name: "port-4k", kernel: "v6.1.192"), assumptions: "")
    return CellVerdict(
      cell: CellID(configuration: configuration, hugepage: hugepage), flush: flush, remap: remap, overall: overall,
      why: why)
  }

  static var verdicts: [CellVerdict] {
    let assumed = verdict(2 << 20, .fail, flush: .fail, remap: .ok, why: "HVO001").changed(assumptions: "MEMCG=y")
    let undecided = verdict(32 << 20, .undecided, flush: .undecided, remap: .ok, why: "")
      .changed(assumptions: "MEMCG=n")
    return [
      verdict(64 << 10, .notApplicable, flush: .notApplicable, remap: .notApplicable, why: "no vmemmap page to free"),
      assumed, undecided, verdict(1 << 30, .ok, flush: .ok, remap: .ok, why: ""),
      verdict(16 << 30, .off, flush: .off, remap: .off, why: "not selected"),
    ]
  }

  /// A report with one of everything.
  static func report() throws -> Report {
    let baseline = SourceFile(
      path: "arches/baseline.json",
      text: """
        {"schema": "hvo/baseline/v2", "findings": [
          {"rule": "HVO003", "architecture": "port-4k", "kernel": "v6.1.192", "hugepages": ["2M"], "reason": "known", "date": "2026-01-31"},
          {"rule": "HVO010", "architecture": "port-4k", "kernel": "v6.1.192", "reason": "known", "date": "2026-01-31"}
        ]}

        """)
    let effect = TrustedEffect(function: "port_flush", effect: .noStore, firstCall: range(5, 5, 14))
    let accepting = try Baseline.read(baseline).entries
    return Report(
      toolVersion: "0.0.0",
      items: [
        Report.Item(finding: flush, acceptance: nil),
        Report.Item(finding: remap, acceptance: .baseline(accepting[0])),
        Report.Item(finding: undecided, acceptance: nil), Report.Item(finding: note, acceptance: nil),
      ],
      verdicts: verdicts, trusted: [Report.Trusted(architecture: "port-4k", effect: effect)],
      remarks: accepting.map { $0.staleRemark(.note, prune: "hvocheck baseline prune") },
      descriptors: 1, architectures: 1, rules: try rules(),
      files: [descriptor, baseline])
  }

  /// A comparison with one of everything.
  static func comparison() throws -> Report {
    var report = try report()
    let cause = Comparison.Cause("page_kernel_ro: n -> y", at: range(6, 1, 17))
    report.items = [
      Report.Item(finding: flush, acceptance: nil, change: .appeared, causes: [cause]),
      Report.Item(finding: remap, acceptance: nil, change: .vanished),
      Report.Item(
        finding: undecided,
        acceptance: .suppression(
          Suppression(
            rule: "HVO010", until: try #require(CalendarDate("2027-03-31")), reason: "never taken",
            range: range(2, 7, 30), covers: range(2, 1, 30)))),
    ]
    report.remarks = []
    report.comparison = Comparison(
      oldName: "old", newName: "new",
      cells: [
        Comparison.CellChange(
          old: verdict(2 << 20, .ok, flush: .ok, remap: .ok, why: ""), new: verdicts[1], direction: .worse,
          causes: [cause]),
        Comparison.CellChange(old: nil, new: verdicts[2], direction: .appeared, causes: []),
        Comparison.CellChange(old: verdicts[4], new: nil, direction: .vanished, causes: []),
      ])
    return report
  }

  /// The shipped rules.
  static func rules() throws -> [Rule] {
    let catalog = try KernelCatalogReader.read(SourceFile(path: ShippedKernels.path, text: ShippedKernels.text))
    return try RuleReader(symbols: Set(catalog.symbols.keys)).read(
      ShippedRules.files.map { SourceFile(path: $0.path, text: $0.text) })
  }

  /// A report without anything to say.
  static let empty = Report(
    toolVersion: "0.0.0", items: [], verdicts: [], trusted: [], remarks: [], descriptors: 0, architectures: 1,
    rules: [],
    files: [])
}
