import Foundation
import Testing

/// Rules in folders of the user, and rules that are left out.
struct OwnRuleTests {
  /// A rule that finds fault with every cell.
  static func rule(_ id: String = "ACME001", name: String = "always", more: String = "forbid: feature.enabled")
    -> String
  {
    """
    schema: hvo/rules/v1
    rules:
      - id: \(id)
        name: \(name)
        axis: kconfig
        severity: error
        title: a finding for every cell
        for_each: cell
        \(more)
        evidence: "{hugepage} on {page} pages"
        why: because
        help: nothing to do

    """
  }

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush))
    try folder.write("own/always.yaml", Self.rule())
    return folder
  }

  @Test func `a rule of the user finds, counts, is listed and explained`() throws {
    let folder = try folder()
    #expect(try Tool.run(["check", "port.yaml"], in: folder).status == 0)
    let check = try Tool.run(["check", "port.yaml", "--rules", "own"], in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("port: a finding for every cell [ACME001]"))
    #expect(check.output.contains("14 rules: 1 error"))
    let list = try Tool.run(["rules", "list", "--rules", "own"], in: folder)
    #expect(list.output.hasPrefix("ACME001  error    kconfig  cell           a finding for every cell\nHVO001   error"))
    let explained = try Tool.run(["explain", "always", "--rules", "own"], in: folder)
    #expect(explained.status == 0)
    #expect(explained.output.hasPrefix("ACME001 always (error, kconfig)\n"))
    #expect(try Tool.run(["explain", "always"], in: folder).status == 2)
  }

  @Test func `a folder may hold cases and their bases, and be given twice or as a file`() throws {
    let folder = try folder()
    try folder.write("own/tests/x.yaml", "schema: hvo/cases/v1\n")
    try folder.write("own/tests/bases/port.yaml", Ports.toy())
    for words in [["--rules", "own"], ["--rules", "own", "--rules", "./own/"], ["--rules", "own/always.yaml"]] {
      let result = try Tool.run(["check", "port.yaml"] + words, in: folder)
      #expect(result.status == 1, "\(result.errors)")
      #expect(result.output.contains("14 rules"))
    }
  }

  @Test(arguments: [
    (
      rule("HVO001"),
      ["own/x.yaml:3:9: error: HVO001 is a shipped rule [RULE001]", "note: shipped here", "rules/flush.yaml:"]
    ),
    (rule(name: "lost-flush"), ["'lost-flush' is the name of the shipped rule HVO002 [RULE010]", "rules/flush.yaml:"]),
    (rule("HVO123"), ["own/x.yaml:3:9: error: 'HVO123' is an identity of a shipped rule, today or later [RULE011]"]),
    (
      rule(more: "forbid: feature.enbled"),
      ["own/x.yaml:9:13: error: unknown name", "did you mean 'feature.enabled'?", "^~~"]
    ),
    (
      rule(more: "forbids: feature.enabled"),
      ["own/x.yaml:9:5: error: unknown key 'forbids'", "did you mean 'forbid'?"]
    ),
    (rule(name: "Not Kebab"), ["own/x.yaml:4:11: error: 'Not Kebab' is not a name in kebab-case [SCHEMA004]"]),
    ("# nothing\n", ["own/x.yaml:1:1: error: the document is empty"]),
    ("schema: hvo/rules/v2\nrules: []\n", ["own/x.yaml:1:9: error: 'hvo/rules/v2' is not 'hvo/rules/v1'"]),
  ])
  func `an invalid rule is an error with its place`(text: String, messages: [String]) throws {
    let folder = try folder()
    try folder.write("own/x.yaml", text)
    for command in [["check", "port.yaml"], ["explain", "HVO001"], ["rules", "list"], ["rules", "test"]] {
      let result = try Tool.run(command + ["--rules", "own/x.yaml"], in: folder)
      #expect(result.status == 2, "\(command)")
      #expect(result.output == "")
      for message in messages { #expect(result.errors.contains(message), "\(message)\n\(result.errors)") }
    }
  }

  @Test func `two rules of the user with one identity are shown both`() throws {
    let folder = try folder()
    try folder.write("own/other.yaml", Self.rule(name: "other"))
    let result = try Tool.run(["check", "port.yaml", "--rules", "own"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("own/other.yaml:3:9: error: rule ACME001 is defined twice [RULE001]"))
    #expect(result.errors.contains("own/always.yaml:3:9"))
  }

  @Test func `a folder without rules is a typing error`() throws {
    let folder = try folder()
    try folder.makeFolder("empty")
    try folder.write("cases/a.yaml", "schema: hvo/cases/v1\n")
    for name in ["empty", "cases"] {
      let result = try Tool.run(["check", "port.yaml", "--rules", name], in: folder)
      #expect(result.status == 2)
      #expect(result.output == "")
      #expect(result.errors.contains("no rules in \(name) [USAGE011]"))
    }
    #expect(
      try Tool.run(["check", "port.yaml", "--rules", "nowhere"], in: folder).errors.contains("cannot read nowhere"))
  }

  @Test func `findings of a rule of the user can be known`() throws {
    let folder = try folder()
    try folder.write(".hvocheck.yaml", "schema: hvo/config/v1\nrules: [own]\n")
    let written = try Tool.run(["baseline", "write", "port.yaml", "--reason", "known"], in: folder)
    #expect(written.status == 0, "\(written.errors)")
    #expect(try folder.read("baseline.json").contains("ACME001"))
    #expect(try Tool.run(["check", "port.yaml"], in: folder).status == 0)
    let gone = try Tool.run(["check", "port.yaml", "--no-config"], in: folder)
    #expect(gone.status == 2)
    #expect(gone.errors.contains("no rule 'ACME001' [BASE002]"))
  }

  // MARK: which rules are evaluated

  @Test func `a rule that is left out is said`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    #expect(try Tool.run(["check", "port.yaml"], in: folder).status == 1)
    for words in [["--ignore", "HVO001,lost-flush"], ["--ignore", "HVO001", "--ignore", "HVO002"]] {
      let result = try Tool.run(["check", "port.yaml"] + words, in: folder)
      #expect(result.status == 0)
      #expect(result.output.hasSuffix("11 rules: 0 errors, 0 warnings, 0 notes; 2 rules ignored: HVO001, HVO002\n"))
    }
    let only = try Tool.run(["check", "port.yaml", "--types", "HVO002,HVO001", "--ignore", "HVO001"], in: folder)
    #expect(only.status == 0)
    #expect(only.output.hasSuffix("1 rule: 0 errors, 1 warning, 0 notes; 12 rules ignored\n"))
    let json = try Tool.run(["check", "port.yaml", "--ignore", "HVO001", "--format", "json"], in: folder)
    #expect(json.output.contains("\"ignoredRules\" : [\n") || json.output.contains("\"ignoredRules\": [\n"))
  }

  @Test(arguments: [
    (["--ignore", "HVO01"], "no rule 'HVO01'", "did you mean 'HVO001'?"),
    (["--types", "lost-flsh"], "no rule 'lost-flsh'", "did you mean 'lost-flush'?"),
    (["--ignore", "HVO001,"], "no rule ''", "hvocheck rules list"),
    (["--types", "HVO001", "--ignore", "HVO001"], "no rule is left: nothing would be checked", "--types says"),
  ])
  func `a rule that is not there cannot be chosen`(words: [String], message: String, help: String) throws {
    let folder = try folder()
    let result = try Tool.run(["check", "port.yaml"] + words, in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(message))
    #expect(result.errors.contains(help))
  }

  @Test func `the baseline of a rule that is left out is neither unknown nor gone`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    try folder.write(
      "baseline.json",
      """
      {"schema": "hvo/baseline/v2", "findings": [
        {"rule": "HVO001", "architecture": "port", "kernel": "v6.12.117", "hugepages": ["2M"], "reason": "known", "date": "2026-01-31"}]}
      """)
    let result = try Tool.run(["check", "port.yaml", "--ignore", "HVO001"], in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(!result.output.contains("gone"))
  }
}
