import TestSupport
import Testing

/// The recorded reports beside the tests.
enum Expected {
  /// Compares with the recorded text of a name.
  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    Recorded.expect(
      text, in: Repository.url("Tests/ReportsTests/Expected/\(name)"), sourceLocation: sourceLocation)
  }
}
