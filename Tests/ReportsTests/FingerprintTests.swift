import Diagnostics
import KernelC
import Policy
import Reports
import Testing

/// A fingerprint stays while files are edited elsewhere, and is another one for another mistake.
@Suite struct FingerprintTests {
  private func fingerprints(_ findings: [Finding], text: String = Sample.descriptor.text) -> [String] {
    var report = Sample.empty
    report.items = findings.map { Report.Item(finding: $0, acceptance: nil) }
    report.files = [SourceFile(path: Sample.descriptor.path, text: text)]
    return report.entries.map(\.fingerprint)
  }

  private var original: String? { fingerprints([Sample.flush]).first }

  private func moved(_ finding: Finding, lines: Int, columns: Int) -> Finding {
    var finding = finding
    finding.place.start.line += lines
    finding.place.end.line += lines
    finding.place.start.column += columns
    finding.place.end.column += columns
    return finding
  }

  @Test func `lines before it, its indentation and its wording do not change it`() {
    let more = "# a comment\n\n" + Sample.descriptor.text.replacing("    clear_bit", with: "        clear_bit")
    #expect(fingerprints([moved(Sample.flush, lines: 2, columns: 4)], text: more) == [original])
    var reworded = Sample.flush
    reworded.message = "in other words"
    reworded.evidence = []
    reworded.help = ["another way"]
    reworded.severity = .warning
    reworded.kernelPlace = nil
    #expect(fingerprints([reworded]) == [original])
  }

  @Test func `it does not depend on the rest of the report`() {
    #expect(fingerprints([Sample.remap, Sample.note, Sample.flush]).last == original)
  }

  @Test func `another mistake has another one`() {
    let other = CodeSite(text: "clear_bit(PG_dcache_clean, &page->flags)", number: 2)
    let changes: [(Finding) -> Finding] = [
      { $0.changed(rule: "HVO003") }, { $0.changed(architecture: "port-64k") }, { $0.changed(kernel: "v6.12.117") },
      { $0.changed(hugepage: 32 << 20) }, { $0.changed(hugepage: .some(nil)) }, { $0.changed(assumptions: "MEMCG=n") },
      { $0.changed(site: .statement(other, calls: [])) }, { $0.changed(site: .whole) },
      { $0.changed(site: .lostFlush(exit: nil, from: ["never mapped executable"])) },
      { finding in
        var finding = finding
        finding.outcome = .undecided
        return finding
      },
    ]
    var all = [original]
    for change in changes {
      all += fingerprints([change(Sample.flush)])
    }
    #expect(Set(all).count == changes.count + 1)
  }

  @Test func `no two of a report are the same`() throws {
    let twice = fingerprints([Sample.flush, Sample.flush, Sample.flush])
    #expect(twice.first == original)
    #expect(Set(twice).count == 3)
    for seed in 1...40 as ClosedRange<UInt64> {
      var random = RandomReport(seed: seed)
      let all = try random.report().entries.map(\.fingerprint)
      #expect(Set(all).count == all.count, "seed \(seed)")
      #expect(all.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{32}/) != nil }, "seed \(seed)")
    }
  }

  /// Bots keep them: what they are made of must not change unnoticed.
  @Test func `it is the same in every version`() {
    #expect(original == "87c6f053b4c9ee85ba0dab23fa54fca3")
  }

  @Test func `a remark's is that of the line it speaks of`() throws {
    func fingerprint(_ line: Int, _ text: String) -> String? {
      var report = Sample.empty
      report.remarks = [Diagnostic(.note, id: "BASE001", "wording \(line)", at: Sample.range(line, 3, 9))]
      report.files = [SourceFile(path: Sample.descriptor.path, text: text)]
      return report.entries.first?.fingerprint
    }
    let first = fingerprint(1, "  {\"rule\": 1}\n  {\"rule\": 2}\n")
    #expect(first == fingerprint(2, "\n{\"rule\": 1}\n"))
    #expect(first != fingerprint(2, "  {\"rule\": 1}\n  {\"rule\": 2}\n"))
  }
}
