import Foundation
import Testing

/// The recorded reports beside the tests.
enum Expected {
  static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  static let repository = tests.deletingLastPathComponent().deletingLastPathComponent()

  /// Compares with the recorded text; `RECORD=1` records it, and still fails, so that nobody records by accident.
  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = tests.appendingPathComponent("Expected/\(name)")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      #expect(throws: Never.self) { try text.write(to: file, atomically: true, encoding: .utf8) }
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "\(name) differs; RECORD=1 records it anew", sourceLocation: sourceLocation)
  }
}
