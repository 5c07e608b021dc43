import Foundation
import Testing

/// Paths are bytes: what is one to Unicode and two to the file system is two; what cannot be shown is refused.
struct PathTests {
  /// Pairs of names that are equal to Swift, and differ in their bytes.
  static let pairs = [("K", "\u{212A}"), ("\u{E9}", "e\u{301}"), ("\u{C5}", "\u{212B}"), ("\u{3A9}", "\u{2126}")]

  /// Two folders whose names are canonically equal, a port in each: the first right, the second not.
  private static func folder(_ pair: (String, String), in top: String = "") throws -> TemporaryFolder {
    #expect(pair.0 == pair.1 && Array(pair.0.utf8) != Array(pair.1.utf8))
    let folder = try TemporaryFolder()
    try folder.write("\(top)ports/\(pair.0)/right.yaml", Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush))
    try folder.write("\(top)ports/\(pair.1)/wrong.yaml", Ports.toy(selects: [Ports.optIn]))
    return folder
  }

  @Test(arguments: pairs)
  func `two folders of one name in Unicode are both checked`(pair: (String, String)) throws {
    let folder = try Self.folder(pair)
    for words in [["check", "ports"], ["check", "ports/\(pair.0)", "ports/\(pair.1)"]] {
      let result = try Tool.run(words, in: folder)
      #expect(result.status == 1)
      #expect(result.output.contains("checked 2 descriptors"), "\(result.output)")
    }
    #expect(try Tool.run(["check", "ports/\(pair.0)"], in: folder).status == 0)
    #expect(try Tool.run(["check", "ports/\(pair.1)"], in: folder).status == 1)
  }

  @Test(arguments: pairs)
  func `files of one name in different folders keep their lines and comments`(pair: (String, String)) throws {
    let folder = try TemporaryFolder()
    let comment = "# hvocheck: ignore HVO001 until=2099-01-01 reason=\"not the other\"\nflush_dcache_page:"
    let accepted = Ports.toy(selects: [Ports.optIn]).replacing("flush_dcache_page:", with: comment)
    let open = Ports.toy(selects: [Ports.optIn], version: "v6.1.117")
      .replacing("ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP", with: "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP")
      .replacing("title:", with: "# one line more, where the other has its comment\ntitle:")
    try folder.write("ports/\(pair.0)/port.yaml", accepted)
    try folder.write("ports/\(pair.1)/port.yaml", open)
    let result = try Tool.run(["check", "ports", "--types", "HVO001"], in: folder)
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    #expect(result.output.contains("1 error"), "\(result.output)")
    let places = result.output.split(separator: "\n").filter { $0.contains("error: ") }
    #expect(places.allSatisfy { Array($0.utf8).starts(with: Array("ports/\(pair.1)/port.yaml:".utf8)) }, "\(places)")
    #expect(result.output.contains("clear_bit(PG_dcache_clean, &page->flags);\n"))
  }

  @Test(.enabled(if: GitFolder.isThere), arguments: pairs)
  func `git has both, too`(pair: (String, String)) throws {
    let repository = try GitFolder()
    let right = Ports.toy(selects: [Ports.optIn], flush: Ports.fixedFlush)
    try repository.folder.write("arches/\(pair.0)/right.yaml", right)
    try repository.commit("arches/\(pair.1)/wrong.yaml", right)
    try repository.commit("arches/\(pair.1)/wrong.yaml", Ports.toy(selects: [Ports.optIn]))
    for states in ["HEAD~1..HEAD", "HEAD~1"] {
      let result = try repository.run("diff", states)
      #expect(result.status == 1, "\(result.output)\(result.errors)")
      #expect(result.output.contains("error: wrong: "))
    }
    #expect(try repository.run("diff", "HEAD~1..HEAD", "--", "arches/\(pair.0)").status == 0)
  }

  /// Names that no report could show as they are.
  static let unshowable: [[UInt8]] = [
    [0xFF], [0xC3], Array("a\u{1B}[31m".utf8), Array("a\nb".utf8), Array("a\u{202E}b".utf8), Array("a\u{200B}".utf8),
  ]

  @Test(arguments: unshowable)
  func `a name that cannot be shown is refused and hides nothing`(name: [UInt8]) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/good.yaml", Ports.toy(selects: [Ports.optIn]))
    let path = Array((folder.path + "/ports/").utf8) + name + Array(".yaml".utf8) + [0]
    let created = open(path.map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600)
    try #require(created >= 0)
    close(created)
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    #expect(result.output.contains("error: good: "), "\(result.output)")
    #expect(result.errors.contains("cannot be shown [FILE007]"), "\(result.errors)")
    #expect(!result.errors.contains("\u{1B}") && !result.errors.contains("\u{202E}"))
  }

  @Test(arguments: ["arm\u{212A}", "a b", "a:b", "a'b", "\u{E9}", "a=b", "#a"])
  func `names of architectures are plain`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/\(name).yaml", Ports.toy())
    try folder.write("ports/good.yaml", Ports.toy())
    let result = try Tool.run(["check", "ports"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("ports/\(name).yaml:1:1: error: '\(name)' is no name of an architecture [ARCH022]"))
    #expect(result.output.contains("1 architecture,"), "\(result.output)")
    #expect(try Tool.run(["init", name], in: folder).status == 2)
  }

  @Test(arguments: ["4k\u{212A}", "a b", "a:b", "a/b", "\u{E9}"])
  func `names of variants are plain`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy() + "\nvariants:\n  \"\(name)\": {hugepages: [2M]}\n")
    let result = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("port.yaml:"), "\(result.errors)")
  }

  @Test(arguments: ["arm-64.v2_x", "A", "0", "a.b-c_d"])
  func `names with the usual marks are names`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ports/\(name).yaml", Ports.toy())
    #expect(try Tool.run(["check", "ports"], in: folder).status == 0)
  }
}
