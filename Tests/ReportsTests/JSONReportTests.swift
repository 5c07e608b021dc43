import Architectures
import Diagnostics
import Foundation
import Policy
import Reports
import ShippedKernels
import ShippedRules
import Simulation
import TestSupport
import Testing

@Suite struct JSONReportTests {
  private func json(_ report: Report) throws -> String {
    var output = ""
    JSONReport().write(report, into: &output)
    return output
  }

  @Test func theReportIsAsRecorded() throws {
    Expected.expect(try json(try Sample.report()), is: "report.json")
  }

  @Test func theSameReportIsTheSameTextWithSortedKeys() throws {
    let text = try json(try Sample.report())
    for _ in 0..<20 {
      let again = try json(try Sample.report())
      #expect(again == text)
    }
    var keys: [[String]] = [[]]
    for line in text.split(separator: "\n") {
      let depth = line.prefix { $0 == " " }.count / 2
      keys = Array(keys.prefix(depth + 1)) + Array(repeating: [], count: max(0, depth + 1 - keys.count))
      if let match = line.firstMatch(of: /^ *"([A-Za-z]+)" :/) {
        let key = String(match.output.1)
        if let last = keys[depth].last { #expect(last < key, "\(line)") }
        keys[depth].append(key)
      } else {
        keys[depth] = []
      }
    }
  }

  @Test func controlCharactersComeBackAsTheyWere() throws {
    var finding = Sample.flush
    finding.message = "a\u{1B}[31m\u{9B}b\u{202E}\u{E0041}\u{1F600}\"\\/"
    var report = Sample.empty
    report.items = [Report.Item(finding: finding, acceptance: nil)]
    let read = try JSONSerialization.jsonObject(with: Data(try json(report).utf8)) as? [String: Any]
    let findings = read?["findings"] as? [[String: Any]]
    #expect(findings?.first?["message"] as? String == finding.message)
  }

  // MARK: schema

  private func written(_ report: Report, _ name: String) throws -> String {
    try written(text: json(report), name)
  }

  private func written(text: String, _ name: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hvocheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appendingPathComponent(name).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// A report of the shipped descriptors and rules.
  private func shipped() throws -> Report {
    let kernels = SourceFile(path: ShippedKernels.path, text: ShippedKernels.text)
    let catalog = try KernelCatalogReader.read(kernels)
    let rules = try RuleReader(symbols: Set(catalog.symbols.keys)).read(
      ShippedRules.files.map { SourceFile(path: $0.path, text: $0.text) })
    var report = Sample.empty
    for file in ["arm64", "riscv64", "s390x", "x86_64"] {
      let descriptor = try DescriptorLoader(sources: RepositorySources()).load("arches/\(file).yaml")
      for architecture in try ArchitectureReader(catalog: catalog).read(descriptor) {
        let checked = try ArchitectureSimulator(catalog: catalog).simulate(architecture)
        let evaluation = Evaluator(rules: rules, catalog: catalog).evaluate(checked)
        report.items += evaluation.findings.map { Report.Item(finding: $0, acceptance: nil) }
        report.verdicts += evaluation.verdicts
        report.trusted += checked.trusted.map { Report.Trusted(architecture: architecture.name, effect: $0) }
      }
    }
    return report
  }

  private struct RepositorySources: SourceProvider {
    func read(_ path: String) throws(Diagnostic) -> SourceFile {
      guard let text = try? Repository.text(path) else {
        throw Diagnostic(id: "FILE001", "cannot read \(path)", at: nil)
      }
      return SourceFile(path: path, text: text)
    }
  }

  @Test(.enabled(if: Validator.isAvailable, "needs python3 with the packages jsonschema and PyYAML"))
  func reportsFitTheirSchema() throws {
    let real = try shipped()
    #expect(!real.items.isEmpty && !real.verdicts.isEmpty)
    let results = try Validator.validate(
      [
        try written(real, "real.json"), try written(try Sample.report(), "sample.json"),
        try written(Sample.empty, "empty.json"), try written(try Sample.comparison(), "comparison.json"),
      ],
      schema: "schema/report.v1.json")
    #expect(results.map(\.isAccepted) == [true, true, true, true], "\(results)")
  }

  @Test(.enabled(if: Validator.isAvailable, "needs python3 with the packages jsonschema and PyYAML"))
  func everyLineFitsItsSchemaAndBrokenOnesDoNot() throws {
    var lines: [String] = []
    for report in [try Sample.report(), try Sample.comparison(), Sample.empty] {
      var text = ""
      JSONLinesReport().write(report, into: &text)
      lines += text.split(separator: "\n").map(String.init)
    }
    let kinds = Set(lines.compactMap { $0.firstMatch(of: /^{"([a-z]+)"/)?.output.1 })
    #expect(kinds == ["header", "finding", "remark", "verdict", "trusted", "change"])
    let paths = try lines.map { try written(text: $0, "line.json") }
    let results = try Validator.validate(paths, schema: "schema/report-lines.v1.json")
    #expect(results.filter { !$0.isAccepted }.isEmpty, "\(results)")
    let broken = [
      "{}", "[]", #"{"header":{}}"#, #"{"finding":{"rule":"HVO001"}}"#, lines[0].replacing("header", with: "head"),
      lines[0].replacing("lines/v1", with: "lines/v2"), lines[0].dropLast() + #","remark":{}}"#,
    ]
    let refused = try Validator.validate(
      try broken.map { try written(text: $0, "line.json") }, schema: "schema/report-lines.v1.json")
    #expect(refused.filter { $0.isAccepted }.isEmpty, "\(refused)")
  }

  /// A schema is one file, so that the definitions are written twice.
  @Test func bothSchemasDefineTheSame() throws {
    let texts = try ["report", "report-lines"].map { name in
      let file = Repository.url("schema/\(name).v1.json")
      let text = try String(contentsOf: file, encoding: .utf8)
      return try #require(text.range(of: "\"$defs\"").map { text[$0.lowerBound...] })
    }
    #expect(texts[0] == texts[1])
  }

  @Test(.enabled(if: Validator.isAvailable, "needs python3 with the packages jsonschema and PyYAML"))
  func theSchemaRefusesWhatIsNoReport() throws {
    let text = try json(try Sample.report())
    let changes = [
      ("\"schema\" : \"hvo/report/v1\"", "\"schema\" : \"hvo/report/v2\""),
      ("\"severity\" : \"error\"", "\"severity\" : \"fatal\""),
      ("\"verdict\" : \"FAIL\"", "\"verdict\" : \"fail\""), ("\"line\" : 5", "\"line\" : 0"),
      ("\"remarks\" :", "\"remark\" :"), ("\"address\" : \"0x", "\"address\" : \"x"),
    ]
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hvocheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let paths = try changes.enumerated().map { index, change in
      #expect(text.contains(change.0))
      let path = folder.appendingPathComponent("\(index).json").path
      try text.replacing(change.0, with: change.1).write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
    let results = try Validator.validate(paths, schema: "schema/report.v1.json")
    #expect(results.map(\.isAccepted) == changes.map { _ in false }, "\(results)")
  }
}
