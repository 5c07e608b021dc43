import Diagnostics
import Testing

@testable import KernelC

@Suite struct PathTests {
  /// The conditions of each path, sorted, with the flags at its end.
  private func summary(_ body: String, _ fixture: Fixture = Fixture()) throws -> [String] {
    try fixture.run(body).map { "\($0.path.conditionTexts.joined(separator: ", ")) => \($0.flags)" }.sorted()
  }

  @Test(arguments: [
    ("if (page_mapcount(page)) page->flags = 1;", ["!page_mapcount(page) => 0", "page_mapcount(page) => 1"]),
    // Two calls of a predicate may differ, two reads of one result may not.
    (
      "if (page_mapcount(page)) if (!page_mapcount(page)) page->flags = 1;",
      [
        "!page_mapcount(page) => 0", "page_mapcount(page), !page_mapcount(page) => 1",
        "page_mapcount(page), page_mapcount(page) => 0",
      ]
    ),
    (
      "int n = page_mapcount(page); if (n) page->flags |= 1; if (!n) page->flags |= 2; if (n == 0) page->flags |= 4; if (n != 0 && 0 != n) page->flags |= 8;",
      ["!page_mapcount(page) => 6", "page_mapcount(page) => 9"]
    ),
    (
      "int n = page_mapcount(page); if (n == 2) page->flags = n + 1; else if (n == 2) page->flags = 9;",
      ["!n == 2 => 0", "n == 2 => 3"]
    ),
    (
      "int n = page_mapcount(page); if (n & 1) page->flags |= 1; if (n & 1) page->flags |= 2;",
      ["!n & 1 => 0", "n & 1 => 3"]
    ),
    // A stable fact has one value per path, whoever asks.
    (
      "if (cache_is_vivt()) page->flags |= 1; if (!cache_is_vivt()) page->flags |= 2;",
      ["!cache_is_vivt() => 2", "cache_is_vivt() => 1"]
    ),
    (
      "if (cpu_has_feature(CPU_FTR_COHERENT_ICACHE)) return; if (cpu_has_feature(CPU_FTR_OTHER)) page->flags = 1;",
      [
        "!cpu_has_feature(CPU_FTR_COHERENT_ICACHE), !cpu_has_feature(CPU_FTR_OTHER) => 0",
        "!cpu_has_feature(CPU_FTR_COHERENT_ICACHE), cpu_has_feature(CPU_FTR_OTHER) => 1",
        "cpu_has_feature(CPU_FTR_COHERENT_ICACHE) => 0",
      ]
    ),
    (
      "if (static_branch_likely(&key)) page->flags |= 1; if (static_branch_unlikely(&key)) page->flags |= 2;",
      ["!static_branch_likely(&key) => 0", "static_branch_likely(&key) => 3"]
    ),
    (
      "if (IS_ENABLED(CONFIG_X)) page->flags |= 1; if (IS_ENABLED(CONFIG_X)) page->flags |= 2;",
      ["!IS_ENABLED(CONFIG_X) => 0", "IS_ENABLED(CONFIG_X) => 3"]
    ),
    (
      "page->flags = IS_BUILTIN(CONFIG_X) ? 1 : IS_MODULE(CONFIG_X) ? 2 : 3;",
      [
        "!IS_ENABLED(CONFIG_X) => 3", "IS_ENABLED(CONFIG_X), !IS_MODULE(CONFIG_X) => 1",
        "IS_ENABLED(CONFIG_X), IS_MODULE(CONFIG_X) => 2",
      ]
    ),
    (
      "struct address_space *m = page_mapping_file(page); if (m && !mapping_mapped(m)) page->flags = 1;",
      [
        "!page_mapping_file(page) => 0", "page_mapping_file(page), !mapping_mapped(m) => 1",
        "page_mapping_file(page), mapping_mapped(m) => 0",
      ]
    ),
    (
      "switch (page_mapcount(page)) { case 1: page->flags = 1; break; case 2: page->flags = 2; }",
      [
        "!page_mapcount(page) == 1, !page_mapcount(page) == 2 => 0",
        "!page_mapcount(page) == 1, page_mapcount(page) == 2 => 2",
        "page_mapcount(page) == 1 => 1",
      ]
    ),
    (
      "if (has_aliases) page->flags |= 1; if (has_aliases && cpu_has_dc_aliases) page->flags |= 2;",
      ["!has_aliases => 0", "has_aliases, !cpu_has_dc_aliases => 1", "has_aliases, cpu_has_dc_aliases => 3"]
    ),
    (
      "if (page == ZERO_PAGE(0)) return; page->flags = page == ZERO_PAGE(0) ? 2 : 1;",
      ["!page == ZERO_PAGE(0) => 1", "page == ZERO_PAGE(0) => 0"]
    ),
    ("int x; if (x) page->flags = 1;", ["!x => 0", "x => 1"]),
    (
      "if (vma->vm_flags & VM_EXEC) page->flags = 1;",
      ["!vma->vm_flags & VM_EXEC => 0", "vma->vm_flags & VM_EXEC => 1"]
    ),
    (
      "if (likely(page_mapcount(page) > 1)) page->flags = 1;",
      ["!page_mapcount(page) > 1 => 0", "page_mapcount(page) > 1 => 1"]
    ),
    (
      "int r = WARN_ON(page_mapped(page)); if (r) page->flags = 1;",
      ["!page_mapped(page) => 0", "page_mapped(page) => 1"]
    ),
    (
      "if (test_bit(3, &vma->bits)) set_bit(4, &vma->bits); spin_lock(&vma->lock); vma->count = 4; vma->next.list = vma->other->more;",
      ["!test_bit(3, &vma->bits) => 0", "test_bit(3, &vma->bits) => 0"]
    ),
    (
      "if (fact()) page->flags |= 1; if (fact()) page->flags |= 2; if (news()) page->flags |= 4;",
      ["!fact(), !news() => 0", "!fact(), news() => 4", "fact(), !news() => 3", "fact(), news() => 7"]
    ),
  ])
  func undecidedConditionsFork(body: String, paths: [String]) throws {
    var fixture = Fixture()
    fixture.parameters.append(.init("vma", .object))
    fixture.interface.effects = ["fact": .stable, "news": .noStore, "has_aliases": .stable]
    #expect(try summary(body, fixture) == paths.sorted())
  }

  @Test func everyPathStartsFromTheSameState() throws {
    let paths = try Fixture().run("page->flags++; if (page_mapcount(page)) page->flags++; page->flags++;")
    #expect(paths.map(\.flags).sorted() == [2, 3])
    #expect(paths.map { $0.path.stores.first?.before } == [nil, nil])
    #expect(paths.map { $0.path.stores.first?.after } == [1, 1])
  }

  @Test func aConditionStandsWhereThePathForks() throws {
    let paths = try Fixture().run("int n = page_mapcount(page);\nif (!n)\n  page->flags = 1;")
    #expect(paths.map { $0.path.conditions.map(\.place.text) } == [["11:10-11:11"], ["11:10-11:11"]])
  }

  @Test func predicatesAskTheMemory() throws {
    var fixture = Fixture()
    fixture.interface.predicates = ["hvo_on", "key"]
    var memory = FlatVmemmap(structPages: 512)
    let body = "page->flags = hvo_on() + 2 * static_key_enabled(&key);"
    #expect(try fixture.runOnce(body, on: memory).flags == 0)
    memory.predicates = ["hvo_on": true, "key": true]
    #expect(try fixture.runOnce(body, on: memory).flags == 3)
  }

  @Test func writesPageLoadsAndStoresTheFlagsWord() throws {
    var fixture = Fixture()
    fixture.interface.effects = ["dirty": .writesPage]
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 5)
    let (path, flags) = try fixture.runOnce("dirty(3, page);", on: memory)
    #expect(flags == 5)
    #expect(path.stores.map { [$0.before, $0.after] } == [[5, 5]])
    #expect(try fixture.runOnce("dirty(0, page);", on: memory, at: 65).path.faultingOperation == "dirty")
    #expect(try fixture.compile("dirty(0, page);").trusted.map(\.effect) == [.writesPage])
    #expect(fixture.refusal("dirty(0);")?.construct.contains("no argument points to one") == true)
  }

  @Test func aDeclaredEffectNeverReplacesWhatIsKnown() throws {
    var fixture = Fixture()
    fixture.interface.effects = ["set_bit": .noStore, "helper": .noStore]
    fixture.declarations = "static void helper(struct page *p) { p->flags++; }"
    #expect(try fixture.runOnce("helper(page); set_bit(4, &page->flags);").flags == 17)
    #expect(try fixture.compile("helper(page); set_bit(4, &page->flags);").trusted.isEmpty)
    #expect(Program.models(function: "set_bit"))
    #expect(!Program.models(function: "helper"))
  }

  // MARK: Budgets

  @Test(
    arguments: [
      ("for (;;) ;", "step budget of 1000 exhausted in loop", "10:5-10:8"),
      ("page->flags = 1;\nwhile (page->flags) page->flags = 2;", "step budget of 1000 exhausted in loop", "11:5-11:10"),
      ("do { page->flags ^= 1; } while (1);", "step budget of 1000 exhausted in loop", "10:5-10:7"),
      ("f9();", "step budget of 1000 exhausted", nil),
      (
        "while (page_mapcount(page)) ;",
        "loop that no known condition ends: 'page_mapcount(page)' stayed undecided 16 times", "10:12-10:31"
      ),
      (
        "unsigned long a = (unsigned long)page_address(page), e = a + PAGE_SIZE; for (; a < e; a += 64) ;",
        "loop that no known condition ends: 'a < e' stayed undecided 16 times", "10:84-10:89"
      ),
    ] as [(String, String, String?)])
  func exhaustedStepsAreNotUnderstood(body: String, construct: String, place: String?) {
    var fixture = Fixture()
    fixture.declarations =
      "void f0(void) { }\n"
      + (1...9).map { "void f\($0)(void) { f\($0 - 1)(); f\($0 - 1)(); f\($0 - 1)(); }\n" }.joined()
    let refusal = fixture.refusal(body, limits: Limits(steps: 1000))
    #expect(refusal?.construct == construct)
    // Without a loop the place is wherever the budget ended, in one of the helpers.
    if let place { #expect(refusal?.place.text == place) } else { #expect((refusal?.place.start.line ?? 0) >= 100) }
  }

  @Test func exhaustedPathsEndInOnePathThatSaysSo() throws {
    let body = (0..<8).map { "if (page_mapcount(page)) page->flags |= 1 << \($0);" }.joined(separator: "\n")
    #expect(try Fixture().run(body).count == 256)
    let paths = try Fixture().run(body, limits: Limits(paths: 100))
    #expect(paths.count == 101)
    #expect(paths.dropLast().filter { !$0.path.isReturned }.isEmpty)
    guard case .notUnderstood(let reason)? = paths.last?.path.ending else {
      Issue.record("the budget passed in silence")
      return
    }
    #expect(reason.construct == "path budget of 100 exhausted")
    #expect(reason.place.start.line >= 10)
  }
}
