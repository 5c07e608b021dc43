package import Foundation
package import Testing

/// Texts that were recorded once, and are compared with what the program says now.
package enum Recorded {
  /// Whether `HVOCHECK_RECORD=1` asks for recording them anew.
  package static let isAskedFor = ProcessInfo.processInfo.environment["HVOCHECK_RECORD"] == "1"

  /// Compares a text with the recorded one. A test that records fails, so that nobody records by accident.
  package static func expect(_ text: String, in file: URL, sourceLocation: SourceLocation = #_sourceLocation) {
    let name = file.lastPathComponent
    if isAskedFor {
      #expect(throws: Never.self) { try text.write(to: file, atomically: true, encoding: .utf8) }
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "\(name) differs; HVOCHECK_RECORD=1 records it anew", sourceLocation: sourceLocation)
  }
}
