import Architectures
import Diagnostics
import Policy
import Testing

/// Findings that are known and accepted.
struct BaselineTests {
  @Test func `an entry holds once for each size, or once without`() throws {
    let baseline = try read(
      entry(#""hugepages": ["2M", "1G"], "#) + ",\n" + entry("").replacing("HVO020", with: "HVO013"))
    #expect(baseline.entries.map(\.hugepage) == [2 << 20, 1 << 30, nil])
    #expect(baseline.entries.map(\.rule) == ["HVO020", "HVO020", "HVO013"])
    #expect(baseline.entries.map(\.range.start.line) == [2, 2, 3])
  }

  @Test(arguments: [
    "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "2025-02-29", "1900-02-29", "26-01-01", "2026-1-01",
    "2026/01/01", "2026-01-01T00", "tomorrow", "2026-+1-01", "2026-01-+1", "+026-01-01", "-026-01-01", "２026-01-1",
  ])
  func `a date that no calendar has is refused`(date: String) {
    #expect(mistakes(entry("").replacing("2026-01-31", with: date)).map(\.id) == ["SCHEMA004"])
  }

  @Test(arguments: ["2024-02-29", "2000-02-29", "2026-12-31", "2026-04-30"])
  func `dates of the calendar are accepted`(date: String) {
    #expect(mistakes(entry("").replacing("2026-01-31", with: date)).isEmpty)
  }

  @Test(arguments: [
    (#""reason""#, #""reasn""#, ["SCHEMA001", "SCHEMA002"]), (#""reason": "known""#, #""reason": """#, ["SCHEMA004"]),
    (#""rule": "HVO020", "#, "", ["SCHEMA002"]), (#""date""#, #""line": 3, "date""#, ["SCHEMA001"]),
  ])
  func `every entry has exactly its parts`(part: String, other: String, ids: [String]) {
    #expect(mistakes(entry("").replacing(part, with: other)).map(\.id) == ids)
  }

  @Test func `a size that is none has a place`() throws {
    let error = try #require(mistakes(entry(#""hugepages": ["2M", "big"], "#)).first)
    #expect(error.id == "YAML022")
    #expect(error.place?.start.line == 2)
  }

  @Test func `another schema is refused`() {
    let file = SourceFile(path: "baseline.json", text: #"{"schema": "hvo/baseline/v3", "findings": []}"#)
    #expect(throws: Diagnostics.self) { try Baseline.read(file) }
  }

  @Test func `a finding is accepted by rule, architecture and size together`() throws {
    let port = try Port(livePTEReplace: "forbidden").checked()
    let finding = try #require(port.findings("HVO020").first)
    #expect(finding.architecture == "port")
    let size = #""hugepages": ["2M"], "#
    #expect(try read(entry(size)).acceptance(of: finding) != nil)
    #expect(try read(entry(#""hugepages": ["1G"], "#)).acceptance(of: finding) == nil)
    #expect(try read(entry("")).acceptance(of: finding) == nil)
    #expect(try read(entry(size).replacing("HVO020", with: "HVO001")).acceptance(of: finding) == nil)
    #expect(try read(entry(size).replacing("port", with: "port-4k")).acceptance(of: finding) == nil)
    #expect(try read(entry(size).replacing("v6.1.15", with: "v6.1.16")).acceptance(of: finding) == nil)
    #expect(Baseline.empty.acceptance(of: finding) == nil)
  }

  @Test func `what is undecided is never accepted, and keeps its entry from being stale`() throws {
    let port = try Port(livePTEReplace: "unknown").checked()
    let finding = try #require(port.findings("HVO020").first)
    #expect(finding.outcome == .undecided)
    let baseline = try read(entry(#""hugepages": ["2M"], "#))
    #expect(baseline.acceptance(of: finding) == nil)
    #expect(baseline.stale(findings: port.findings, checked: [ArchitectureID(name: "port", kernel: "v6.1.15")]).isEmpty)
  }

  @Test func `entries that could never match are mistakes, once for each entry`() throws {
    let rules = try Shipped.rules(for: Shipped.catalog())
    func problems(_ entries: String) throws -> [String] { try read(entries).problems(knowing: rules).map(\.id) }
    let sizes = #""hugepages": ["2M", "1G"], "#
    #expect(try problems(entry(sizes)) == [])
    #expect(try problems(entry("").replacing("HVO020", with: "HVO010")) == [])
    #expect(try problems(entry("")) == ["BASE003"])
    #expect(try problems(entry(sizes).replacing("HVO020", with: "HVO02")) == ["BASE002"])
    #expect(try problems(entry("") + ",\n" + entry(sizes).replacing("HVO", with: "HV")) == ["BASE003", "BASE002"])
  }

  @Test func `an entry is stale where its architecture was checked and the finding is gone`() throws {
    let port = try Port().checked()
    let baseline = try read(entry(#""hugepages": ["2M"], "#))
    #expect(
      baseline.stale(findings: port.findings, checked: [ArchitectureID(name: "port", kernel: "v6.1.15")]).map(\.rule)
        == ["HVO020"])
    #expect(baseline.stale(findings: port.findings, checked: [ArchitectureID(name: "port", kernel: "v6.6")]).isEmpty)
  }

  private func entry(_ more: String) -> String {
    #"{"rule": "HVO020", "architecture": "port", "kernel": "v6.1.15", \#(more)"reason": "known", "date": "2026-01-31"}"#
  }

  private func read(_ entries: String) throws -> Baseline {
    try Baseline.read(
      SourceFile(
        path: "baseline.json", text: "{\"schema\": \"hvo/baseline/v2\", \"findings\": [\n\(entries)\n]}"))
  }

  private func mistakes(_ entries: String) -> [Diagnostic] {
    do {
      _ = try read(entries)
      return []
    } catch let error as Diagnostics {
      return error.all
    } catch {
      return []
    }
  }
}
