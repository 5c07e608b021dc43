import Foundation
import TestSupport
import Testing

/// `rules test`: the cases beside the rules, and what happens where they are missing or wrong.
struct RuleCaseTests {
  @Test func `all cases of the repository pass`() throws {
    let cases = Repository.path("rules/tests")
    try #require(FileManager.default.fileExists(atPath: cases))
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/rules", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: cases, toPath: folder.path + "/rules/tests")
    let result = try Tool.run(["rules", "test"], in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.contains(": 0 failed\n"))
    #expect(!result.output.contains("FAIL"))
  }

  @Test func `no cases are not a pass`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("cases")
    let result = try Tool.run(["rules", "test", "cases"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("no cases in cases: nothing was tested"))
  }

  @Test func `a file that is no case is bad input`() throws {
    let folder = try TemporaryFolder()
    try folder.write("cases/x.yaml", "schema: hvo/cases/v1\n")
    let result = try Tool.run(["rules", "test", "cases"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("cases/x.yaml:1:1: error: missing key 'rule'"))
  }
}
