import Diagnostics

/// The texts that make up a routine; the one translation from inner places to places of the user's files.
struct SourceTexts: Sendable {
  var all: [EmbeddedText]

  func range(_ place: TextRange) -> SourceRange {
    guard all.indices.contains(Int(place.text)) else { return .startOfFile("") }
    return all[Int(place.text)].range(
      from: SourcePosition(line: Int(place.startLine), column: Int(place.startColumn)),
      to: SourcePosition(line: Int(place.endLine), column: Int(place.endColumn)))
  }

  func notUnderstood(_ construct: String, at place: TextRange, help: [String] = []) -> NotUnderstood {
    NotUnderstood(construct, at: range(place), help: help)
  }
}
