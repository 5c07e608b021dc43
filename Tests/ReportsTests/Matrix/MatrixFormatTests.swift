import Foundation
import Policy
import Testing

@testable import Reports

/// The matrix in each format, against recorded files and against readers that others wrote.
struct MatrixFormatTests {
  private func written(_ write: (inout String) throws -> Void) rethrows -> String {
    var text = ""
    try write(&text)
    return text
  }

  @Test(arguments: Matrix.Grouping.allCases)
  func `every format is as recorded`(grouping: Matrix.Grouping) throws {
    let matrix = try MatrixSample.matrix(by: grouping)
    let name = "matrix-by-\(grouping.rawValue)"
    Expected.expect(written { MatrixText.write(matrix, into: &$0) }, is: "\(name).txt")
    Expected.expect(written { MatrixMarkdown.write(matrix, into: &$0) }, is: "\(name).md")
    Expected.expect(written { MatrixCSV.write(matrix, into: &$0) }, is: "\(name).csv")
    Expected.expect(written { MatrixJSON.write(matrix, into: &$0) }, is: "\(name).json")
    Expected.expect(written { MatrixArchSupport.write(matrix, into: &$0) }, is: "\(name)-arch-support.txt")
  }

  @Test(arguments: Matrix.Grouping.allCases)
  func `nothing from a file steers a terminal, and a row is a line`(grouping: Matrix.Grouping) throws {
    let matrix = try MatrixSample.matrix(by: grouping)
    let text = written { MatrixText.write(matrix, into: &$0) }
    let all = [
      text, written { MatrixMarkdown.write(matrix, into: &$0) },
      written { MatrixJSON.write(matrix, into: &$0) }, written { MatrixArchSupport.write(matrix, into: &$0) },
      written { MatrixCSV.write(matrix, into: &$0) },
    ].joined()
    #expect(!all.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\r" })
    #expect(text.split(separator: "\n").count { !$0.hasPrefix("#") } == matrix.rows.count)
  }

  @Test func `every line of the Markdown table has the same columns`() throws {
    let matrix = try MatrixSample.matrix(by: .hugepage)
    let text = written { MatrixMarkdown.write(matrix, into: &$0) }
    let table = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(table.count == matrix.rows.count + 2)
    let columns = Set(table.map { $0.replacing("\\|", with: "").count { $0 == "|" } })
    #expect(columns.count == 1)
    // Each footnote is defined once, and used.
    for row in matrix.rows where !row.reason.isEmpty { #expect(text.contains("]: ")) }
    let used = Set(text.matches(of: /\| (\[\^\d+\])/).map { String($0.1) })
    let defined = text.matches(of: #/(?m)^(\[\^\d+\]): /#).map { String($0.1) }
    #expect(used == Set(defined))
    #expect(defined.count == Set(defined).count)
  }

  @Test(.enabled(if: Python.isAvailable, "needs python3"))
  func `python reads the CSV as it was meant`() throws {
    let matrix = try MatrixSample.matrix(by: .hugepage)
    let csv = written { MatrixCSV.write(matrix, into: &$0) }
    let records = try Python.readCSV(csv)
    #expect(records.count == matrix.rows.count + 1)
    #expect(records.first == MatrixCSV.head)
    for (record, row) in zip(records.dropFirst(), matrix.rows) {
      #expect(record.count == MatrixCSV.head.count)
      #expect(record.last == row.reason)
      #expect(!record.contains { $0.first.map { "=+-@".contains($0) } ?? false })
    }
    #expect(records[1][0].hasPrefix("'=cmd|"))
  }

  @Test(.enabled(if: Validator.isAvailable, "needs python3 with the packages jsonschema and PyYAML"))
  func `the JSON fits its schema`() throws {
    var paths: [String] = []
    for grouping in Matrix.Grouping.allCases {
      let text = try written { MatrixJSON.write(try MatrixSample.matrix(by: grouping), into: &$0) }
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json")
      try text.write(to: path, atomically: true, encoding: .utf8)
      paths.append(path.path)
    }
    let results = try Validator.validate(paths, schema: "schema/matrix.v1.json")
    #expect(results.map(\.isAccepted) == paths.map { _ in true }, "\(results)")
  }

  struct Mapping: Sendable {
    var rows: [Matrix.Words]
    var status: String
  }

  private static let ready = Matrix.Words(.ok, flush: .ok, remap: .ok)
  private static let nothing = Matrix.Words(.notApplicable, flush: .notApplicable, remap: .notApplicable)
  private static let unfixed = Matrix.Words(.fail, flush: .fail, remap: .ok)
  private static let strict = Matrix.Words(.fail, flush: .ok, remap: .fail)
  private static let offStrict = Matrix.Words(.off, flush: .ok, remap: .fail)
  private static let offReady = Matrix.Words(.off, flush: .ok, remap: .ok)
  private static let unknown = Matrix.Words(.undecided, flush: .ok, remap: .undecided)

  static let mappings: [Mapping] = [
    Mapping(rows: [ready], status: "ok"), Mapping(rows: [ready, nothing], status: "ok"),
    Mapping(rows: [nothing], status: "N/A"), Mapping(rows: [unfixed], status: "TODO"),
    Mapping(rows: [ready, unfixed], status: "TODO"), Mapping(rows: [strict], status: ".."),
    Mapping(rows: [offStrict], status: ".."), Mapping(rows: [offReady], status: "TODO"),
    Mapping(rows: [ready, offReady], status: "TODO"), Mapping(rows: [unknown], status: "TODO"),
    Mapping(rows: [ready, unknown], status: "TODO"), Mapping(rows: [ready, unfixed, strict], status: ".."),
  ]

  @Test(arguments: mappings)
  func `arch-support has the worst of an architecture, and never ok for less`(mapping: Mapping) {
    for rows in [mapping.rows, mapping.rows.reversed()] {
      #expect(MatrixArchSupport.status(of: rows).rawValue == mapping.status)
    }
  }
}

/// Python, where it is installed.
private enum Python {
  static let isAvailable = (try? readCSV("a\r\n")) == [["a"]]

  static func readCSV(_ text: String) throws -> [[String]] {
    let script = """
      import csv, json, sys
      with open(sys.argv[1], newline="", encoding="utf-8") as file:
          print(json.dumps(list(csv.reader(file, strict=True))))
      """
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    try text.write(to: path, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, path.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([[String]].self, from: data)
  }
}
