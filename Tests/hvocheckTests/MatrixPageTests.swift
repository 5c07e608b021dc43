import Foundation
import Testing

/// `matrix --format html`: what the page tells its reader to run does what the page shows.
struct MatrixPageTests {
  /// The texts of `<pre>` elements; what is read here has nothing that is escaped.
  private static func blocks(of page: String) -> [[String]] {
    page.split(separator: "<pre").dropFirst().compactMap { part in
      guard let start = part.firstIndex(of: ">"), let end = part.range(of: "</pre>") else { return nil }
      return part[part.index(after: start)..<end.lowerBound].split(separator: "\n").map(String.init)
    }
  }

  @Test func `the dumps are those of the commands below them, and every command works`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    let written = try Tool.run(["matrix", "-o", "matrix.html"], in: folder)
    #expect(written.status == 0 && written.output == "" && written.errors == "")
    var (dump, compared, run): ([String]?, Int, Int) = (nil, 0, 0)
    for block in Self.blocks(of: try folder.read("matrix.html")) {
      if block.first?.hasPrefix("---[") == true { dump = block }
      for command in block where command.hasPrefix("hvocheck sim") {
        let isDump = command.hasSuffix(" --dump")
        // Gigantic pages take their time, and their traces have thousands of lines; the others have them all the same.
        guard isDump || !command.contains("G") else { continue }
        let result = try Tool.run(command.split(separator: " ").dropFirst().map(String.init), in: folder)
        #expect(result.status == 0 && !result.output.isEmpty, "\(command): \(result.errors)")
        run += 1
        guard isDump else { continue }
        #expect(result.output.split(separator: "\n").map(String.init) == dump, "\(command)")
        compared += 1
      }
    }
    #expect(compared >= 9)
    #expect(run > 35)
  }

  @Test func `it shows both axes, so that there are no rows to choose`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    let result = try Tool.run(["matrix", "--by", "hugepage", "--format", "html"], in: folder)
    #expect(result.status == 2)
    #expect(result.identities == ["USAGE030"])
    #expect(result.output == "")
  }

  @Test func `a page that was written before is compared`() throws {
    let folder = try TemporaryFolder()
    try folder.write("toy.yaml", Ports.toy())
    try Tool.run(["matrix", "toy.yaml", "-o", "matrix.html"], in: folder)
    #expect(try Tool.run(["matrix", "toy.yaml", "--check", "matrix.html"], in: folder).status == 0)
    try folder.write("matrix.html", try folder.read("matrix.html").replacing("FAIL", with: "ok"))
    #expect(try Tool.run(["matrix", "toy.yaml", "--check", "matrix.html"], in: folder).status == 1)
  }
}
