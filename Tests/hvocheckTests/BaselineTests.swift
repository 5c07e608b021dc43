import Testing

/// Known findings.
struct BaselineTests {
  static func baseline(rule: String = "HVO001", architecture: String = "port", size: String = "2M") -> String {
    """
    {"schema": "hvo/baseline/v2", "findings": [
      {"rule": "\(rule)", "architecture": "\(architecture)", "kernel": "v6.12.117", "hugepages": ["\(size)"],
       "site": "clear_bit(PG_dcache_clean, &page->flags)",
       "reason": "known since v1 of the series", "date": "2026-01-31"}]}
    """
  }

  private func port() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    return folder
  }

  @Test func `it is found beside the first path`() throws {
    let folder = try port()
    try folder.write("baseline.json", Self.baseline())
    for path in ["port.yaml", ".", folder.path] {
      let result = try Tool.run(["check", path], in: folder)
      #expect(result.status == 0, "\(path): \(result.output)\(result.errors)")
      #expect(result.output.contains("1 known finding in the baseline"))
      // Accepted is not fixed: the verdict stays.
      #expect(result.output.contains("  2M        FAIL     FAIL   ok     HVO001"))
    }
    #expect(try Tool.run(["check", "port.yaml", "--no-baseline"], in: folder).status == 1)
  }

  @Test func `it can be named`() throws {
    let folder = try port()
    try folder.write("known/accepted.json", Self.baseline())
    #expect(try Tool.run(["check", "port.yaml"], in: folder).status == 1)
    #expect(try Tool.run(["check", "port.yaml", "--baseline", "known/accepted.json"], in: folder).status == 0)
  }

  @Test(arguments: [("HVO020", "port", "2M"), ("HVO001", "other", "2M"), ("HVO001", "port", "1G")])
  func `an entry accepts its own finding only`(rule: String, architecture: String, size: String) throws {
    let folder = try port()
    try folder.write("baseline.json", Self.baseline(rule: rule, architecture: architecture, size: size))
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 1)
    #expect(result.identities.contains("HVO001"))
  }

  @Test func `an entry whose finding is gone is named`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush))
    try folder.write("baseline.json", Self.baseline())
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("note: the baseline accepts HVO001 for port at 2M, which is gone [BASE001]"))
    #expect(result.output.contains("baseline.json:2:"))
  }

  @Test(arguments: [
    ("", "the document is empty"), ("{", "YAML"), ("[]", "expected a mapping"),
    ("{\"schema\": \"hvo/baseline/v2\"}", "missing key 'findings'"),
    ("{\"schema\": \"hvo/baseline/v1\", \"findings\": []}", "hvocheck baseline convert --baseline baseline.json"),
    ("{\"schema\": \"hvo/baseline/v9\", \"findings\": []}", "'hvo/baseline/v9' is not"),
    (baseline().replacing("2026-01-31", with: "2026-02-30"), "'2026-02-30' is not a date"),
    (baseline().replacing("\"reason\"", with: "\"reasons\""), "did you mean 'reason'?"),
    (baseline(size: "2X"), "2X"),
    (baseline(rule: "HVO01"), "did you mean 'HVO001'?"), (baseline(rule: "HVO999"), "no rule 'HVO999' [BASE002]"),
    (baseline(rule: "flush-writes-ro-tail"), "write HVO001"),
    (baseline().replacing("\"hugepages\": [\"2M\"],", with: ""), "HVO001 speaks of a HugeTLB page size"),
    (baseline().replacing("[\"2M\"]", with: "[]"), "and this entry names none [BASE003]"),
  ])
  func `a broken baseline is bad input`(text: String, message: String) throws {
    let folder = try port()
    try folder.write("baseline.json", text)
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.contains("baseline.json:"))
  }

  @Test func `a folder is no baseline`() throws {
    let folder = try port()
    try folder.makeFolder("known")
    let result = try Tool.run(["check", "port.yaml", "--baseline", "known"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("known is not a regular file"))
  }
}
