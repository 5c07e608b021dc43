import Diagnostics
import Policy
import Testing

/// The text of baselines: written anew, and with entries taken out.
struct BaselineFileTests {
  private static let day = CalendarDate("2026-11-23") ?? .last

  private func read(_ text: String) throws -> Baseline {
    try Baseline.read(SourceFile(path: "baseline.json", text: text))
  }

  private func findings(flush: String = Body.givenPage, hugepages: [String] = ["2M"]) throws -> [Finding] {
    var port = Port(hugepages: hugepages)
    port.flush = flush
    return try port.checked().findings
  }

  // MARK: writing

  @Test func `what is written is read again, and accepts what it was written for`() throws {
    let findings = try findings(hugepages: ["2M", "32M"])
    let update = BaselineUpdate(.empty, findings: findings)
    #expect(Set(update.added.map(\.rule)) == ["HVO001", "HVO002"])
    let text = update.accepting(reason: "say \"why\"\n\u{1B}[31m\\", since: Self.day).text
    #expect(!text.contains("\u{1B}"))
    let baseline = try read(text)
    #expect(baseline.text == text)
    #expect(findings.allSatisfy { baseline.acceptance(of: $0) != nil })
    #expect(baseline.entries.allSatisfy { $0.reason == "say \"why\"\n\u{1B}[31m\\" && $0.date == "2026-11-23" })
    #expect(baseline.entries.first?.site.text == "clear_bit(PG_dcache_clean, &page->flags)")
    #expect(!text.contains("port.yaml"))
    #expect(BaselineUpdate(baseline, findings: findings).added.isEmpty)
  }

  @Test func `entries that are there keep their reasons and dates`() throws {
    let old = BaselineUpdate(.empty, findings: try findings()).accepting(reason: "old", since: Self.day)
    let update = BaselineUpdate(old, findings: try findings(hugepages: ["2M", "32M"]))
    #expect(update.added.allSatisfy { $0.hugepage == 32 << 20 })
    let new = try read(update.accepting(reason: "new", since: CalendarDate("2027-01-01") ?? .last).text)
    #expect(new.entries.filter { $0.hugepage == 2 << 20 }.allSatisfy { $0.reason == "old" && $0.date == "2026-11-23" })
    #expect(new.entries.filter { $0.hugepage == 32 << 20 }.allSatisfy { $0.reason == "new" && $0.date == "2027-01-01" })
  }

  @Test func `the order of findings says nothing`() throws {
    let findings = try findings(hugepages: ["2M", "32M", "1G"])
    let text = BaselineUpdate(.empty, findings: findings).accepting(reason: "why", since: Self.day).text
    let turned = BaselineUpdate(.empty, findings: findings.reversed()).accepting(reason: "why", since: Self.day).text
    #expect(text == turned)
    #expect(Baseline.empty.text == "{\n  \"schema\": \"hvo/baseline/v2\",\n  \"findings\": []\n}\n")
  }

  @Test func `what is undecided, and what its rule keeps open, is refused`() throws {
    let undecided = BaselineUpdate(.empty, findings: try Port(livePTEReplace: "unknown").checked().findings)
    #expect(undecided.refused.map(\.rule) == ["HVO020"])
    #expect(undecided.added.isEmpty)
    let open = BaselineUpdate(.empty, findings: try Port(defines: []).checked().findings)
    #expect(open.refused.contains { $0.rule == "HVO013" && $0.outcome == .violated })
  }

  @Test func `notes need nobody's acceptance`() throws {
    let findings = try Port(hugepages: ["64K"]).checked().findings
    #expect(findings.map(\.rule) == ["HVO031"])
    let update = BaselineUpdate(.empty, findings: findings)
    #expect(update.added.isEmpty && update.refused.isEmpty)
  }

  @Test func `another store is not accepted with the old one`() throws {
    let baseline = BaselineUpdate(.empty, findings: try findings()).accepting(reason: "why", since: Self.day)
    let other = try findings(flush: "set_bit(PG_dcache_clean, &page->flags);").filter { $0.rule == "HVO001" }
    #expect(other.first?.id.site.text == "set_bit(PG_dcache_clean, &page->flags)")
    #expect(other.allSatisfy { baseline.acceptance(of: $0) == nil })
    // Indentation and line ends are no part of the store.
    let again = try findings(
      flush: "if (test_bit(PG_dcache_clean, &page->flags))\n\n  clear_bit(PG_dcache_clean,\n    &page->flags);")
    #expect(again.filter { $0.rule == "HVO001" }.allSatisfy { baseline.acceptance(of: $0) != nil })
  }

  @Test func `entries of rules that keep their findings open are mistakes`() throws {
    let text =
      #"{"schema": "hvo/baseline/v2", "findings": [{"rule": "HVO004", "architecture": "a", "kernel": "v6.1", "hugepages": ["2M"], "reason": "r", "date": "2026-01-01"}]}"#
    #expect(try read(text).problems(knowing: Shipped.rules(for: Shipped.catalog())).map(\.id) == ["BASE004"])
  }

  // MARK: pruning

  private static func entry(_ rule: String, _ sizes: String) -> String {
    #"{"rule": "\#(rule)", "architecture": "a", "kernel": "v6.1", "hugepages": [\#(sizes)], "reason": "r", "date": "2026-01-01"}"#
  }

  private static func document(_ entries: [String]) -> String {
    "{ \"schema\": \"hvo/baseline/v2\",\n  \"findings\": [\n\t   " + entries.joined(separator: ",\n\n     ")
      + "\n  ]}\n"
  }

  @Test(arguments: [
    ("a", 0, [("b", 1), ("c", 2)]), ("b", 1, [("a", 0), ("c", 2)]), ("c", 2, [("a", 0), ("b", 1)]),
    ("none", 9, [("a", 0), ("b", 1), ("c", 2)]),
  ])
  func `an entry goes with its separator, and nothing else changes`(name: String, index: Int, rest: [(String, Int)])
    throws
  {
    let rules = ["HVO001", "HVO002", "HVO003"]
    let text = Self.document(rules.map { Self.entry($0, "\"2M\"") })
    let pruned = try Baseline.pruned(SourceFile(path: "b", text: text)) { rules.firstIndex(of: $0.rule) == index }
    #expect(pruned == Self.document(rest.map { Self.entry(rules[$0.1], "\"2M\"") }))
  }

  @Test(arguments: [
    (["2M"], "\"32M\", \"1G\""), (["32M"], "\"2M\", \"1G\""), (["1G"], "\"2M\", \"32M\""), (["2M", "32M"], "\"1G\""),
    (["2M", "1G"], "\"32M\""), (["32M", "1G"], "\"2M\""),
  ])
  func `of several sizes the others stay`(gone: [String], rest: String) throws {
    let sizes: [UInt64: String] = [2 << 20: "2M", 32 << 20: "32M", 1 << 30: "1G"]
    let text = Self.document([Self.entry("HVO001", "\"2M\", \"32M\", \"1G\""), Self.entry("HVO002", "\"2M\"")])
    let pruned = try Baseline.pruned(SourceFile(path: "b", text: text)) {
      $0.rule == "HVO001" && gone.contains(sizes[$0.hugepage ?? 0] ?? "")
    }
    #expect(pruned == Self.document([Self.entry("HVO001", rest), Self.entry("HVO002", "\"2M\"")]))
  }

  @Test(arguments: [
    document([entry("HVO001", "\"2M\"")]),
    "schema: hvo/baseline/v2\r\nfindings: # known\r\n  - rule: HVO001\r\n    architecture: a\r\n    kernel: v6.1\r\n    hugepages:\r\n    - 2M\r\n    reason: ä\r\n    date: 2026-01-01\r\n",
  ])
  func `without entries it is still a baseline`(text: String) throws {
    let pruned = try Baseline.pruned(SourceFile(path: "b", text: text)) { _ in true }
    #expect(try read(pruned).entries.isEmpty)
    #expect(try Baseline.pruned(SourceFile(path: "b", text: text)) { _ in false } == text)
  }

  @Test func `YAML without braces is pruned too`() throws {
    func entry(_ rule: String) -> String {
      "  - rule: \(rule)   # why\n    architecture: a\n    kernel: v6.1\n    hugepages: [2M]\n    reason: 'it''s known'\n    date: 2026-01-01\n"
    }
    let text = "schema: hvo/baseline/v2\nfindings:\n" + entry("HVO001") + entry("HVO002") + entry("HVO003")
    for gone in ["HVO001", "HVO002", "HVO003"] {
      let pruned = try Baseline.pruned(SourceFile(path: "b", text: text)) { $0.rule == gone }
      #expect(try read(pruned).entries.map(\.rule) == ["HVO001", "HVO002", "HVO003"].filter { $0 != gone })
    }
  }
}
