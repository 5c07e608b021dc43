import Foundation
import Testing

/// From `rules new` over a red test to a green one.
struct NewRuleTests {
  @Test(arguments: ["select", "architecture", "configuration", "cell", "flush", "icache_sync"])
  func `a new rule is red until it says what is forbidden`(subject: String) throws {
    let folder = try TemporaryFolder()
    let begun = try Tool.run(["rules", "new", "ACME001", "my-rule", "--for-each", subject, "--dir", "own"], in: folder)
    #expect(begun.status == 0)
    #expect(
      begun.output == """
        wrote own/ACME001.yaml
        wrote own/tests/ACME001.yaml
        wrote own/tests/bases/port.yaml
        next: hvocheck rules test --rules own

        """)
    let red = try Tool.run(["rules", "test", "--rules", "own"], in: folder)
    #expect(red.status == 1)
    #expect(red.errors == "")
    #expect(red.output.contains("FAIL ACME001 what the rule has to find\n     missing: "))
    #expect(red.output.hasSuffix("ok   ACME001 a port that is sound\n2 cases of 1 rule: 1 failed\n"))
    let text = try folder.read("own/ACME001.yaml")
    let sample = try #require(text.firstMatch(of: /# such as: (.*)\n/)).1
    try folder.write("own/ACME001.yaml", text.replacing("forbid: n\n", with: "forbid: \(sample)\n"))
    let green = try Tool.run(["rules", "test", "--rules", "own"], in: folder)
    #expect(green.status == 0, "\(green.output)\(green.errors)")
    #expect(green.output.hasSuffix("2 cases of 1 rule: 0 failed\n"))
    #expect(try Tool.run(["explain", "my-rule", "--rules", "own"], in: folder).status == 0)
  }

  @Test func `a second rule shares the port of the first, and nothing is overwritten`() throws {
    let folder = try TemporaryFolder()
    #expect(try Tool.run(["rules", "new", "ACME001", "one"], in: folder).status == 0)
    let second = try Tool.run(["rules", "new", "ACME002", "two"], in: folder)
    #expect(second.status == 0)
    #expect(!second.output.contains("bases"))
    let before = try folder.read("my-rules/ACME001.yaml")
    let again = try Tool.run(["rules", "new", "ACME001", "three"], in: folder)
    #expect(again.status == 2)
    #expect(again.output == "")
    #expect(again.errors.contains("my-rules/ACME001.yaml is there already [FILE006]"))
    #expect(try folder.read("my-rules/ACME001.yaml") == before)
    // Nothing is written where one of the files is there.
    try folder.write("other/tests/ACME003.yaml", "mine\n")
    #expect(try Tool.run(["rules", "new", "ACME003", "x", "--dir", "other"], in: folder).status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/other") == ["tests"])
  }

  @Test(arguments: [
    (["HVO040", "my-rule"], "'HVO040' is an identity of a shipped rule"), (["acme1", "my-rule"], "is not an identity"),
    (["ACME", "my-rule"], "is not an identity"), (["001", "my-rule"], "is not an identity"),
    (["A/../B1", "my-rule"], "is not an identity"), (["ACME001", "My_Rule"], "is not the name of a rule"),
    (["ACME001", "my-"], "is not the name of a rule"), (["ACME001"], "Missing expected argument"),
    (["ACME001", "my-rule", "--for-each", "page"], "the value 'page' is invalid"),
    (["ACME001", "my-rule", "--for-each", "cel"], "did you mean 'cell'?"),
  ])
  func `names that no rule can have are refused`(words: [String], message: String) throws {
    let folder = try TemporaryFolder()
    let result = try Tool.run(["rules", "new"] + words, in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  // MARK: what 'rules test' demands

  @Test func `a rule without a passing and a failing case fails`() throws {
    let folder = try TemporaryFolder()
    #expect(try Tool.run(["rules", "new", "ACME001", "one", "--dir", "own"], in: folder).status == 0)
    #expect(try Tool.run(["rules", "new", "ACME002", "two", "--dir", "own"], in: folder).status == 0)
    try FileManager.default.removeItem(atPath: folder.path + "/own/tests/ACME002.yaml")
    let result = try Tool.run(["rules", "test", "--rules", "own"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.contains("FAIL ACME002 needs a passing and a failing case [HVO910]\n"))
    #expect(!result.output.contains("HVO001"))
    // One file of cases answers for its own rule only.
    let one = try Tool.run(["rules", "test", "own/tests/ACME001.yaml", "--rules", "own"], in: folder)
    #expect(!one.output.contains("ACME002"))
  }

  @Test func `a case that cannot be run is an error with its place, never a pass`() throws {
    let folder = try TemporaryFolder()
    #expect(try Tool.run(["rules", "new", "ACME001", "one", "--dir", "own"], in: folder).status == 0)
    let cases = try folder.read("own/tests/ACME001.yaml")
    for (right, wrong, message) in [
      ("rule: ACME001", "rule: ACME002", "own/tests/ACME001.yaml:5:7: error: cases for an unknown rule 'ACME002'"),
      ("base: port", "base: prot", "own/tests/bases/prot.yaml"), ("hugepage: 2M", "hugepage: 2X", "expected a size"),
      ("first: 64", "frist: 64", "did you mean 'first'?"), ("findings: []", "findings: ???", "is not filled in"),
    ] {
      try folder.write("own/tests/ACME001.yaml", cases.replacing(right, with: wrong))
      let result = try Tool.run(["rules", "test", "--rules", "own"], in: folder)
      #expect(result.status == 2, "\(wrong)")
      #expect(result.output == "")
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }

  @Test func `an example that does not show what it says fails`() throws {
    let folder = try TemporaryFolder()
    let cases = """
      schema: hvo/cases/v1
      rule: ACME001
      cases:
        - {name: on, base: port, findings: [{hugepage: 2M}]}
        - {name: off, base: port, changes: {select: []}, findings: []}

      """
    try folder.write("own/tests/ACME001.yaml", cases)
    try folder.write("own/tests/bases/port.yaml", Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush))
    try folder.write(
      "own/rule.yaml",
      OwnRuleTests.rule() + "    example:\n      fails: {select: []}\n      passes: {hugepages: [2M]}\n")
    let result = try Tool.run(["rules", "test", "--rules", "own"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.contains("FAIL ACME001 the example that fails\n     missing: a finding in 'fails'\n"))
    #expect(result.output.contains("FAIL ACME001 the example put right\n     unexpected in 'passes': 2M on 4K pages\n"))
    try folder.write(
      "own/rule.yaml",
      OwnRuleTests.rule() + "    example:\n      fails: {hugepages: [2M]}\n      passes: {select: 4K}\n")
    let invalid = try Tool.run(["rules", "test", "--rules", "own"], in: folder)
    #expect(invalid.status == 2)
    #expect(invalid.errors.contains("own/rule.yaml:15:24: error: expected a list"), "\(invalid.errors)")
  }
}
