import Foundation
import Testing

/// One invalid file hides nothing of the others: findings and mistakes are shown, in all formats, with status 2.
struct NeighbourTests {
  /// A way to be no descriptor, and the message about it.
  struct Breakage: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: Data
    var identity: String

    init(_ name: String, _ text: String, _ identity: String) {
      (self.name, bytes, self.identity) = (name, Data(text.utf8), identity)
    }

    var testDescription: String { name }
  }

  static let breakages = [
    Breakage("no YAML", "a: [1, 2\n", "YAML"), Breakage("empty", "", "YAML007"),
    Breakage("a fact that is none", Ports.toy().replacing("page_size: 4K", with: "page_size: many"), "YAML022"),
    Breakage("an unknown key", Ports.toy().replacing("page_size: 4K", with: "pagesize: 4K"), "SCHEMA"),
    Breakage(
      "facts that contradict", Ports.toy(selects: [Ports.optIn]).replacing("size: 1T, base", with: "size: 1M, base"),
      "ARCH017"),
    Breakage(
      "a suppression without reason",
      Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush) + "\n# hvocheck: ignore HVO001 until=2099-01-01\n",
      "HVO900"),
    Breakage("a second format", "schema: hvo/arch/v1\nschema: hvo/rules/v1\n", "YAML"),
  ]

  /// A folder in which `m` is wrong and `a` and `z` have one finding each.
  private static func folder(_ breakage: Breakage) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["a", "z"] { try folder.write("ports/\(name).yaml", Ports.toy(selects: [Ports.optIn])) }
    try folder.write("ports/m.yaml", breakage.bytes)
    return folder
  }

  @Test(arguments: breakages)
  func `findings of the others and the mistake are shown`(breakage: Breakage) throws {
    let folder = try Self.folder(breakage)
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    for name in ["a", "z"] {
      #expect(result.output.contains("ports/\(name).yaml:"), "\(result.output)")
      #expect(result.output.contains("error: \(name): "), "\(result.output)")
    }
    #expect(result.output.contains("not checked: ports/m.yaml:"), "\(result.output)")
    #expect(result.output.contains("[\(breakage.identity)"))
    #expect(result.output.contains("of which nothing was checked\n"))
    #expect(result.errors.contains("[\(breakage.identity)"), "\(result.errors)")
    // Right again, nothing is said of it.
    try folder.write("ports/m.yaml", Ports.toy())
    let right = try Tool.run(["check", "ports"], in: folder)
    #expect(right.status == 1)
    #expect(!right.output.contains("not checked"))
    #expect(right.errors == "")
  }

  @Test(arguments: ["text", "terse", "json", "jsonl", "sarif", "junit", "github", "gitlab", "tap", "md"])
  func `every format is written with the mistake and the findings in it`(format: String) throws {
    let folder = try Self.folder(Self.breakages[0])
    let result = try Tool.run(["check", "ports", "-o", "\(format)=report", "-o", format], in: folder)
    #expect(result.status == 2)
    let report = try folder.read("report")
    #expect(report == result.output)
    #expect(report.contains("ports/m.yaml"), "\(report)")
    #expect(report.contains("YAML005"), "\(report)")
    #expect(report.contains("ports/a.yaml") && report.contains("ports/z.yaml"), "\(report)")
    let word = [
      "json": "\"mistakes\" : [", "jsonl": "{\"mistake\":", "sarif": "\"executionSuccessful\" : false",
      "junit": "<error type=\"YAML005\"", "tap": "not ok", "github": "::error file=ports/m.yaml", "md": "not checked",
      "gitlab": "\"blocker\"",
    ][format]
    if let word { #expect(report.contains(word), "\(report)") }
  }

  @Test(arguments: ["json", "sarif", "junit", "tap"])
  func `a report is written where nothing is right`(format: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", "a: [1, 2\n")
    let result = try Tool.run(["check", "port.yaml", "--format", format], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("YAML005"), "\(result.output)")
    #expect(result.errors.contains("[YAML005]"))
  }

  @Test(arguments: ["text", "md", "json", "arch-support", "html"])
  func `a matrix says what it does not show`(format: String) throws {
    let folder = try Self.folder(Self.breakages[0])
    let result = try Tool.run(["matrix", "ports", "--format", format, "-o", "matrix"], in: folder)
    #expect(result.status == 2)
    let matrix = try folder.read("matrix")
    #expect(matrix.contains("YAML005") && matrix.contains("ports/m.yaml"), "\(matrix)")
    #expect(try Tool.run(["matrix", "ports", "--check", "matrix", "--format", format], in: folder).status == 2)
  }

  @Test func `a thousand descriptors of which one is broken`() throws {
    let folder = try TemporaryFolder()
    let port = Ports.toy()
    for number in 0..<999 { try folder.write("ports/p\(number).yaml", port) }
    try folder.write("ports/broken.yaml", "schema: hvo/arch/v1\n")
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("999 architectures"), "\(result.output.suffix(300))")
    #expect(result.output.contains("not checked: ports/broken.yaml:1:1: missing key 'arch'"))
  }

  @Test func `a broken variant hides no other`() throws {
    let folder = try TemporaryFolder()
    let variants = "abstract: true\nvariants:\n  good: {hugepages: [2M]}\n  bad: {page_size: null}\n"
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]) + "\n" + variants)
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("error: port-good: "), "\(result.output)\(result.errors)")
    #expect(result.output.contains("not checked: port.yaml:"))
  }

  @Test(arguments: ["schema: hvo/arch/v1\narch: toy\nwrong: 1\n", "\u{FEFF}a: [1\n"])
  func `a broken parent is said once, with those that extend it`(parent: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/zz.yaml", parent)
    for number in 1...6 {
      try folder.write("ports/c\(number).yaml", "schema: hvo/arch/v1\narch: toy\nextends: zz\n")
    }
    try folder.write("ports/good.yaml", Ports.toy())
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    let message = parent.hasPrefix("schema") ? "unknown key 'wrong'" : "this is not valid YAML"
    #expect(result.errors.components(separatedBy: message).count == 2, "\(result.errors)")
    #expect(result.errors.components(separatedBy: "note: this descriptor extends it").count == 4)
    #expect(result.errors.contains("3 more descriptors extend it and are not checked"))
    #expect(result.output.contains("checked 1 descriptor, 1 architecture"), "\(result.output)")
  }

  @Test func `what could not be read is not gone, and no comment is without use because of it`() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] { try folder.write("ports/\(name).yaml", Ports.toy(selects: [Ports.optIn])) }
    let write = ["baseline", "write", "ports", "--reason", "known"]
    #expect(try Tool.run(write, in: folder).status == 0)
    let known = try folder.read("ports/baseline.json")
    #expect(try Tool.run(["check", "ports", "--strict-baseline"], in: folder).status == 0)
    try folder.write("ports/b.yaml", "a: [1, 2\n")
    let broken = try Tool.run(["check", "ports", "--strict-baseline"], in: folder)
    #expect(broken.status == 2)
    #expect(!broken.output.contains("BASE001"), "\(broken.output)")
    for command in [["baseline", "prune", "ports"], write + ["--accept-new"]] {
      let result = try Tool.run(command, in: folder)
      #expect(result.status == 2)
      #expect(result.errors.contains("ports/baseline.json was not written [BASE006]"), "\(result.errors)")
      #expect(try folder.read("ports/baseline.json") == known)
    }
    let shown = try Tool.run(["baseline", "show", "ports"], in: folder)
    #expect(shown.status == 2)
    #expect(shown.output.contains("not checked"))
  }

  @Test func `a comment of a parent is not without use where a child is broken`() throws {
    let folder = try TemporaryFolder()
    let comment = "# hvocheck: ignore HVO001 until=2099-01-01 reason=\"for a child\""
    let parent = Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush)
      .replacing("flush_dcache_page:", with: comment + "\nflush_dcache_page:")
    try folder.write("ports/base.yaml", parent)
    #expect(try Tool.run(["check", "ports"], in: folder).identities.contains("HVO901"))
    try folder.write("ports/child.yaml", "schema: hvo/arch/v1\narch: toy\nextends: base\nwrong: 1\n")
    let broken = try Tool.run(["check", "ports"], in: folder)
    #expect(broken.status == 2)
    #expect(!broken.identities.contains("HVO901"), "\(broken.output)")
  }

  @Test(arguments: [true, false])
  func `diff shows the others of both states`(isOldBroken: Bool) throws {
    let folder = try TemporaryFolder()
    for state in ["old", "new"] {
      try folder.write("\(state)/a.yaml", Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush))
      try folder.write("\(state)/b.yaml", Ports.toy(selects: [Ports.optIn]))
    }
    try folder.write("new/a.yaml", Ports.toy(selects: [Ports.optIn]))
    try folder.write(isOldBroken ? "old/b.yaml" : "new/b.yaml", "a: [1, 2\n")
    let result = try Tool.run(["diff", "old", "new"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("error: a: "), "\(result.output)")
    #expect(result.output.contains("not checked: \(isOldBroken ? "old" : "new")/b.yaml:"))
    // What cannot be read is not gone.
    #expect(!result.output.contains("gone: ") && !result.output.contains("vanished"), "\(result.output)")
  }

  @Test func `other commands go on with what they are asked for`() throws {
    let folder = try Self.folder(Self.breakages[0])
    #expect(try Tool.run(["sim", "a", "--arches", "ports", "--hugepage", "2M"], in: folder).status == 0)
    #expect(try Tool.run(["show", "z", "--arches", "ports"], in: folder).status == 0)
    let broken = try Tool.run(["show", "m", "--arches", "ports"], in: folder)
    #expect(broken.status == 2)
    #expect(broken.errors.contains("[YAML005]"), "\(broken.errors)")
    let mail = try Tool.run(["report", "--mail", "ports"], in: folder)
    #expect(mail.status == 2)
    #expect(mail.output.contains("Subject: [toy]"))
    #expect(mail.errors.contains("[YAML005]"))
  }
}
