import Architectures
import Policy
import Testing

/// Rows of the compatibility matrix: words, what-ifs and the reason on one line.
struct MatrixTests {
  private func matrix(
    _ ports: [Port], by grouping: Matrix.Grouping = .architecture, known: Set<String> = []
  ) throws -> Matrix {
    let catalog = try Shipped.catalog()
    let checker = Checker(rules: try Shipped.rules(for: catalog), catalog: catalog)
    let checked = try ports.map { try checker.check($0.architecture(catalog)) }
    return MatrixBuilder(checker: checker) { known.contains($0.rule) }.matrix(
      of: checked, by: grouping, stamp: .init(toolVersion: "0.0.0", rules: 0, digest: "0"))
  }

  /// `FAIL ok FAIL`
  private func text(_ words: Matrix.Words) -> String {
    [words.verdict, words.flush, words.remap].map(\.rawValue).joined(separator: " ")
  }

  private static let unreachable = "SPARSEMEM_VMEMMAP: n, HUGETLBFS: y"
  private static let noCode = Port(selects: [], defines: [], flush: nil, icacheSync: nil)
  private static let beforeOptIns = Port(version: "v5.17", selects: [])

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var port: Port
    var words: String
    var reason: String

    init(_ name: String, _ port: Port, _ words: String, _ reason: String) {
      (testDescription, self.port, self.words, self.reason) = (name, port, words, reason)
    }
  }

  static let rows: [Case] = [
    Case("ready", Port(), "ok ok ok", ""),
    Case(
      "a flush that faults", Port(flush: Body.givenPage), "FAIL FAIL ok",
      "HVO001, 7 of 511 tails; warning HVO002, 504 of 511 tails"),
    Case("a remap that is forbidden", Port(livePTEReplace: "forbidden"), "FAIL ok FAIL", "HVO020"),
    Case("nobody knows", Port(livePTEReplace: "unknown"), "? ok ?", "HVO020 (cannot decide)"),
    Case("the macro says otherwise", Port(defines: []), "FAIL ok ok", "HVO013"),
    Case("nothing to free", Port(hugepages: ["64K"]), ".. .. ..", "no vmemmap page to free"),
    Case("off, and ready", Port(selects: []), "off ok ok", "not selected; if selected: ok"),
    Case(
      "off, and not ready", Port(selects: [], flush: Body.givenPage), "off FAIL ok",
      "not selected; if selected: HVO001, 7 of 511 tails; warning HVO002, 504 of 511 tails"),
    Case(
      "off by decision", Port(selects: [], livePTEReplace: "forbidden"), "off ok FAIL",
      "not selected; if selected: HVO020"),
    Case("off without code", noCode, "off .. ok", "not selected; if selected: no flush_dcache_page()"),
    Case(
      "off, with nothing to free", Port(selects: [], hugepages: ["64K"]), "off .. ..",
      "not selected; if selected: no vmemmap page to free"),
    Case(
      "off, and would stay so", Port(config: unreachable, selects: []), "off .. ..",
      "not selected; if selected: HUGETLB_PAGE_OPTIMIZE_VMEMMAP=n: SPARSEMEM_VMEMMAP=n"),
    Case(
      "selected in vain", Port(config: unreachable), "off .. ..",
      "HVO011; opted in, but HUGETLB_PAGE_OPTIMIZE_VMEMMAP=n: SPARSEMEM_VMEMMAP=n"),
    Case(
      "selected by a name that this kernel does not have",
      Port(selects: ["{symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP}"]), "off ok ok",
      "HVO010; not selected; if selected: ok"),
    Case(
      "nothing to select in this kernel", beforeOptIns, "off .. ..",
      "this kernel has no opt-in symbol: HUGETLB_PAGE_FREE_VMEMMAP needs X86_64"),
  ]

  @Test(arguments: rows)
  func `one row says what is and what would be`(one: Case) throws {
    let rows = try matrix([one.port]).rows
    #expect(rows.map { text($0.words) } == [one.words])
    #expect(rows.map(\.reason) == [one.reason])
    #expect(rows.map(\.isWhatIf) == [one.reason.contains("if selected")])
  }

  static let folded: [Case] = [
    Case("one is left alone", Port(hugepages: ["64K", "2M"]), "ok ok ok", "no vmemmap page to free at 64K"),
    Case(
      "counts differ", Port(hugepages: ["2M", "1G"], flush: Body.givenPage), "FAIL FAIL ok",
      "HVO001, 7 of 511 tails at 2M, 4095 of 262143 at 1G; "
        + "warning HVO002, 504 of 511 tails at 2M, 258048 of 262143 at 1G"),
    Case(
      "what fails comes first", Port(livePTEReplace: "forbidden", hugepages: ["64K", "2M", "1G"]), "FAIL ok FAIL",
      "HVO020 at 2M, 1G; no vmemmap page to free at 64K"),
    Case("none is optimized", Port(hugepages: ["64K", "32K"]), ".. .. ..", "no vmemmap page to free"),
  ]

  @Test(arguments: folded)
  func `a row has the worst word of its sizes, and names them where they differ`(one: Case) throws {
    let row = try #require(try matrix([one.port]).rows.first)
    #expect(text(row.words) == one.words)
    #expect(row.reason == one.reason)
    #expect(row.cells.count == one.port.hugepages.count)
    #expect(row.saving == nil)
  }

  @Test func `by hugepage each size has its row with what is given back`() throws {
    let rows = try matrix([Port(hugepages: ["64K", "2M", "1G"], flush: Body.givenPage)], by: .hugepage).rows
    #expect(rows.map(\.hugepage) == [64 << 10, 2 << 20, 1 << 30])
    #expect(rows.map { text($0.words) } == [".. .. ..", "FAIL FAIL ok", "FAIL FAIL ok"])
    #expect(rows.map { $0.saving?.pages } == [nil, "7 of 8 pages", "4095 of 4096 pages"])
    #expect(rows.map { $0.saving?.gibPerTib } == [nil, "14.0000", "15.9961"])
    #expect(rows.map { $0.saving?.keptPages } == [nil, 1, 1])
    #expect(rows[1].reason == "HVO001, 7 of 511 tails; warning HVO002, 504 of 511 tails")
  }

  @Test func `an architecture that is off shows what would be given back`() throws {
    let rows = try matrix([Port(selects: [])], by: .hugepage).rows
    #expect(rows.map { $0.saving?.pages } == ["7 of 8 pages"])
    #expect(rows.map { $0.architecture.optInSelect?.symbol.value } == ["ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP"])
  }

  struct Split: Sendable {
    var sizes: String
    var words: Set<String>
    var reasons: Set<String>
  }

  static let splits: [Split] = [
    // Other words: a row each, with what it assumes.
    Split(
      sizes: "sizes: [{size: 64, if: MEMCG}, {size: 56, if: \"!MEMCG\"}]", words: ["ok ok ok", ".. .. .."],
      reasons: ["with MEMCG=y", "sizeof(struct page) is 56, no power of two; with MEMCG=n"]),
    // The same words: nothing that a reader has to know.
    Split(
      sizes: "sizes: [{size: 64, if: MEMCG}, {size: 128, if: \"!MEMCG\"}]", words: ["ok ok ok"], reasons: [""]),
    // The same words for other reasons.
    Split(
      sizes: "sizes: [{size: 56, if: MEMCG}, {size: 80, if: \"!MEMCG\"}]", words: [".. .. .."],
      reasons: [
        "sizeof(struct page) is 56, no power of two (with MEMCG=y); sizeof(struct page) is 80, no power of two (with MEMCG=n)"
      ]),
  ]

  @Test(arguments: splits)
  func `assumptions split a row only where they change a word`(one: Split) throws {
    let rows = try matrix([Port(structPage: one.sizes)]).rows
    #expect(Set(rows.map { text($0.words) }) == one.words)
    #expect(Set(rows.map(\.reason)) == one.reasons)
  }

  @Test func `a symbol that matters only once the feature is selected is an assumption as well`() throws {
    let rows = try matrix([Port(config: "ARM64: y, 64BIT: y, SPARSEMEM_VMEMMAP: y", selects: [])]).rows
    #expect(
      Set(rows.map(\.reason)) == [
        "not selected; if selected: ok; with HUGETLBFS=y",
        "not selected; if selected: HUGETLB_PAGE_OPTIMIZE_VMEMMAP=n: HUGETLB_PAGE=n; with HUGETLBFS=n",
      ])
    #expect(rows.map(\.isWhatIf) == [true, true])
  }

  @Test func `what is given back splits a row of one size too`() throws {
    let port = Port(structPage: "sizes: [{size: 64, if: MEMCG}, {size: 128, if: \"!MEMCG\"}]")
    let rows = try matrix([port], by: .hugepage).rows
    #expect(
      Set(rows.map { "\($0.assumptions) \($0.saving?.pages ?? "")" }) == [
        "MEMCG=y 7 of 8 pages", "MEMCG=n 15 of 16 pages",
      ])
  }

  @Test func `what is known stays what it is`() throws {
    let port = Port(hugepages: ["2M"], flush: Body.givenPage)
    let row = try #require(try matrix([port], known: ["HVO001"]).rows.first)
    #expect(text(row.words) == "FAIL FAIL ok")
    #expect(row.reason == "HVO001 (known), 7 of 511 tails; warning HVO002, 504 of 511 tails")
    #expect(row.cells.flatMap(\.findings).map(\.isKnown) == [true, false])
  }

  /// Never checked because it is off, and cannot be built once it is on.
  @Test func `what cannot be simulated is a question, and no crash`() throws {
    var port = Port(selects: [])
    port.layout.vmemmap = "start: 0xfffffc0000000000, size: 4K, base: memory_start"
    let row = try #require(try matrix([port]).rows.first)
    #expect(text(row.words) == "off ? ?")
    #expect(row.reason.hasPrefix("not selected; if selected: cannot be simulated: "))
  }

  @Test func `kernels of one architecture stand together, in the order of releases`() throws {
    let optIn = ["{symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP}"]
    let rows = try matrix([Port(version: "v6.12", selects: optIn), Port(version: "v6.1.15"), Port(version: "v6.1-rc1")])
      .rows
    #expect(rows.map(\.kernel) == ["v6.1-rc1", "v6.1.15", "v6.12"])
  }

  @Test func `the worst word does not depend on the order`() {
    for left in Verdict.allCases {
      for right in Verdict.allCases {
        let (a, b) = (Matrix.Words(left, flush: left, remap: left), Matrix.Words(right, flush: right, remap: right))
        #expect(a.worst(with: b) == b.worst(with: a))
        #expect([a, b].contains(a.worst(with: b)))
        #expect((a.worst(with: b).verdict == .notApplicable) == (left == .notApplicable && right == .notApplicable))
        #expect((a.worst(with: b).verdict == .fail) == (left == .fail || right == .fail))
      }
    }
  }
}
