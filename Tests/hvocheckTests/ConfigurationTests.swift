import Foundation
import Testing

/// `.hvocheck.yaml`: where it is looked for, what it says, and that the command line beats it.
struct ConfigurationTests {
  private static let head = "schema: hvo/config/v1\n"

  /// A tree whose port fails without settings.
  private func tree() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("tree/ports/port.yaml", Ports.toy(selects: [Ports.optIn]))
    return folder
  }

  private func run(_ line: String, in folder: TemporaryFolder, at place: String = "tree") throws -> Tool.Result {
    let words = line.split(separator: " ").map(String.init)
    return try Tool.run(executable: Tool.path, arguments: words, in: folder.path + "/" + place)
  }

  // MARK: where

  @Test(arguments: [
    ("tree", true, true), ("tree/ports", true, true), ("", true, false), ("tree/ports", false, true),
    ("tree", false, false),
  ])
  func `the file is looked for from the path up to the root of the git tree`(
    place: String, hasGit: Bool, isFound: Bool
  ) throws {
    let folder = try tree()
    if hasGit { try folder.makeFolder("tree/.git") }
    try folder.write(place + "/.hvocheck.yaml", Self.head + "ignore: [HVO001]\n")
    // Seen from a folder that is neither the path's nor above it.
    try folder.makeFolder("elsewhere")
    let result = try run("check ../tree/ports/port.yaml --verbose", in: folder, at: "elsewhere")
    #expect(result.status == (isFound ? 0 : 1))
    let name = "../" + (place.isEmpty ? "" : place + "/") + ".hvocheck.yaml"
    #expect(result.errors == (isFound ? "hvocheck: settings of \(name)\n" : "hvocheck: no .hvocheck.yaml\n"))
  }

  @Test func `outside of a git tree the working folder counts too, after the folder of the path`() throws {
    let folder = try tree()
    try folder.write(".hvocheck.yaml", Self.head + "ignore: [HVO001]\n")
    #expect(try run("check tree/ports", in: folder, at: "").status == 0)
    try folder.write("tree/ports/.hvocheck.yaml", Self.head + "ignore: [HVO002]\n")
    #expect(try run("check tree/ports", in: folder, at: "").output.contains("1 rule ignored: HVO002"))
  }

  @Test func `a git tree inside of another one ends the search`() throws {
    let folder = try tree()
    try folder.makeFolder(".git")
    // A worktree or a submodule has a file there.
    try folder.write("tree/.git", "gitdir: ../.git/worktrees/tree\n")
    try folder.write(".hvocheck.yaml", Self.head + "ignore: [HVO001]\n")
    #expect(try run("check ports", in: folder).status == 1)
  }

  @Test func `a file can be named, or none be wanted`() throws {
    let folder = try tree()
    try folder.write("tree/.hvocheck.yaml", Self.head + "ignore: [HVO001]\n")
    try folder.write("ci/ci.yaml", Self.head + "paths: [../tree/ports]\n")
    #expect(try run("check ports", in: folder).status == 0)
    #expect(try run("check ports --no-config", in: folder).status == 1)
    let named = try run("check --config-file ../ci/ci.yaml -v", in: folder)
    #expect(named.status == 1)
    #expect(named.errors == "hvocheck: settings of ../ci/ci.yaml\n")
    #expect(named.output.contains("../ci/../tree/ports/port.yaml:"))
    #expect(try run("check --config-file nowhere.yaml", in: folder).errors.contains("cannot read nowhere.yaml"))
    #expect(try run("check --config-file a --no-config", in: folder).errors.contains("exclude each other"))
  }

  // MARK: what

  @Test func `settings hold for every command that has them, relative to the file`() throws {
    let folder = try tree()
    try folder.makeFolder("tree/.git")
    try folder.write("tree/own/always.yaml", OwnRuleTests.rule())
    try folder.write(
      "tree/.hvocheck.yaml",
      Self.head + """
        paths: [ports]
        rules: [own]
        types: [ACME001, HVO001]
        ignore: [flush-writes-ro-tail]
        format: json

        """)
    for place in ["tree", "tree/ports", "tree/own"] {
      let check = try run("check", in: folder, at: place)
      #expect(check.status == 1, "\(check.errors)")
      #expect(check.output.contains("\"ACME001\""))
      #expect(check.output.contains("\"hvo/report/v1\""))
      #expect(!check.output.contains("\"HVO002\"") || check.output.contains("ignoredRules"))
      #expect(try run("explain ACME001", in: folder, at: place).status == 0)
      #expect(try run("rules list", in: folder, at: place).output.contains("ACME001"))
    }
    #expect(try run("explain ACME001 --no-config", in: folder).status == 2)
  }

  @Test func `flags replace settings and say so`() throws {
    let folder = try tree()
    try folder.write("tree/own/always.yaml", OwnRuleTests.rule())
    try folder.write("tree/other/port.yaml", Ports.toy())
    try folder.write("tree/known.json", #"{"schema": "hvo/baseline/v2", "findings": []}"#)
    try folder.write(
      "tree/.hvocheck.yaml",
      Self.head + """
        paths: [ports]
        rules: [own]
        ignore: [HVO001]
        select: [ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP]
        baseline: known.json
        format: json

        """)
    let line = "check other --ignore HVO002,ACME001 --select ARCH_WANT_OPTIMIZE_VMEMMAP --no-baseline --format text -v"
    let result = try run(line, in: folder)
    // 'other' lies in no git tree: the working folder's file holds.
    #expect(
      result.errors
        == "hvocheck: settings of .hvocheck.yaml; the command line replaces paths, ignore, select, baseline\n")
    #expect(result.output.contains("2 rules ignored: ACME001, HVO002"))
    #expect(result.output.contains("HVO010"))
    #expect(!result.output.contains("ports/port.yaml"))
  }

  @Test func `what fails and how it is written can be settings`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    try folder.write(
      ".hvocheck.yaml", Self.head + "paths: [port.yaml]\nignore: [HVO001]\nfail-on: warning\nformat: terse\n")
    let result = try Tool.run(["check"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("port.yaml:"))
    #expect(try Tool.run(["check", "--fail-on", "error"], in: folder).status == 0)
    #expect(try Tool.run(["check", "--format", "json"], in: folder).output.hasPrefix("{"))
    #expect(try Tool.run(["check", "-o", "sarif=x.sarif"], in: folder).output == "")
  }

  @Test func `without a word about paths it is still ./arches`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    try folder.write(".hvocheck.yaml", Self.head)
    #expect(try Tool.run(["check"], in: folder).status == 0)
  }

  @Test(arguments: [
    ("ignor: [HVO001]", "2:1: error: unknown key 'ignor' [SCHEMA001]", "did you mean 'ignore'?"),
    ("ignore: HVO001", "2:9: error: expected a list", "^~~~~~"),
    ("ignore: [HVO01]", "2:10: error: no rule 'HVO01' [USAGE001]", "did you mean 'HVO001'?"),
    ("types: []", "2:1: error: 'types' is empty [CONFIG001]", "remove the line"),
    ("paths: [nowhere]", "2:9: error: cannot read nowhere", "^~~~~~~"),
    ("rules: [ports]", "2:9: error: no rules in ports [USAGE011]", "^~~~~"),
    ("baseline: none.json", "2:11: error: cannot read none.json", "^~~~~~~~~"),
    ("select: [FOO]", "2:10: error: 'FOO' is not an opt-in symbol of any kernel", "^~~"),
    ("format: jsn", "2:9: error: 'jsn' is not one of", "did you mean 'json'?"),
    ("baseline: a\nno-baseline: y", "3:14: error: 'baseline' and 'no-baseline' exclude each other", "^"),
    ("no-baseline: yes", "2:14: error: 'yes' is not one of y, n", "^~~"),
    ("ignore: [", "error: ", "[YAML"),
  ])
  func `a mistake in the file has its place`(line: String, message: String, more: String) throws {
    let folder = try tree()
    try folder.write("tree/.hvocheck.yaml", Self.head + line + "\n")
    let result = try run("check", in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(".hvocheck.yaml:"))
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.contains(more), "\(result.errors)")
  }

  @Test func `a link that leads nowhere is no absence`() throws {
    let folder = try tree()
    try folder.link("tree/.hvocheck.yaml", to: "gone.yaml")
    let result = try run("check ports", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("cannot read .hvocheck.yaml"))
  }
}
