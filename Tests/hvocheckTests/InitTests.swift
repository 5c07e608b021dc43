import Foundation
import Testing

/// From nothing to a verdict: `init`, then `check` until it is content.
struct InitTests {
  @Test func `a newcomer gets from init to ok by answering`() throws {
    let folder = try TemporaryFolder()
    let begun = try Tool.run(["init", "toy", "-o", "port.yaml", "--kernel", "v6.12.117"], in: folder)
    #expect(begun.status == 0)
    #expect(begun.output == "wrote port.yaml\nnext: hvocheck check port.yaml\n")
    var text = try folder.read("port.yaml")
    var open = text.matches(of: /\n(\w+): \?\?\?/).map { String($0.1) }
    #expect(open.count == 12)
    // Each round answers the first question with the sample above it.
    while let key = open.first {
      let check = try Tool.run(["check", "port.yaml"], in: folder)
      #expect(check.status == 2)
      #expect(check.output == "")
      #expect(check.identities == open.map { _ in "SCHEMA005" })
      for key in open {
        #expect(check.errors.contains(": error: '\(key)' is not filled in [SCHEMA005]\n"))
        #expect(check.errors.contains("      = \(key): "))
      }
      text = try Self.answered(key, in: text)
      try folder.write("port.yaml", text)
      open.removeFirst()
    }
    // What is left is optional: without the sample of 'define' the code would not be announced.
    for key in ["select", "define", "page_flags"] { text = try Self.uncommented(key, in: text) }
    try folder.write("port.yaml", text)
    let done = try Tool.run(["check", "port.yaml"], in: folder)
    #expect(done.status == 0, "\(done.errors)\(done.output)")
    #expect(done.output.contains("  port              v6.12.117              2M        ok       ok     ok\n"))
  }

  /// The sample of a key in place of `key: ???`.
  private static func answered(_ key: String, in text: String) throws -> String {
    text.replacing("\n\(key): ???\n", with: "\n\(try sample(of: key, in: text))\n")
  }

  private static func uncommented(_ key: String, in text: String) throws -> String {
    text + "\n" + (try sample(of: key, in: text)) + "\n"
  }

  private static func sample(of key: String, in text: String) throws -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let first = try #require(lines.firstIndex { $0.hasPrefix("#     \(key):") }, "no sample of \(key)")
    return lines[first...].prefix { $0.hasPrefix("#     ") }.map { String($0.dropFirst(6)) }.joined(separator: "\n")
  }

  @Test func `without a kernel the version is open too, and the opt-in symbol unknown`() throws {
    let folder = try TemporaryFolder()
    #expect(try Tool.run(["init", "toy"], in: folder).output.hasPrefix("wrote toy.yaml\n"))
    let text = try folder.read("toy.yaml")
    #expect(text.contains("\nsource: ???\n"))
    #expect(text.contains("# covered: v5.14-rc1 up to, but not, "))
    #expect(!text.contains("the opt-in symbol of this kernel"))
    #expect(
      try Tool.run(["check", "toy.yaml"], in: folder).errors.contains("toy.yaml:20:9: error: 'source' is not filled in")
    )
  }

  @Test func `the opt-in symbol is that of the kernel`() throws {
    let folder = try TemporaryFolder()
    try Tool.run(["init", "toy", "--kernel", "6.1.15"], in: folder)
    let text = try folder.read("toy.yaml")
    #expect(text.contains("# the opt-in symbol of this kernel: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP\n"))
    #expect(text.contains("\nsource: {version: v6.1.15}\n"))
  }

  @Test func `where there is a folder of descriptors, it is written there`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    #expect(try Tool.run(["init", "toy"], in: folder).output.hasPrefix("wrote arches/toy.yaml\n"))
    let before = try folder.read("arches/arm64.yaml")
    let again = try Tool.run(["init", "arm64"], in: folder)
    #expect(again.status == 2)
    #expect(again.errors.contains("arches/arm64.yaml is there already [FILE006]"))
    #expect(try folder.read("arches/arm64.yaml") == before)
  }

  @Test func `a link that leads nowhere is not written through`() throws {
    let folder = try TemporaryFolder()
    try folder.link("toy.yaml", to: "gone.yaml")
    #expect(try Tool.run(["init", "toy"], in: folder).status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["toy.yaml"])
  }

  @Test(arguments: [
    (["init"], 2, "Missing expected argument"), (["init", "../x"], 2, "is not the name of a directory under arch/"),
    (["init", "4ever"], 2, "is not the name of a directory"), (["init", ""], 2, "is not the name of a directory"),
    (["init", "toy", "--kernel", "new"], 2, "'new' is not a kernel version"),
    (["init", "toy", "--kernel", "v4.19"], 2, "no kernel profile covers v4.19"),
    (["init", "toy", "-o", "a/b/"], 2, "is there already"),
    (["init", "toy", "-o", "/proc/toy.yaml"], 3, "cannot write /proc/toy.yaml"),
  ])
  func `what cannot be begun is refused`(words: [String], status: Int32, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("a/b")
    let result = try Tool.run(words, in: folder)
    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
  }
}
