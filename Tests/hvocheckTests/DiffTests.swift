import Foundation
import Testing

/// `hvocheck diff`: what a change means, between commits, the work tree and folders.
@Suite(.enabled(if: GitFolder.isThere, "git is not installed"))
struct DiffTests {
  private static let good = Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush)
  private static let bad = Ports.toy(selects: [Ports.optIn])

  /// Two commits: good, then bad.
  private func repository() throws -> GitFolder {
    let repository = try GitFolder()
    try repository.commit("arches/port.yaml", Self.good)
    try repository.commit("arches/port.yaml", Self.bad.replacing("title: A", with: "title: The same"))
    return repository
  }

  @Test(arguments: [["HEAD~1..HEAD"], ["HEAD~1", "HEAD"], ["main~1.."], ["HEAD~1...HEAD"], ["HEAD~1"]])
  func `what got worse fails, with the line that did it`(states: [String]) throws {
    let repository = try repository()
    let result = try Tool.run(["diff"] + states, in: repository.folder, environment: repository.environment)
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.errors == "")
    #expect(result.output.contains("  worse     2M: ok -> FAIL, flush ok -> FAIL: HVO001, warning HVO002\n"))
    #expect(result.output.contains("because - flush_dcache_page.body: page = compound_head(page); ("))
    #expect(result.output.contains("arches/port.yaml:24:5)"))
    #expect(result.output.contains("arches/port.yaml:25:9: error: port: flush_dcache_page() writes"))
    #expect(result.output.contains("1 worse; new: 1 error, 1 warning, 0 notes"))
  }

  @Test func `what got better does not fail`() throws {
    let result = try repository().run("diff", "HEAD..HEAD~1")
    #expect(result.status == 0)
    #expect(result.output.contains("  better    2M: FAIL -> ok, flush FAIL -> ok\n"))
    #expect(result.output.contains("gone: HVO001 port at 2M"))
    #expect(result.output.contains("arches/port.yaml:24:5)"))
  }

  @Test func `where nothing differs it says so`() throws {
    let repository = try repository()
    for arguments in [["HEAD..HEAD"], ["HEAD"], ["HEAD~1..HEAD~1"]] {
      let result = try Tool.run(["diff"] + arguments, in: repository.folder, environment: repository.environment)
      #expect(result.status == 0)
      #expect(result.output.contains("no verdict and no finding differs (1 cell)"))
    }
    try repository.commit("arches/port.yaml", "# moved\n\n" + Self.bad)
    #expect(try repository.run("diff", "HEAD~1..HEAD").output.contains("no verdict and no finding differs"))
  }

  @Test func `a new warning fails on demand`() throws {
    let repository = try GitFolder()
    try repository.commit("arches/port.yaml", Self.good)
    let warned = Ports.fixedFlush.replacing(
      "page = compound_head(page);", with: "if (hugetlb_optimize_vmemmap_key())\n          page = compound_head(page);")
    try repository.commit("arches/port.yaml", Self.good.replacing(Ports.fixedFlush, with: warned))
    let result = try repository.run("diff", "HEAD~1..HEAD")
    let strict = try repository.run("diff", "HEAD~1..HEAD", "--fail-on", "warning")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("warning: port: flush_dcache_page() through a tail"))
    #expect(result.output.contains("new: 0 errors, 1 warning, 0 notes"))
    #expect(strict.status == 1)
    #expect(strict.output == result.output)
  }

  @Test func `the new state's baseline and comments approve a change`() throws {
    let repository = try repository()
    _ = try repository.run("baseline", "write", "--reason", "approved")
    try repository.git("add", "-A")
    try repository.git("commit", "-q", "-m", "approve")
    for states in ["HEAD~2..HEAD", "HEAD~2"] {
      let result = try repository.run("diff", states)
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("1 worse; new: 0 errors, 0 warnings, 0 notes, 2 known findings in the baseline"))
    }
    #expect(try repository.run("diff", "HEAD~2..HEAD", "--no-baseline").status == 1)
    // The old state's baseline approves nothing.
    try repository.git("rm", "-q", "arches/baseline.json")
    let comment = "# hvocheck: ignore HVO001,HVO002 until=2027-03-31 reason=\"approved\"\nflush_dcache_page:"
    try repository.commit("arches/port.yaml", Self.bad.replacing("flush_dcache_page:", with: comment))
    #expect(try repository.run("diff", "HEAD~3..HEAD", "--today", "2026-11-23").status == 0)
    let ended = try repository.run("diff", "HEAD~3..HEAD", "--today", "2027-11-23")
    #expect(ended.status == 1)
    #expect(ended.identities.contains("HVO900"))
  }

  @Test func `neither index nor work tree is touched, and nothing of the repository is run`() throws {
    let repository = try repository()
    try repository.folder.write("evil.sh", "#!/bin/sh\ntouch \"\(repository.folder.path)/ran\"\n")
    _ = chmod(repository.folder.path + "/evil.sh", 0o755)
    let evil = repository.folder.path + "/evil.sh"
    for key in [
      "core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "filter.x.smudge", "core.editor",
      "core.askPass",
    ] {
      try repository.git("config", key, evil)
    }
    try repository.folder.write(".gitattributes", "*.yaml filter=x diff=x\n")
    try repository.folder.write(".git/hooks/post-checkout", "#!/bin/sh\n\(evil)\n")
    let index = try Data(contentsOf: URL(filePath: repository.folder.path + "/.git/index"))
    #expect(try repository.run("diff", "HEAD~1..HEAD").status == 1)
    #expect(!FileManager.default.fileExists(atPath: repository.folder.path + "/ran"))
    #expect(try Data(contentsOf: URL(filePath: repository.folder.path + "/.git/index")) == index)
  }

  @Test func `descriptors are found from a folder inside, with what they extend`() throws {
    let repository = try GitFolder()
    try repository.commit("ports/arches/base.yaml", Self.good.replacing("title:", with: "abstract: true\ntitle:"))
    try repository.commit("ports/arches/port.yaml", "schema: hvo/arch/v1\narch: toy\nextends: base\n")
    try repository.commit("ports/arches/base.yaml", Self.bad.replacing("title:", with: "abstract: true\ntitle:"))
    for arguments in [["HEAD~1..HEAD"], ["HEAD~1..HEAD", "--", "arches/port.yaml"], ["HEAD~1", "--", "./arches"]] {
      let result = try Tool.run(
        executable: Tool.path, arguments: ["diff"] + arguments, in: repository.folder.path + "/ports",
        environment: repository.environment)
      #expect(result.status == 1, "\(result.output)\(result.errors)")
      #expect(result.output.contains("arches/base.yaml:26:9: error: port:"), "\(result.output)")
    }
  }

  @Test func `descriptors that only one state has are new, or gone`() throws {
    let repository = try GitFolder()
    try repository.commit("README", "empty")
    try repository.commit("arches/port.yaml", Self.bad)
    let added = try repository.run("diff", "HEAD~1..HEAD")
    #expect(added.status == 1)
    #expect(
      added.output.contains(
        "  appeared  2M: none -> FAIL: HVO001, warning HVO002\n            because + architecture port"))
    let removed = try repository.run("diff", "HEAD..HEAD~1")
    #expect(removed.status == 0)
    #expect(removed.output.contains("  vanished  2M: FAIL -> none\n            because - architecture port"))
  }

  @Test func `two folders`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old/port.yaml", Self.good)
    try folder.write("new/port.yaml", Self.bad)
    let result = try Tool.run(["diff", "old", "new"], in: folder)
    #expect(result.status == 1)
    #expect(result.output.contains("(old/port.yaml:24:5)"))
    #expect(result.output.contains("new/port.yaml:25:9: error: port:"))
    #expect(try Tool.run(["diff", "new", "old"], in: folder).status == 0)
    #expect(try Tool.run(["diff", "old", "new", "--", "port.yaml"], in: folder).status == 1)
    let missing = try Tool.run(["diff", "old", "new", "--", "nothing.yaml"], in: folder)
    #expect(missing.status == 2)
    #expect(missing.errors.contains("cannot read new/nothing.yaml"))
  }

  @Test func `all formats have the causes`() throws {
    let repository = try repository()
    let json = try repository.run("diff", "HEAD~1..HEAD", "--format", "json")
    #expect(json.status == 1)
    for part in [#""direction" : "worse""#, #""change" : "appeared""#, "compound_head(page); "] {
      #expect(json.output.contains(part.trimmingCharacters(in: .whitespaces)), "\(part)")
    }
  }

  @Test func `rules of one's own belong to the states`() throws {
    let repository = try GitFolder()
    try repository.commit("arches/port.yaml", Self.good)
    let rule = """
      schema: hvo/rules/v1
      rules:
        - {id: ACME001, name: no-gigapages, axis: remap, severity: warning, title: no optimized page, for_each: cell,
           forbid: hugepage.optimizable, evidence: "{hugepage}", why: because, help: none}

      """
    try repository.commit("ours/acme.yaml", rule)
    try repository.commit("ours/acme.yaml", rule.replacing("severity: warning", with: "severity: error"))
    let added = try repository.run("diff", "HEAD~2..HEAD", "--rules", "ours")
    #expect(added.status == 1, "\(added.errors)")
    #expect(added.output.contains("because + rule ACME001: no optimized page (ours/acme.yaml:3:10)"), "\(added.output)")
    let weighed = try repository.run("diff", "HEAD~1..HEAD", "--rules", "ours")
    #expect(weighed.output.contains("because rule ACME001: severity warning -> severity error"), "\(weighed.output)")
    #expect(try repository.run("diff", "HEAD~2..HEAD").status == 0)
    let missing = try repository.run("diff", "HEAD~2..HEAD", "--rules", "theirs")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("cannot read theirs"))
  }

  // MARK: what cannot be compared

  @Test(arguments: [
    (["nope"], "no revision 'nope' [GIT002]"), (["HEAD..nope"], "no revision 'nope'"),
    (["nope...HEAD"], "no revision 'nope'"),
    (["HEAD", "nope"], "no revision 'nope'"), (["HEAD~9..HEAD"], "no revision 'HEAD~9'"),
    (["HEAD:arches"], "no revision 'HEAD:arches'"),
    (["HEAD..HEAD", "--", "nothing"], "cannot read nothing"),
    (["HEAD..HEAD", "--", "../.."], "outside of the repository"),
    (["HEAD..HEAD", "--", "/etc"], "outside of the repository"), (["arches", "HEAD"], "no revision 'arches'"),
    (["HEAD..--output=x"], "no revision '--output=x'"), (["a\u{1B}[31m"], "no revision 'a\u{FFFD}[31m'"),
  ])
  func `it is bad input, with one message`(arguments: [String], message: String) throws {
    let repository = try repository()
    try repository.commit("README", "no descriptor")
    let result = try Tool.run(["diff"] + arguments, in: repository.folder, environment: repository.environment)
    #expect(result.status == 2, "\(result.output)")
    #expect(result.output == "")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.identities.count == 1)
  }

  @Test func `what is no descriptor in either state is said of both`() throws {
    let repository = try repository()
    try repository.commit("README", "no descriptor")
    let result = try repository.run("diff", "HEAD..HEAD", "--", "README")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("HEAD:./README:1:1: error: "))
    #expect(result.errors.contains("\nREADME:1:1: error: "))
  }

  @Test(arguments: [[], ["a", "b", "c"]])
  func `two states are named`(arguments: [String]) throws {
    #expect(try Tool.run(["diff"] + arguments, in: TemporaryFolder()).status == 2)
  }

  @Test func `outside of a repository there are no revisions`() throws {
    let folder = try TemporaryFolder()
    try folder.write("arches/port.yaml", Self.good)
    let environment = ["GIT_CEILING_DIRECTORIES": "/", "HOME": folder.path]
    let result = try Tool.run(["diff", "HEAD"], in: folder, environment: environment)
    #expect(result.status == 2)
    #expect(result.identities == ["GIT001"])
    #expect(result.errors.contains("two folders"))
  }

  @Test func `without git there are no revisions`() throws {
    let repository = try repository()
    let result = try repository.run("diff", "HEAD", environment: ["PATH": "/nonexistent"])
    #expect(result.status == 3)
    #expect(result.errors.contains("git is not installed"))
  }

  @Test func `a shallow clone says what is missing`() throws {
    let clone = try repository().shallowClone()
    let result = try clone.run("diff", "HEAD~1..HEAD")
    #expect(result.status == 2)
    #expect(result.errors.contains("git fetch --unshallow"))
    #expect(try clone.run("diff", "HEAD").status == 0)
  }

  @Test func `histories without a common commit`() throws {
    let repository = try repository()
    try repository.git("checkout", "-q", "--orphan", "other")
    try repository.commit("arches/port.yaml", Self.bad)
    let result = try repository.run("diff", "main...other")
    #expect(result.status == 2)
    #expect(result.identities == ["GIT003"])
    #expect(try repository.run("diff", "main..other").status == 0)
  }

  @Test(arguments: ["old", "new"])
  func `a state that cannot be read is bad input`(state: String) throws {
    let repository = try GitFolder()
    let broken = Self.good.replacing("page_size: 4K", with: "page_size: 5K")
    try repository.commit("arches/port.yaml", state == "old" ? broken : Self.good)
    try repository.commit("arches/port.yaml", state == "new" ? broken : Self.good)
    let result = try repository.run("diff", "HEAD~1..HEAD")
    #expect(result.status == 2)
    // What only the new state has is shown; where that cannot be read, nothing is left to show.
    #expect(result.output.contains("not checked: HEAD~1:arches/port.yaml:") == (state == "old"))
    #expect((result.output == "") == (state == "new"))
    #expect(
      result.errors.hasPrefix(state == "old" ? "HEAD~1:arches/port.yaml:" : "arches/port.yaml:"), "\(result.errors)")
  }

  @Test func `a corrupt baseline of the new state is bad input`() throws {
    let repository = try repository()
    try repository.commit("arches/baseline.json", "{")
    let result = try repository.run("diff", "HEAD~1..HEAD")
    #expect(result.status == 2)
    #expect(result.errors.contains("arches/baseline.json:1:"))
  }

  @Test func `a descriptor at the top of the repository, and a link to one`() throws {
    let repository = try GitFolder()
    try repository.folder.link("link.yaml", to: "port.yaml")
    try repository.commit("port.yaml", Self.good)
    try repository.commit("port.yaml", Self.bad)
    let result = try repository.run("diff", "HEAD~1..HEAD", "--", "port.yaml")
    #expect(result.status == 1)
    #expect(result.output.contains("(HEAD~1:./port.yaml:24:5)"))
    let linked = try repository.run("diff", "HEAD~1..HEAD", "--", "link.yaml")
    #expect(linked.status == 1, "\(linked.errors)")
    #expect(linked.output.hasPrefix("link  v6.12.117\n"))
  }

  @Test func `a reader that goes away ends the run`() throws {
    let repository = try repository()
    let result = try Tool.run(
      ["diff", "HEAD~1..HEAD"], in: repository.folder, environment: repository.environment, output: .brokenPipe)
    #expect(result.signal == SIGPIPE || result.status == 3)
  }
}
