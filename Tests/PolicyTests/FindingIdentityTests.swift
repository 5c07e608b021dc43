import Architectures
import Diagnostics
import Policy
import Testing

/// Two stores are two findings: nothing new hides behind what is accepted or known.
struct FindingIdentityTests {
  private static let first =
    "if (test_bit(PG_dcache_clean, &page->flags))\n    clear_bit(PG_dcache_clean, &page->flags);\n"
  private static let second = "set_bit(PG_dcache_clean, &page->flags);\n"
  private static let day = CalendarDate("2026-11-23") ?? .last

  private func findings(_ flush: String, hugepages: [String] = ["2M"]) throws -> [Finding] {
    try Port(hugepages: hugepages, flush: flush, icacheSync: Body.setOnHead).checked().findings("HVO001")
  }

  private func accepted(_ findings: [Finding]) -> Baseline {
    BaselineUpdate(.empty, findings: findings).accepting(reason: "known", since: Self.day)
  }

  /// A body, and the texts of its stores that fault.
  @Test(arguments: [
    (first + second, ["clear_bit(PG_dcache_clean, &page->flags) 1", "set_bit(PG_dcache_clean, &page->flags) 1"]),
    (second + second, ["set_bit(PG_dcache_clean, &page->flags) 1", "set_bit(PG_dcache_clean, &page->flags) 2"]),
    (
      "if (test_and_clear_bit(PG_dcache_clean, &page->flags))\n" + second,
      ["test_and_clear_bit(PG_dcache_clean, &page->flags) 1", "set_bit(PG_dcache_clean, &page->flags) 1"]
    ),
    (
      "int i;\nfor (i = 0; i < 3; i++)\n" + second + "page->flags |= 1;\n",
      ["set_bit(PG_dcache_clean, &page->flags) 1", "page->flags |= 1 1"]
    ),
    (
      "// set_bit(PG_dcache_clean, &page->flags);\n" + second,
      ["set_bit(PG_dcache_clean, &page->flags) 1"]
    ),
  ])
  func `each store that faults is a finding`(body: String, stores: [String]) throws {
    let found = try findings(body)
    #expect(Set(found.map { "\($0.id.site.text ?? "") \($0.id.site.number)" }) == Set(stores))
    #expect(Set(found.map(\.id)).count == stores.count)
    #expect(found.allSatisfy { $0.outcome == .violated && ($0.witness?.count ?? 0) > 0 })
  }

  @Test func `counts are those of each store`() throws {
    let body =
      "if ((unsigned long)page & 0xfff)\n    " + Self.second + "else\n    clear_bit(PG_dcache_clean, &page->flags);\n"
    let found = try findings(body)
    let counts = Dictionary(uniqueKeysWithValues: found.map { ($0.id.site.text ?? "", $0.witness?.count ?? 0) })
    #expect(counts == ["set_bit(PG_dcache_clean, &page->flags)": 441, "clear_bit(PG_dcache_clean, &page->flags)": 7])
  }

  @Test(arguments: [first + second, second + first, "if (0 == 1)\n    return;\n" + first + second])
  func `a baseline that accepts one store accepts no other`(body: String) throws {
    let baseline = accepted(try findings(Self.first))
    let found = try findings(body)
    #expect(found.count == 2)
    #expect(
      found.filter { baseline.acceptance(of: $0) != nil }.compactMap(\.id.site.text)
        == ["clear_bit(PG_dcache_clean, &page->flags)"])
    #expect(baseline.stale(findings: found, checked: Set(found.map(\.id.scope.architecture))).isEmpty)
  }

  @Test func `a second store with the same text is not accepted with the first`() throws {
    let baseline = accepted(try findings(Self.second))
    #expect(try findings(Self.second + Self.second).map { baseline.acceptance(of: $0) != nil } == [true, false])
  }

  @Test func `a second call of a helper is not accepted with the first`() throws {
    func found(_ calls: Int) throws -> [Finding] {
      var port = Port(flush: nil)
      let body = String(repeating: "    mark(page);\n", count: calls)
      port.extra =
        "flush_dcache_page:\n  declarations: |\n    static void mark(struct page *page)\n    {\n"
        + "      set_bit(PG_dcache_clean, &page->flags);\n    }\n  body: |\n" + body
      return try port.checkedWithOwnFlush().findings("HVO001")
    }
    let baseline = accepted(try found(1))
    #expect(try found(2).map { baseline.acceptance(of: $0) != nil } == [true, false])
    #expect(try found(2).map(\.id.site.calls) == [["mark(page)"], ["mark(page) #2"]])
  }

  @Test func `an entry says nothing of another kernel, size or configuration`() throws {
    let found = try findings(Self.first)
    let baseline = accepted(found)
    #expect(found.allSatisfy { baseline.acceptance(of: $0) != nil })
    let other = try Port(version: "v6.1.16", flush: Self.first).checked().findings("HVO001")
    #expect(other.allSatisfy { baseline.acceptance(of: $0) == nil })
    let larger = try findings(Self.first, hugepages: ["2M", "32M"]).filter { $0.hugepage == 32 << 20 }
    #expect(!larger.isEmpty && larger.allSatisfy { baseline.acceptance(of: $0) == nil })
  }

  @Test func `a flush that is lost from one more state is not accepted with the old one`() throws {
    func lost(_ flush: String) throws -> [Finding] {
      try Port(flush: flush).checked().findings.filter { $0.rule == "HVO002" }
    }
    let some = try lost(Body.headWhileEnabled)
    let all = try lost("if (page != compound_head(page))\n    return;\n" + Body.givenPage)
    #expect(!some.isEmpty && !all.isEmpty)
    #expect(all.allSatisfy { accepted(some).acceptance(of: $0) == nil })
    #expect(some.allSatisfy { accepted(some).acceptance(of: $0) != nil })
  }

  // MARK: conversion

  private func converted(_ entry: String, _ findings: [Finding]) throws -> BaselineConversion {
    let text = "{\"schema\": \"hvo/baseline/v1\", \"findings\": [\(entry)]}"
    return BaselineConversion(try BaselineV1.read(SourceFile(path: "baseline.json", text: text)), findings: findings)
  }

  private static func entry(_ more: String = "") -> String {
    #"{"rule": "HVO001", "architecture": "port", "hugepages": ["2M"], \#(more)"reason": "r", "date": "2026-01-01"}"#
  }

  @Test func `an old file is refused with the command that converts it`() throws {
    let file = SourceFile(
      path: "known.json", text: "{\"schema\": \"hvo/baseline/v1\", \"findings\": [\(Self.entry())]}")
    let error = try #require(throws: Diagnostics.self) { try Baseline.read(file) }
    #expect(error.all.map(\.id) == ["BASE005"])
    #expect(error.all.first?.help.last?.contains("hvocheck baseline convert --baseline known.json") == true)
  }

  @Test(arguments: [
    (entry(), 1), (entry(#""site": "set_bit(PG_dcache_clean, &page->flags)", "#), 1),
    (entry(#""site": "clear_bit(PG_dcache_clean, &page->flags)", "#), 0),
    (entry(#""scenario": "hugetlb_free_vmemmap=on", "#), 1), (entry(#""scenario": "hugetlb_free_vmemmap=off", "#), 0),
    (entry().replacing("2M", with: "32M"), 0), (entry().replacing("HVO001", with: "HVO003"), 0),
  ])
  func `conversion accepts the one store that was shown, and nothing else`(entry: String, count: Int) throws {
    // Before any flag is set, only the second store is reached.
    let found = try findings(Self.first + Self.second)
    let conversion = try converted(entry, found)
    let accepted = found.filter { conversion.baseline.acceptance(of: $0) != nil }
    #expect(accepted.count == count)
    #expect(accepted.allSatisfy { $0.id == found.first?.id })
    #expect(conversion.dropped.count == 1 - count)
  }

  @Test func `conversion accepts nothing of a name at several kernels`() throws {
    let found = try findings(Self.first)
    let other = try Port(version: "v6.1.16", flush: Self.first).checked().findings
    #expect(try converted(Self.entry(), found + other).baseline.entries.isEmpty)
  }
}

extension Port {
  /// The whole way for a port whose flush stands in `extra`.
  fileprivate func checkedWithOwnFlush() throws -> CheckedPort {
    var port = self
    port.omitsFlush = true
    return try port.checked()
  }
}
