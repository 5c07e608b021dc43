import Foundation
import TestSupport
import Testing

/// `hvocheck explain`, and the pages that are written from the same words.
struct ExplainTests {
  static let rules = [
    "HVO001", "HVO002", "HVO003", "HVO004", "HVO005", "HVO006", "HVO007", "HVO010", "HVO011", "HVO013", "HVO020",
    "HVO030",
    "HVO031",
  ]

  @Test func `no rule is forgotten here`() throws {
    let list = try Tool.run(["rules", "list"], in: TemporaryFolder()).output
    #expect(list.split(separator: "\n").map { String($0.prefix(6)) } == Self.rules)
  }

  @Test(arguments: rules)
  func `an explanation shows the place in its own example`(rule: String) throws {
    let text = try Tool.run(["explain", rule], in: TemporaryFolder()).output
    let example = try #require(text.firstMatch(of: #/\nExample:\n((?:  .*\n|\n)*)\nhvocheck says:\n/#)).1
    let lines = example.split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(2) }
    let place = try #require(text.firstMatch(of: #/\nhvocheck says:\n  port.yaml:(\d+):(\d+): /#))
    let line = try #require(Int(place.1)), column = try #require(Int(place.2))
    #expect(!lines[line - 1].dropFirst(column - 1).isEmpty, "\(place.0)")
    #expect(text.contains("[\(rule)]\n"))
    #expect(text.contains("\nPut right:\n  "))
  }

  @Test func `the pages are those of the rules`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/docs", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Repository.path("docs/rules"), toPath: folder.path + "/docs/rules")
    let result = try Tool.run(["rules", "pages", "--check"], in: folder)
    #expect(result.status == 0, "hvocheck rules pages docs/rules writes them anew: \(result.output)")
    for rule in Self.rules {
      #expect(
        try Tool.run(["explain", rule, "--format", "md"], in: folder).output == folder.read("docs/rules/\(rule).md"))
    }
  }

  @Test func `pages that are not what the rules say are named`() throws {
    let folder = try TemporaryFolder()
    #expect(try Tool.run(["rules", "pages", "pages"], in: folder).output == "wrote 14 files in pages\n")
    try folder.write("pages/HVO001.md", "# HVO001\n")
    try FileManager.default.removeItem(atPath: folder.path + "/pages/HVO002.md")
    let stale = try Tool.run(["rules", "pages", "pages", "--check"], in: folder)
    #expect(stale.status == 1)
    #expect(stale.output.contains("pages/HVO001.md: not what the rules say\npages/HVO002.md: missing\n"))
    #expect(try folder.read("pages/HVO001.md") == "# HVO001\n")
    #expect(try Tool.run(["rules", "pages", "pages"], in: folder).status == 0)
    #expect(try Tool.run(["rules", "pages", "pages", "--check"], in: folder).status == 0)
  }

  @Test func `markup in the words of a rule stays words`() throws {
    let folder = try TemporaryFolder()
    let rule = OwnRuleTests.rule().replacing(
      "title: a finding", with: "title: a <b>*bold*</b> | `x` [y](z) __init__ \\")
    try folder.write("own/r.yaml", rule)
    let page = try Tool.run(["explain", "ACME001", "--rules", "own", "--format", "md"], in: folder)
    #expect(page.output.contains(#"a \<b\>\*bold\*\</b\> \| \`x\` \[y\](z) \_\_init\_\_ \\ for every cell"#))
  }

  // MARK: messages that are no rules

  @Test func `every message of the tool is explained`() throws {
    var identities: Set<String> = []
    let sources = URL(filePath: Repository.path("Sources"))
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /"([A-Z]+)[0-9]{3}"/) { identities.insert(String(match.1)) }
    }
    identities.remove("HVO")
    #expect(identities.count >= 8)
    let folder = try TemporaryFolder()
    for letters in identities {
      let result = try Tool.run(["explain", letters + "777"], in: folder)
      #expect(result.status == 0, "\(letters)")
      #expect(result.output.hasPrefix("\(letters)777 is about "))
    }
  }

  @Test(arguments: ["HVO900", "HVO901", "HVO902", "HVO903", "HVO910", "BASE001", "untested-rule"])
  func `remarks about files are explained`(name: String) throws {
    let result = try Tool.run(["explain", name], in: TemporaryFolder())
    #expect(result.status == 0)
    #expect(result.output.contains("\nThe way out:\n  "))
    #expect(!result.output.contains("is about"))
    #expect(result.output.contains(name))
  }

  @Test(arguments: ["YAML7", "YAML0007", "NONE001", "HVO999", "yaml007", ""])
  func `what is no identity is no rule`(name: String) throws {
    let result = try Tool.run(["explain", name], in: TemporaryFolder())
    #expect(result.status == 2)
    #expect(result.errors.contains("no rule '\(name)'"))
  }

  // MARK: Coccinelle

  @Test func `a rule that C files do not show has no Coccinelle rule`() throws {
    let result = try Tool.run(["explain", "HVO020", "--cocci"], in: TemporaryFolder())
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("HVO020 has no Coccinelle rule"))
    #expect(result.errors.contains("there is one for HVO001, HVO005"))
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/spatch"), "needs coccinelle"),
    arguments: [
      ("HVO001", "void flush_dcache_page(struct page *page)\n{\n", ""),
      (
        "HVO001", "void toy_flush_dcache_page(struct page *page)\n{\n\tif (PageHuge(page))\n\t\t",
        "page = compound_head(page);"
      ),
      ("HVO005", "void toy_sync(pte_t pte)\n{\n\tstruct page *page = pte_page(pte);\n", ""),
      (
        "HVO005", "void toy_sync(pte_t pte)\n{\n\tstruct page *page = pte_page(pte);\n",
        "\tpage = compound_head(page);\n"
      ),
    ])
  func `Coccinelle reads the rule, and finds what takes no head`(rule: String, start: String, head: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("\(rule).cocci", Tool.run(["explain", rule, "--cocci"], in: folder).output)
    try folder.write(
      "a.c",
      start + head
        + "\n\tif (test_bit(PG_dcache_clean, &page->flags))\n\t\tset_bit(PG_dcache_clean, &page->flags);\n}\n")
    let run = try Tool.run(
      executable: "/usr/bin/spatch", arguments: ["--very-quiet", "-D", "report", "--sp-file", "\(rule).cocci", "a.c"],
      in: folder.path, environment: ["HOME": folder.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("may be a read-only tail") == head.isEmpty, "\(run.output)")
  }
}
