import Diagnostics

/// A range of one of the texts that make up a routine, in the inner coordinates of that text.
struct TextRange: Hashable, Sendable {
  /// Index into `SourceTexts.all`.
  var text: Int32
  var startLine: Int32
  var startColumn: Int32
  var endLine: Int32
  var endColumn: Int32

  /// The range from here through `last`; only this place if `last` does not follow it in the same text, as happens
  /// where a macro from elsewhere supplied the tokens.
  func through(_ last: TextRange) -> TextRange {
    guard last.text == text, (last.endLine, last.endColumn) > (endLine, endColumn) else { return self }
    var whole = self
    (whole.endLine, whole.endColumn) = (last.endLine, last.endColumn)
    return whole
  }
}

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
