import Foundation
import Testing

/// `matrix --format html`: what the page tells its reader to run does what the page shows.
struct MatrixPageTests {
  private static func page() throws -> (folder: TemporaryFolder, text: String) {
    let folder = try TemporaryFolder.withShippedDescriptors()
    let result = try Tool.run(["matrix", "-o", "matrix.html"], in: folder)
    try #require(result.status == 0 && result.output == "" && result.errors == "")
    return (folder, try folder.read("matrix.html"))
  }

  /// The texts of `<pre>` elements; what is read here has nothing that is escaped.
  private static func blocks(of page: String) -> [[String]] {
    page.split(separator: "<pre").dropFirst().compactMap { part in
      guard let start = part.firstIndex(of: ">"), let end = part.range(of: "</pre>") else { return nil }
      return part[part.index(after: start)..<end.lowerBound].split(separator: "\n").map(String.init)
    }
  }

  @Test func `the dumps are those of the commands below them`() throws {
    let (folder, text) = try Self.page()
    var dump: [String]?
    var compared = 0
    for block in Self.blocks(of: text) {
      if block.first?.hasPrefix("---[") == true { dump = block }
      guard let command = block.last, command.hasPrefix("hvocheck sim"), command.hasSuffix("--dump") else { continue }
      let result = try Tool.run(command.split(separator: " ").dropFirst().map(String.init), in: folder)
      #expect(result.status == 0, "\(command)")
      #expect(result.output.split(separator: "\n").map(String.init) == dump, "\(command)")
      compared += 1
    }
    #expect(compared >= 9)
  }

  @Test func `every command on the page works`() throws {
    let (folder, text) = try Self.page()
    let commands = Self.blocks(of: text).flatMap { $0 }.filter { $0.hasPrefix("hvocheck sim") }
    #expect(commands.count > 40)
    // Traces of gigantic pages have thousands of lines; the others are traced all the same.
    for command in commands where !command.contains("G --trace") {
      let result = try Tool.run(command.split(separator: " ").dropFirst().map(String.init), in: folder)
      #expect(result.status == 0 && !result.output.isEmpty, "\(command): \(result.errors)")
    }
  }

  @Test func `it shows both axes, so that there are no rows to choose`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    let result = try Tool.run(["matrix", "--by", "hugepage", "--format", "html"], in: folder)
    #expect(result.status == 2)
    #expect(result.identities == ["USAGE030"])
    #expect(result.output == "")
  }

  @Test func `a page that was written before is compared`() throws {
    let (folder, text) = try Self.page()
    let same = try Tool.run(["matrix", "--check", "matrix.html"], in: folder)
    #expect(same.status == 0)
    let other = try TemporaryFolder.withShippedDescriptors()
    try other.write("matrix.html", text.replacing("FAIL", with: "ok"))
    #expect(try Tool.run(["matrix", "--check", "matrix.html"], in: other).status == 1)
  }
}
