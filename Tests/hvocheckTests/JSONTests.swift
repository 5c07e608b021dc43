import Foundation
import Testing

/// `--format json` and `schema`, as a bot reads them.
struct JSONTests {
  struct Document: Decodable {
    struct Place: Decodable {
      var path: String
      var line: Int
      var column: Int
    }
    struct Witness: Decodable {
      var structPage: Int
      var address: String
      var count: Int
      var structPages: Int
    }
    struct Acceptance: Decodable {
      var by: String
      var reason: String
    }
    struct Finding: Decodable {
      var rule: String
      var severity: String
      var architecture: String
      var kernel: String
      var hugepage: String?
      var place: Place
      var witness: Witness?
      var acceptance: Acceptance?
    }
    struct Cell: Decodable {
      var architecture: String
      var hugepage: String
      var verdict: String
      var flush: String
      var remap: String
    }
    struct Summary: Decodable {
      var cells: Int
      var errors: Int
      var known: Int
    }
    var schema: String
    var summary: Summary
    var findings: [Finding]
    var verdicts: [Cell]
  }

  private func document(_ output: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(output.utf8))
  }

  @Test func `a finding carries rule, place, cell and the first faulting struct page`() throws {
    let folder = try TemporaryFolder()
    let text = Ports.toy(selects: [Ports.optIn])
    try folder.write("port.yaml", text)
    let result = try Tool.run(["check", "port.yaml", "--format", "json"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors == "")
    let document = try document(result.output)
    #expect(document.schema == "hvo/report/v1")
    let finding = try #require(document.findings.first { $0.rule == "HVO001" })
    #expect(finding.severity == "error")
    #expect(finding.architecture == "port")
    #expect(finding.kernel == "v6.12.117")
    #expect(finding.hugepage == "2M")
    #expect(finding.acceptance == nil)
    #expect(finding.place.path == "port.yaml")
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)[finding.place.line - 1]
    #expect(line.dropFirst(finding.place.column - 1) == "clear_bit(PG_dcache_clean, &page->flags);")
    let witness = try #require(finding.witness)
    #expect(witness.structPage == 64)
    #expect(witness.address == "0xffffea0000001000")
    #expect(witness.count == 7)
    #expect(witness.structPages == 512)
    #expect(document.summary.errors == 1)
    #expect(
      document.verdicts.map { [$0.architecture, $0.hugepage, $0.verdict, $0.flush, $0.remap] } == [
        ["port", "2M", "FAIL", "FAIL", "ok"]
      ])
  }

  @Test func `known findings are in it, and marked`() throws {
    let result = try Tool.run(["check", "--format", "json"], in: .withShippedDescriptors())
    #expect(result.status == 0)
    let document = try document(result.output)
    #expect(document.summary.errors == 0)
    #expect(document.summary.cells == document.verdicts.count)
    #expect(document.summary.known == document.findings.count { $0.acceptance?.by == "baseline" })
    #expect(document.summary.known > 0)
  }

  @Test func `colour is never part of it`() throws {
    let words = ["check", "--no-baseline", "--format", "json", "--color", "always"]
    let result = try Tool.run(words, in: .withShippedDescriptors())
    #expect(!result.output.contains("\u{1B}"))
    _ = try document(result.output)
  }

  @Test func `bad input is in the report`() throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", "schema: hvo/arch/v1\n")
    let result = try Tool.run(["check", "port.yaml", "--format", "json"], in: folder)
    #expect(result.status == 2)
    struct Mistakes: Decodable {
      struct Mistake: Decodable { var rule: String }
      struct Summary: Decodable { var mistakes: Int }
      var mistakes: [Mistake]
      var summary: Summary
    }
    let document = try JSONDecoder().decode(Mistakes.self, from: Data(result.output.utf8))
    #expect(Set(document.mistakes.map(\.rule)) == ["SCHEMA002"])
    #expect(document.summary.mistakes == document.mistakes.count)
    #expect(try self.document(result.output).findings.isEmpty)
    #expect(try Tool.run(["check", "nowhere", "--format", "json"], in: folder).output == "")
  }

  @Test(arguments: ["arch", "rules", "kernels", "baseline"])
  func `schemas are JSON and name their format`(name: String) throws {
    let result = try Tool.run(["schema", name], in: TemporaryFolder())
    #expect(result.status == 0)
    #expect(result.errors == "")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let schema = try #require(object as? [String: any Sendable])
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(result.output.contains(name == "arch" ? "\"flush_dcache_page\"" : "\"schema\""))
  }
}
