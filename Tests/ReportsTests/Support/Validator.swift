import Foundation
import TestSupport
import Testing

/// The JSON Schema implementation of Python, where it is installed.
enum Validator {
  struct Result {
    var isAccepted: Bool
    var text: String
  }

  private static let script = Repository.path("Tests/ReportsTests/validate.py")

  /// Whether python3 has the packages; tests that need them are skipped visibly where it has not.
  static let isAvailable: Bool = {
    guard let result = try? run([script, Repository.path("schema/arch.v1.json")]) else {
      return false
    }
    return result.status == 0
  }()

  /// Validates documents; paths are relative to the repository or absolute.
  static func validate(_ documents: [String], schema: String) throws -> [Result] {
    let result = try run([script, schema] + documents)
    #expect(result.status == 0, "\(result.output)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == documents.count, "\(result.output)")
    return lines.map { Result(isAccepted: $0.hasPrefix("ok "), text: String($0)) }
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.currentDirectoryURL = Repository.root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
