import Policy
import Testing

/// The words of the matrix: flush and remap apart, never one into the other.
struct VerdictTests {
  @Test(arguments: [
    ("ok", Port(), Verdict.ok, Verdict.ok, Verdict.ok),
    ("flush only", Port(flush: Body.givenPage), .fail, .ok, .fail),
    ("remap only", Port(livePTEReplace: "forbidden"), .ok, .fail, .fail),
    ("both", Port(livePTEReplace: "forbidden", flush: Body.givenPage), .fail, .fail, .fail),
    ("remap unknown", Port(livePTEReplace: "unknown"), .ok, .undecided, .undecided),
    ("flush not understood", Port(flush: "some_helper(page);"), .undecided, .ok, .undecided),
    ("a failure outranks a question", Port(livePTEReplace: "unknown", flush: Body.givenPage), .fail, .undecided, .fail),
    (
      "a question does not hide a failure", Port(livePTEReplace: "forbidden", flush: "some_helper(page);"), .undecided,
      .fail, .fail
    ),
    ("a warning is no failure", Port(flush: Body.headWhileEnabled), .ok, .ok, .ok),
    ("sync path not understood", Port(icacheSync: "some_helper(pte_page(pte));"), .undecided, .ok, .undecided),
    ("no code", Port(defines: [], flush: nil, icacheSync: nil), .notApplicable, .ok, .ok),
    ("macro and code disagree", Port(defines: []), .ok, .ok, .fail),
    ("not selected", Port(selects: [], flush: Body.unconditional), .off, .off, .off),
    ("unreachable", Port(config: "SPARSEMEM_VMEMMAP: n, HUGETLBFS: y"), .off, .off, .off),
    (
      "nothing to free", Port(hugepages: ["64K"], flush: Body.unconditional), .notApplicable, .notApplicable,
      .notApplicable
    ),
    ("struct page of 56 bytes", Port(structPage: "size: 56"), .notApplicable, .notApplicable, .notApplicable),
  ])
  func `each axis has its word`(
    name: String, port: Port, flush: Verdict, remap: Verdict, overall: Verdict
  ) throws {
    let verdict = try #require(try port.checked().verdicts.first)
    #expect(verdict.flush == flush)
    #expect(verdict.remap == remap)
    #expect(verdict.overall == overall)
  }

  @Test(arguments: [
    (Port(livePTEReplace: "forbidden", flush: Body.givenPage), "HVO001, HVO020, warning HVO002"), (Port(), ""),
    (Port(selects: []), "not selected"),
    (Port(config: "SPARSEMEM_VMEMMAP: n, HUGETLBFS: y"), "opted in, but HUGETLB_PAGE_OPTIMIZE_VMEMMAP=n"),
    (Port(hugepages: ["64K"]), "no vmemmap page to free"),
    (Port(structPage: "size: 80"), "sizeof(struct page) is 80, no power of two"),
    (Port(defines: [], flush: nil, icacheSync: nil), "no flush_dcache_page()"),
  ])
  func `why it is so, in a few words`(port: Port, why: String) throws {
    #expect(try port.checked().verdicts.map(\.why) == [why])
  }

  @Test func `each size has its own verdict`() throws {
    let port = try Port(hugepages: ["64K", "2M", "1G"], flush: Body.givenPage).checked()
    #expect(port.verdicts.map(\.hugepage) == [64 << 10, 2 << 20, 1 << 30])
    #expect(port.verdicts.map(\.flush) == [.notApplicable, .fail, .fail])
  }
}
