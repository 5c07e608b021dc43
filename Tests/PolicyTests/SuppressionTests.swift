import Architectures
import Diagnostics
import Policy
import Testing

/// Comments that accept findings.
struct SuppressionTests {
  private static let good = #"hvocheck: ignore HVO001 until=2027-03-31 reason="why""#
  private static let today = CalendarDate(year: 2026, month: 11, day: 23) ?? .last

  /// The port's text with the comment in a line of its own in front of a key, or behind it.
  private func port(_ comment: String, above key: String) -> String {
    var port = Port()
    port.flush = Body.givenPage
    return port.text.replacing("\n\(key):", with: "\n# \(comment)\n\(key):")
  }

  private func read(_ text: String) throws -> Suppressions {
    try SuppressionReader(rules: Shipped.rules(for: Shipped.catalog())).read([SourceFile(path: Port.path, text: text)])
  }

  private func mistakes(_ comment: String) throws -> [Diagnostic] {
    do {
      _ = try read(port(comment, above: "hugepages"))
      return []
    } catch let error as Diagnostics {
      return error.all
    }
  }

  private func findings(_ text: String) throws -> [Finding] {
    let catalog = try Shipped.catalog()
    let descriptor = try DescriptorLoader(sources: OneFile(file: SourceFile(path: Port.path, text: text))).load(
      Port.path)
    let architectures = try ArchitectureReader(catalog: catalog).read(descriptor)
    let checker = Checker(rules: try Shipped.rules(for: catalog), catalog: catalog)
    return try checker.check(architectures).flatMap(\.findings)
  }

  private func remarks(_ text: String, today: CalendarDate = Self.today) throws -> [Diagnostic] {
    try read(text).remarks(
      on: findings(text), today: today, checked: [FilePath(Port.path)], rules: Shipped.rules(for: Shipped.catalog()))
  }

  // MARK: one store each

  @Test(arguments: [("set_bit(PG_other, &page->flags);\n", 2), ("", 1)])
  func `a comment that covers several stores accepts none`(more: String, stores: Int) throws {
    var port = Port()
    port.pageFlags = "PG_dcache_clean: PG_arch_1, PG_other: PG_arch_2"
    port.flush =
      "/* \(Self.good) */\nif (PageHuge(page)) {\n    clear_bit(PG_dcache_clean, &page->flags);\n" + more + "}"
    let found = try findings(port.text).filter { $0.rule == "HVO001" }
    let read = try read(port.text).accepting(oneStoreEachOf: found)
    #expect(Set(found.map(\.place)).count == stores)
    let accepted = found.filter { read.acceptance(of: $0, on: Self.today) != nil }
    #expect(accepted.count == (stores == 1 ? 1 : 0))
    let remarks = try read.remarks(
      on: found, today: Self.today, checked: [FilePath(Port.path)], rules: Shipped.rules(for: Shipped.catalog()))
    #expect(remarks.map(\.id) == (stores == 1 ? [] : ["HVO904"]))
  }

  @Test func `a comment on one store leaves the next one open`() throws {
    var port = Port()
    port.flush = "/* \(Self.good) */\nclear_bit(PG_dcache_clean, &page->flags);\npage->flags |= 1;"
    let found = try findings(port.text).filter { $0.rule == "HVO001" }
    let read = try read(port.text).accepting(oneStoreEachOf: found)
    #expect(
      found.filter { read.acceptance(of: $0, on: Self.today) == nil }.compactMap(\.id.site.text) == ["page->flags |= 1"]
    )
  }

  // MARK: the comment

  @Test(arguments: [
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason="why""#, ["HVO001"]),
    (#"  hvocheck:   ignore  HVO001,HVO002  reason="a \"b\" = c"  until=2027-03-31  "#, ["HVO001", "HVO002"]),
    (#"hvocheck: ignore HVO001, HVO003, HVO020 until=2027-03-31 reason="why""#, ["HVO001", "HVO003", "HVO020"]),
  ])
  func `a suppression names rules, a day and a reason`(comment: String, rules: [String]) throws {
    let read = try read(port(comment, above: "hugepages"))
    #expect(read.all.map(\.rule) == rules)
    #expect(Set(read.all.map(\.until.description)) == ["2027-03-31"])
  }

  @Test func `quotes in the reason are escaped`() throws {
    let read = try read(port(#"hvocheck: ignore HVO001 until=2027-03-31 reason="a \"b\" = \\c""#, above: "hugepages"))
    #expect(read.all.map(\.reason) == [#"a "b" = \c"#])
  }

  @Test(arguments: [
    (#"hvocheck: ignore until=2027-03-31 reason="why""#, "names no rule"),
    (#"hvocheck: ignore HVO001, until=2027-03-31 reason="why""#, "names no rule"),
    (#"hvocheck: ignore HVO001 HVO002 until=2027-03-31 reason="why""#, "separated by commas"),
    (#"hvocheck: ignore HVO01 until=2027-03-31 reason="why""#, "no rule 'HVO01'"),
    (#"hvocheck: ignore HVO001,,HVO002 until=2027-03-31 reason="why""#, "no rule ''"),
    (#"hvocheck: ignore lost-flush until=2027-03-31 reason="why""#, "no rule 'lost-flush'"),
    (#"hvocheck: ignore HVO901 until=2027-03-31 reason="why""#, "HVO901 is about files"),
    (#"hvocheck: ignore HVO001 reason="why""#, "until when"),
    (#"hvocheck: ignore HVO001 until=2027-03-31"#, "no reason"),
    (#"hvocheck: ignore HVO001"#, "until when"), (#"hvocheck: ignore"#, "names no rule"),
    (#"hvocheck: ignore HVO001 until=2027-02-29 reason="why""#, "'2027-02-29' is not a date"),
    (#"hvocheck: ignore HVO001 until=soon reason="why""#, "'soon' is not a date"),
    (#"hvocheck: ignore HVO001 until= reason="why""#, "'' is not a date"),
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason="""#, "the reason is empty"),
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason="  ""#, "the reason is empty"),
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason=why"#, "must stand in quotes"),
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason="why"#, "not closed"),
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason="why"x"#, "something follows"),
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason="why" reason="again""#, "given twice"),
    (#"hvocheck: ignore HVO001 untl=2027-03-31 reason="why""#, "no 'untl'"),
    (#"hvocheck: ignore HVO001 until=2027-03-31 reason="why" because"#, "no 'because'"),
  ])
  func `what is missing or wrong is said once, with its place`(comment: String, message: String) throws {
    let found = try mistakes(comment)
    #expect(found.count == 1)
    let mistake = try #require(found.first)
    #expect(mistake.id == "HVO900")
    #expect(mistake.message.contains(message), "\(mistake.message)")
    #expect(mistake.place?.start.line == 15)
    #expect(!mistake.help.isEmpty)
  }

  @Test(arguments: [
    "hvochek: ignore HVO001", "hvocheck ignore HVO001", "hvocheck:ignore HVO001", "HVOcheck: ignore HVO001",
    "hvo-check: ignore HVO001", "hvocheck: ignroe HVO001", "hvocheck: suppress HVO001",
    "hvocheck: nothing of that sort",
    "hvocheck; ignore HVO001", "hovcheck ignore HVO001", "see above. hvocheck: ignore HVO001", "hvcheck disable HVO001",
    "hvocheck: Ignore HVO001",
  ])
  func `what looks like a suppression and is none is named`(comment: String) throws {
    #expect(try mistakes(comment).isEmpty)
    #expect(try remarks(port(comment, above: "hugepages")).map(\.id) == ["HVO903"])
  }

  @Test(arguments: [
    "hvocheck cannot model this", "hvocheck sees 2M", "ignore this", "noqa", "the hugepages", "yaml-language-server: x",
    "",
    "hugetlb: ignore",
  ])
  func `prose is left alone`(comment: String) throws {
    #expect(try remarks(port(comment, above: "hugepages")).isEmpty)
  }

  // MARK: what it covers

  @Test(arguments: [
    ("\nflush_dcache_page:", "\n# \(good)\nflush_dcache_page:", true),
    ("\nflush_dcache_page:", "\nflush_dcache_page: # \(good)", true),
    ("\nflush_dcache_page:", "\n# \(good)\n\n# other\nflush_dcache_page:", true),
    ("\n  body: |\n    if (test_bit", "\n  # \(good)\n  body: |\n    if (test_bit", true),
    ("\n  body: |\n    if (test_bit", "\n  body: | # \(good)\n    if (test_bit", true),
    ("    if (test_bit", "    /* \(good) */\n    if (test_bit", true),
    ("    if (test_bit", "    // \(good)\n    if (test_bit", true),
    ("&page->flags);\n", "&page->flags); // \(good)\n", true),
    ("&page->flags);\n", "&page->flags); /* \(good) */\n", true),
    (
      "    if (test_bit",
      "    /*\n     * hvocheck: ignore HVO001\n     * until=2027-03-31\n     * reason=\"why\"\n     */\n    if (test_bit",
      true
    ),
    ("\nhugepages:", "\n# \(good)\nhugepages:", false), ("\nicache_sync:", "\n# \(good)\nicache_sync:", false),
    ("    if (test_bit", "    int a = 1; // \(good)\n    if (test_bit", false),
    ("\n  calls: {flush_the", "\n  # \(good)\n  calls: {flush_the", false),
  ])
  func `it accepts what is reported at its entry`(place: String, with replacement: String, accepts: Bool) throws {
    var port = Port()
    port.flush = Body.givenPage
    let text = port.text
    let position = try #require(text.firstRange(of: place))
    let changed = text.replacingCharacters(position, with: replacement)
    let suppressions = try read(changed)
    let finding = try #require(try findings(changed).first { $0.rule == "HVO001" })
    #expect((suppressions.acceptance(of: finding, on: Self.today) != nil) == accepts)
    #expect(try remarks(changed).map(\.id) == (accepts ? [] : ["HVO901"]))
  }

  @Test func `several on adjacent lines all apply`() throws {
    let text = port(Self.good + "\n# " + Self.good.replacing("HVO001", with: "HVO002"), above: "flush_dcache_page")
    #expect(try read(text).all.map(\.rule) == ["HVO001", "HVO002"])
    #expect(Set(try read(text).all.map(\.covers)).count == 1)
    #expect(try remarks(text).isEmpty)
  }

  @Test(arguments: ["title: '# \(good)'", "title: \"# \(good)\"", "title: |\n  # \(good)", "title: x#\(good)"])
  func `a text that looks like one is a text`(line: String) throws {
    var port = Port()
    port.extra = line
    #expect(try read(port.text).all.isEmpty)
  }

  @Test func `behind the last entry there is nothing to cover`() throws {
    let error = #expect(throws: Diagnostics.self) { try read(Port().text + "# \(Self.good)\n") }
    #expect(error?.all.map(\.id) == ["HVO900"])
    #expect(error?.all.first?.message.contains("covers nothing") == true)
  }

  @Test func `other files have none`() throws {
    let rules = SourceFile(path: "rules.yaml", text: "schema: hvo/rules/v1\nrules: [] # \(Self.good)\n")
    let read = try SuppressionReader(rules: []).read([rules])
    #expect(read.all.isEmpty)
  }

  // MARK: days, rules and outcomes

  @Test func `it holds through its last day`() throws {
    let text = port(Self.good, above: "flush_dcache_page")
    let finding = try #require(try findings(text).first { $0.rule == "HVO001" })
    let (last, next) = (CalendarDate("2027-03-31") ?? .last, CalendarDate("2027-04-01") ?? .last)
    #expect(try read(text).acceptance(of: finding, on: last) != nil)
    #expect(try remarks(text, today: last).isEmpty)
    #expect(try read(text).acceptance(of: finding, on: next) == nil)
    let remark = try #require(try remarks(text, today: next).first)
    #expect(remark.id == "HVO900")
    #expect(remark.severity == .error)
    #expect(remark.message == "this suppression of HVO001 ended on 2027-03-31")
    #expect(try read(text).ended(on: next).count == 1)
  }

  @Test(arguments: ["HVO004", "HVO007", "HVO013"])
  func `some rules keep their findings open`(rule: String) throws {
    let remarks = try remarks(port(Self.good.replacing("HVO001", with: rule), above: "flush_dcache_page"))
    #expect(remarks.map(\.id) == ["HVO902"])
    #expect(remarks.first?.notes.first?.place.path.hasPrefix("rules/") == true)
  }

  @Test func `what is undecided is not accepted`() throws {
    var port = Port(livePTEReplace: "unknown")
    port.extra = "# " + Self.good.replacing("HVO001", with: "HVO020")
    let text = port.text.replacing("\nlive_pte_replace:", with: "\n\(port.extra)\nlive_pte_replace:").replacing(
      "\n\(port.extra)\nflush", with: "\nflush")
    let finding = try #require(try findings(text).first { $0.rule == "HVO020" })
    #expect(finding.outcome == .undecided)
    #expect(try read(text).all.contains { $0.covers.start == finding.place.start })
    #expect(try read(text).acceptance(of: finding, on: Self.today) == nil)
    #expect(try remarks(text).map(\.id) == ["HVO902"])
  }

  @Test func `a suppression of a file that was not checked itself may be meant for another descriptor`() throws {
    let text = port(Self.good, above: "hugepages")
    let rules = try Shipped.rules(for: Shipped.catalog())
    #expect(try read(text).remarks(on: findings(text), today: Self.today, checked: [], rules: rules).isEmpty)
  }

  @Test func `remarks have identities of their own`() throws {
    let identities = FileRemark.all.map(\.id)
    #expect(Set(identities).count == identities.count)
    #expect(identities == identities.sorted())
    #expect(try Shipped.rules(for: Shipped.catalog()).allSatisfy { !identities.contains($0.id) })
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
