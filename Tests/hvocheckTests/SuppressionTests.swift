import Testing

/// Comments in descriptors that accept findings, from the command line.
struct SuppressionTests {
  private static let good = #"hvocheck: ignore HVO001, HVO002 until=2027-03-31 reason="never taken""#

  private func port(_ comment: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let text = Ports.toy(selects: [Ports.optIn])
    try folder.write("port.yaml", text.replacing("\nflush_dcache_page:", with: "\n\(comment)\nflush_dcache_page:"))
    return folder
  }

  @Test func `an accepted finding is shown and does not fail`() throws {
    let folder = try port("# " + Self.good)
    let result = try Tool.run(["check", "port.yaml", "--today", "2026-11-23"], in: folder)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("  2M        FAIL     FAIL   ok     HVO001"))
    #expect(result.output.contains("2 findings accepted by comments as of 2026-11-23"))
    let verbose = try Tool.run(["check", "port.yaml", "--today", "2026-11-23", "--verbose"], in: folder)
    #expect(verbose.status == 0)
    #expect(verbose.output.contains("accepted until 2027-03-31: never taken"))
    let json = try Tool.run(["check", "port.yaml", "--today", "2026-11-23", "--format", "json"], in: folder)
    #expect(json.output.contains("\"by\" : \"comment\""))
  }

  @Test func `without comments no day is said`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy())
    #expect(try !Tool.run(["check", "port.yaml", "--today", "2026-11-23"], in: folder).output.contains("2026-11-23"))
  }

  @Test func `one that has ended is bad input, and its findings count`() throws {
    let folder = try port("# " + Self.good)
    let result = try Tool.run(["check", "port.yaml", "--today", "2027-04-01"], in: folder)
    #expect(result.status == 2)
    #expect(result.identities.filter { $0 == "HVO900" }.count == 2)
    #expect(result.identities.contains("HVO001"))
    #expect(result.output.contains("port.yaml:21:1: error: this suppression of HVO001 ended on 2027-03-31 [HVO900]"))
    #expect(try Tool.run(["check", "port.yaml", "--today", "2027-03-31"], in: folder).status == 0)
  }

  @Test(arguments: [
    (#"# hvocheck: ignore HVO001 until=2027-03-31"#, "the suppression gives no reason [HVO900]"),
    (#"# hvocheck: ignore HVO001 until=31.3.2027 reason="x""#, "'31.3.2027' is not a date"),
    (#"# hvocheck: ignore HVO0001 until=2027-03-31 reason="x""#, "did you mean 'HVO001'?"),
    (#"# hvocheck: ignore HVO001 until=2027-03-31 reason="""#, "the reason is empty"),
  ])
  func `an incomplete one is bad input: one message with its place`(comment: String, message: String) throws {
    let folder = try port(comment)
    let result = try Tool.run(["check", "port.yaml", "--today", "2026-11-23"], in: folder)
    #expect(result.status == 2)
    // It accepts nothing, and hides nothing.
    #expect(result.output.contains(" [HVO001]\n"))
    #expect(result.output.contains("not checked: port.yaml:21:"))
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.hasPrefix("port.yaml:21:"))
    #expect(result.errors.contains("^~"))
    #expect(result.identities.count { $0 == "HVO900" } == 2)
  }

  @Test(arguments: [
    (#"# hvocheck: ignore HVO020 until=2027-03-31 reason="x""#, "HVO901"),
    (#"# hvocheck: ignore HVO004 until=2027-03-31 reason="x""#, "HVO902"), ("#hvocheck ignore HVO001", "HVO903"),
  ])
  func `one that does nothing is named`(comment: String, identity: String) throws {
    let folder = try port(comment)
    let result = try Tool.run(["check", "port.yaml", "--today", "2026-11-23"], in: folder)
    #expect(result.status == 1)
    #expect(result.identities.contains(identity))
    // Even where nothing else is wrong, unless it is only misspelt.
    try folder.write("port.yaml", folder.read("port.yaml").replacing(Ports.unfixedFlush, with: Ports.fixedFlush))
    let fixed = try Tool.run(["check", "port.yaml", "--today", "2026-11-23"], in: folder)
    #expect(fixed.status == (identity == "HVO903" ? 0 : 1))
    #expect(fixed.identities == [identity])
  }

  @Test func `one in a descriptor that is extended holds for those that extend it`() throws {
    let folder = try port("# " + Self.good)
    try folder.write("base.yaml", folder.read("port.yaml").replacing("title:", with: "abstract: true\ntitle:"))
    try folder.write(
      "port.yaml",
      "schema: hvo/arch/v1\narch: toy\nextends: base\nabstract: true\nvariants:\n  a: {hugepages: [2M]}\n  b: {hugepages: [1G]}\n"
    )
    for path in ["port.yaml", "."] {
      let result = try Tool.run(["check", path, "--today", "2026-11-23"], in: folder)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      #expect(result.output.contains("4 findings accepted by comments"))
    }
  }

  @Test(arguments: ["2026-02-30", "today", "", "26-01-01"])
  func `today is a day`(text: String) throws {
    let result = try Tool.run(["check", "port.yaml", "--today", text], in: port("# none"))
    #expect(result.status == 2)
    #expect(result.output == "")
  }
}
