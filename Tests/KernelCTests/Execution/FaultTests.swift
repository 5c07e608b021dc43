import Diagnostics
import Testing

@testable import KernelC

/// A path goes on behind a store that the MMU refuses, so that one run finds every store that has to be mended.
@Suite struct FaultTests {
  private static let declarations = """
    #define CLEAR(nr) clear_bit(nr, &page->flags)
    #define CLEAR_TWO(p) clear_bit(1, &(p)->flags), clear_bit(2, &(p)->flags)
    static void mark(struct page *p, int nr)
    {
      set_bit(nr, &p->flags);
    }
    static void mark_both(struct page *p) { mark(p, 1); mark(p, 2); }
    static int take(struct page *p, int nr) { return test_and_clear_bit(nr, &p->flags); }
    """

  private var fixture: Fixture {
    var fixture = Fixture()
    fixture.declarations = Self.declarations
    fixture.interface.effects = ["maybe": .noStore, "dirty": .writesPage, "lookup": .noStore]
    return fixture
  }

  /// The paths on struct page 65, which shows tail 1 and is read-only, as conditions and what faults under them.
  private func faults(of body: String, at structPage: Int = 65, limits: Limits = Limits()) throws -> [String] {
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 2)
    return try fixture.run(body, on: memory, at: structPage, limits: limits).map { path, _ in
      var ending = ""
      if case .notUnderstood(let reason) = path.ending { ending = " ? \(reason.construct)" }
      if path.ending == .stopped { ending = " stopped" }
      let faults = path.faults.map(\.operation).joined(separator: ", ")
      return "\(path.conditionTexts.joined(separator: ", ")) => \(faults)\(ending)"
    }
  }

  @Test(arguments: [
    ("set_bit(1, &page->flags); clear_bit(2, &page->flags);", [" => set_bit, clear_bit"]),
    (
      "change_bit(1, &page->flags); page->flags |= 4; page->flags = 0;",
      [" => change_bit, store by 'page->flags |= 4', store by 'page->flags = 0'"]
    ),
    ("dirty(page); dirty(page);", [" => dirty, dirty"]),
    (
      "page->flags++; WRITE_ONCE(page->flags, 3);",
      [
        " => store by 'page->flags++', store by 'WRITE_ONCE(page->flags, 3)'"
      ]
    ),
    // A word that nobody knows is refused like any other.
    ("page->flags = maybe(); set_bit(1, &page->flags);", [" => store by 'page->flags = maybe()', set_bit"]),
    // What comes behind is not lost because something else is unknown.
    (
      "set_bit(1, &page->flags); if (maybe()) set_bit(2, &page->flags);",
      [
        "!maybe() => set_bit", "maybe() => set_bit, set_bit",
      ]
    ),
    (
      "if (maybe()) set_bit(1, &page->flags); change_bit(2, &page->flags);",
      [
        "!maybe() => change_bit", "maybe() => set_bit, change_bit",
      ]
    ),
    // The stores behind a fault that do not fault are those of the head.
    ("set_bit(1, &page->flags); page = compound_head(page); set_bit(1, &page->flags);", [" => set_bit"]),
    // A word outside the vmemmap is still not understood.
    (
      "set_bit(1, &page->flags); *(unsigned long *)64 = 1;",
      [
        " => set_bit ? access outside the vmemmap at 0x40 in '*(unsigned long *)64 = 1'"
      ]
    ),
    (
      "set_bit(1, &page->flags); set_bit(2, lookup());",
      [
        " => set_bit ? 'set_bit()' through an unknown pointer that may point to a struct page"
      ]
    ),
  ])
  func storesInSequence(body: String, expected: [String]) throws {
    if body.contains("lookup") {
      // Refused when it is compiled: nothing runs, so nothing may be said to be all.
      #expect(throws: NotUnderstood.self) { try faults(of: body) }
    } else {
      #expect(try faults(of: body) == expected)
    }
  }

  private static let taken = "test_and_clear_bit(1, &page->flags)"

  @Test(arguments: [
    (
      "if (\(taken)) set_bit(2, &page->flags);",
      ["!\(taken) => test_and_clear_bit", "\(taken) => test_and_clear_bit, set_bit"]
    ),
    (
      "if (\(taken)) set_bit(2, &page->flags); else change_bit(3, &page->flags);",
      ["!\(taken) => test_and_clear_bit, change_bit", "\(taken) => test_and_clear_bit, set_bit"]
    ),
    (
      "int old = \(taken); if (!old) set_bit(2, &page->flags); if (old == 1) change_bit(3, &page->flags);",
      [
        "!\(taken) => test_and_clear_bit, set_bit", "\(taken), !old == 1 => test_and_clear_bit",
        "\(taken), old == 1 => test_and_clear_bit, change_bit",
      ]
    ),
    (
      "switch (\(taken)) { case 0: set_bit(2, &page->flags); break; default: change_bit(3, &page->flags); }",
      [
        "!\(taken) => test_and_clear_bit, set_bit", "\(taken) => test_and_clear_bit, change_bit",
      ]
    ),
    // The result of a store that happened is exact.
    ("if (test_and_clear_bit(1, &compound_head(page)->flags)) set_bit(2, &page->flags);", [" => set_bit"]),
    ("if (!test_and_clear_bit(1, &compound_head(page)->flags)) set_bit(2, &page->flags);", [" => "]),
    // A plain clear_bit() may be mended to have happened, to the head, whose word tails show.
    (
      "clear_bit(1, &page->flags); if (test_bit(1, &page->flags)) set_bit(2, &page->flags);",
      ["!test_bit(1, &page->flags) => clear_bit", "test_bit(1, &page->flags) => clear_bit, set_bit"]
    ),
    (
      "struct page *head = compound_head(page); clear_bit(1, &page->flags); if (!test_bit(1, &head->flags)) set_bit(2, &page->flags);",
      ["!test_bit(1, &head->flags) => clear_bit, set_bit", "test_bit(1, &head->flags) => clear_bit"]
    ),
    // Bits that it does not write are what they were.
    ("clear_bit(1, &page->flags); if (test_bit(3, &page->flags)) set_bit(2, &page->flags);", [" => clear_bit"]),
    (
      "page->flags &= ~2UL; if (!(page->flags & 2)) set_bit(2, &page->flags);",
      [
        "!page->flags & 2 => store by 'page->flags &= ~2UL', set_bit",
        "page->flags & 2 => store by 'page->flags &= ~2UL'",
      ]
    ),
    // A value in doubt is stored as memory has it, and what was stored is in doubt.
    (
      "clear_bit(1, &page->flags); compound_head(page)->flags = page->flags << 3; if (test_bit(4, &compound_head(page)->flags)) set_bit(2, &page->flags);",
      [
        "!test_bit(4, &compound_head(page)->flags) => clear_bit",
        "test_bit(4, &compound_head(page)->flags) => clear_bit, set_bit",
      ]
    ),
    ("set_bit(\(taken) + 3, &page->flags);", [" => test_and_clear_bit, set_bit"]),
    ("(page + \(taken))->flags = 3;", [" => test_and_clear_bit, store by '(page + \(taken))->flags = 3'"]),
  ])
  func branchesOnWhatAMendedStoreMayHaveLeft(body: String, expected: [String]) throws {
    #expect(try faults(of: body).sorted() == expected.sorted())
  }

  @Test(arguments: [
    ("int i; for (i = 0; i < 400; i++) clear_bit(1, &page[i].flags);", [" => clear_bit"]),
    (
      "int i; for (i = 0; i < 40; i++) { clear_bit(1, &page->flags); if (i == 39) set_bit(2, &page->flags); }",
      [" => clear_bit, set_bit"]
    ),
    (
      "int i; for (i = 0; i < 3; i++) clear_bit(1, &page->flags); for (i = 0; i < 3; i++) set_bit(2, &page->flags);",
      [" => clear_bit, set_bit"]
    ),
    ("CLEAR(1); CLEAR(2);", [" => clear_bit, clear_bit"]), ("CLEAR_TWO(page);", [" => clear_bit, clear_bit"]),
    ("mark(page, 1); mark(page, 2);", [" => set_bit, set_bit"]),
    ("mark_both(page); mark(page, 3);", [" => set_bit, set_bit, set_bit"]),
    (
      "if (take(page, 1)) mark(page, 2);",
      ["!take(page, 1) => test_and_clear_bit", "take(page, 1) => test_and_clear_bit, set_bit"]
    ),
  ])
  func loopsMacrosAndHelpers(body: String, expected: [String]) throws {
    #expect(
      try faults(of: body).map { $0.replacing("test_and_clear_bit(nr, &p->flags)", with: "take(page, 1)") } == expected)
  }

  @Test func theCallsThatLeadToAStoreTellItApart() throws {
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 0)
    let body = "mark(page, 1);\nmark_both(page);\nCLEAR(3);\nset_bit(4, &page->flags);"
    let (path, _) = try fixture.runOnce(body, on: memory, at: 65)
    #expect(
      path.faults.map { [$0.place.text] + $0.calls.map(\.text) } == [
        ["104:7-104:29", "10:5-10:18"], ["104:7-104:29", "11:5-11:20", "106:45-106:55"],
        ["104:7-104:29", "11:5-11:20", "106:57-106:67"], ["100:23-100:50", "12:5-12:13"], ["13:5-13:29"],
      ])
    // A store that happens is told apart in the same way.
    let (head, _) = try fixture.runOnce(body, on: memory, at: 0)
    #expect(head.faults.isEmpty)
    #expect(head.stores.map(\.place) == path.faults.map(\.place))
    #expect(head.stores.map(\.calls) == path.faults.map(\.calls))
  }

  @Test func memoryBehindAFaultIsAsItWas() throws {
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 2)
    let body =
      "set_bit(5, &compound_head(page)->flags); clear_bit(1, &page->flags); set_bit(6, &compound_head(page)->flags);"
    // Struct page 64 shows the words of the head.
    let (path, flags) = try fixture.runOnce(body, on: memory, at: 64)
    #expect(flags == 0b110_0010)
    #expect(path.stores.map(\.after) == [0b10_0010, 0b110_0010])
    #expect(path.faults.map(\.storesBefore) == [1])
    #expect(path.faults.map(\.access) == [AccessFault(.readOnly, at: FlatVmemmap.address(of: 64))])
  }

  @Test func aPathUpToItsFirstFaultIsWhatAKernelRuns() throws {
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 0)
    let body =
      "if (maybe()) set_bit(1, &compound_head(page)->flags); set_bit(2, &page->flags); if (maybe()) set_bit(3, &compound_head(page)->flags); set_bit(4, &page->flags);"
    let paths = try fixture.run(body, on: memory, at: 65).map(\.path)
    #expect(paths.map(\.faults.count) == [2, 2, 2, 2])
    #expect(paths.map { $0.faults.map(\.conditionsBefore) } == Array(repeating: [1, 2], count: 4))
    let upTo = paths.map(\.upToFirstFault)
    #expect(upTo.map(\.ending) == Array(repeating: .stopped, count: 4))
    #expect(upTo.map(\.conditionTexts) == [["!maybe()"], ["!maybe()"], ["maybe()"], ["maybe()"]])
    #expect(upTo.map(\.stores.count) == [0, 0, 1, 1])
    #expect(upTo.map { $0.faults.map(\.operation) } == Array(repeating: ["set_bit"], count: 4))
    let whole = try fixture.runOnce("set_bit(2, &page->flags);", on: memory).path
    #expect(whole.upToFirstFault == whole)
  }

  @Test func anAccessWithoutTranslationEndsThePath() throws {
    var memory = FlatVmemmap.optimised(structPages: 512, headFlags: 0)
    memory.frameOf[2] = nil
    let body = "set_bit(1, &page->flags); set_bit(1, &page[64].flags); set_bit(2, &page->flags);"
    let (path, _) = try fixture.runOnce(body, on: memory, at: 65)
    #expect(path.ending == .stopped)
    #expect(path.faults.map(\.access.kind) == [.readOnly, .notMapped])
  }

  @Test func anUnknownValueIsNotUnderstoodWhereItCanBeStored() throws {
    #expect(fixture.refusal("page->flags = maybe();")?.construct == "store of an unknown value to a struct page")
    let (path, flags) = try fixture.runOnce("page->flags = maybe();", on: FlatVmemmap(structPages: 512))
    #expect(path.faults.isEmpty && path.stores.isEmpty && flags == 0)
  }

  // MARK: Budgets

  @Test func theStepsOfAPathHaveALimitBehindAFault() throws {
    #expect(
      try faults(of: "set_bit(1, &page->flags);\nfor (;;) ;", limits: Limits(steps: 1000)) == [
        " => set_bit ? step budget of 1000 exhausted in loop"
      ])
    let spin = try faults(of: "while (\(Self.taken)) ;")
    #expect(spin.count == 17)
    #expect(spin.dropLast().allSatisfy { $0.hasSuffix(" => test_and_clear_bit") })
    #expect(spin.last?.contains("stayed undecided 16 times") == true)
  }

  @Test func thePathsBehindAFaultHaveALimitOfTheirOwn() throws {
    let forks = (1...8).map { "if (test_and_clear_bit(\($0), &page->flags)) maybe();" }.joined(separator: "\n")
    let body = "if (maybe()) {\n\(forks)\n} else {\nchange_bit(9, &page->flags);\n}\nset_bit(10, &page->flags);"
    for limits in [Limits(paths: 2, pathsBehindFault: 20), Limits(paths: 2)] {
      let seen = try faults(of: body, limits: limits)
      #expect(seen.first == "!maybe() => change_bit, set_bit")
      #expect(seen.count == 1 + limits.pathsBehindFault + 1)
      #expect(seen.dropLast().allSatisfy { $0.hasSuffix(", set_bit") })
      #expect(
        seen.last
          == "maybe() => test_and_clear_bit ? more than \(limits.pathsBehindFault) paths behind the store that faults first"
      )
    }
    // Nothing is given up where nothing is left.
    #expect(try faults(of: forks, limits: Limits(pathsBehindFault: 256)).count == 256)
  }

  @Test func aPathEndsAtItsFirstFaultWhereNoneIsFollowed() throws {
    let body = "if (maybe()) set_bit(1, &page->flags); if (maybe()) set_bit(2, &page->flags); set_bit(3, &page->flags);"
    let notRun = " => set_bit ? what follows the store that faults first is not run"
    #expect(
      try faults(of: body, limits: Limits(pathsBehindFault: 0)) == [
        "!maybe(), !maybe()" + notRun, "!maybe(), maybe()" + notRun, "maybe()" + notRun,
      ])
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 0)
    for (path, _) in try fixture.run(body, on: memory, at: 65) {
      let alone = try #require(
        fixture.run(body, on: memory, at: 65, limits: Limits(pathsBehindFault: 0)).map(\.path)
          .first { $0.conditionTexts == path.upToFirstFault.conditionTexts })
      #expect(path.stepsToFirstFault == alone.steps && path.upToFirstFault.steps == alone.steps)
      #expect(path.steps > alone.steps)
    }
  }

  @Test func theFaultsOfAPathHaveALimit() throws {
    let body = (1...8).map { "set_bit(\($0), &page->flags);" }.joined(separator: "\n")
    #expect(try faults(of: body, limits: Limits(faults: 8)).first?.contains("?") == false)
    let seen = try faults(of: body, limits: Limits(faults: 7))
    #expect(seen.first?.hasSuffix("set_bit ? more than 7 stores that fault on one path") == true)
  }
}
