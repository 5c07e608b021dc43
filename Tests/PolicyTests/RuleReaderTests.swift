import Diagnostics
import Policy
import Testing

/// Reading rule files.
struct RuleReaderTests {
  @Test func `no rules are an error`() {
    #expect(RuleText.mistakes([]).map(\.id) == ["RULE002"])
  }

  @Test func `two rules of one identity are shown both`() throws {
    let error = try #require(
      RuleText.mistakes([RuleText(path: "rules/a.yaml").file, RuleText(path: "rules/b.yaml").file]).first)
    #expect(error.id == "RULE001")
    #expect(error.place?.path == "rules/b.yaml")
    #expect(error.place?.start == SourcePosition(line: 3, column: 9))
    #expect(error.notes.map(\.place.path) == ["rules/a.yaml"])
  }

  @Test(arguments: [
    ("# no demand", "RULE005"), ("forbid: run.faults\n    require: run.faults", "RULE005"),
    ("forbit: run.faults", "SCHEMA001"),
  ])
  func `a rule demands exactly one thing`(demand: String, id: String) {
    #expect(RuleText.mistakes([RuleText(demand: demand).file]).map(\.id) == [id])
  }

  @Test(arguments: [
    ("{hugepge}", "did you mean 'hugepage'?", 16, 25), ("a {size} b {kernle}", "did you mean 'kernel'?", 27, 35),
  ])
  func `an unknown placeholder has a caret and a suggestion`(
    evidence: String, help: String, start: Int, end: Int
  ) throws {
    let error = try #require(RuleText.mistakes([RuleText(evidence: evidence).file]).first)
    #expect(error.id == "RULE004")
    #expect(error.help == [help])
    #expect(error.place?.start == SourcePosition(line: 11, column: start))
    #expect(error.place?.end == SourcePosition(line: 11, column: end))
  }

  @Test(arguments: ["{hugepage", "{", "in {kernel and more", "{}"])
  func `a brace that nothing closes, or with nothing inside, is an error`(evidence: String) {
    #expect(RuleText.mistakes([RuleText(evidence: evidence).file]).map(\.id) == ["RULE004"])
  }

  @Test(arguments: [
    ("id: 900", RuleText(id: "900")), ("axis", RuleText(axis: "other")), ("severity", RuleText(severity: "fatal")),
    ("for_each", RuleText(quantifier: "page")), ("verdict", RuleText(extra: "verdict: maybe")),
  ])
  func `closed sets are closed`(name: String, rule: RuleText) {
    #expect(RuleText.mistakes([rule.file]).map(\.id) == ["SCHEMA004"])
  }

  @Test func `all files are read before anything is reported`() {
    let mistakes = RuleText.mistakes([
      RuleText(demand: "forbid: run.fault", path: "rules/a.yaml").file,
      RuleText(id: "HVO901", condition: "NUMAA", path: "rules/b.yaml").file,
    ])
    #expect(mistakes.map { $0.place?.path } == ["rules/a.yaml", "rules/b.yaml"])
  }

  @Test func `rules come in the order of their identities, whatever the order of files`() throws {
    let rules = try RuleText.read([
      RuleText(id: "HVO902", path: "rules/a.yaml").file, RuleText(id: "HVO901", path: "rules/b.yaml").file,
    ])
    #expect(rules.map(\.id) == ["HVO901", "HVO902"])
  }

  @Test func `a mistake inside an expression has its place in the file`() throws {
    let error = try #require(RuleText.mistakes([RuleText(demand: "forbid: run.faults &&").file]).first)
    #expect(error.place?.start.line == 10)
  }
}
