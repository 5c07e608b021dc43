/// A range of one of the texts that make up a routine, in the inner coordinates of that text.
struct TextRange: Hashable, Sendable {
  /// Index into `SourceTexts.all`.
  var text: Int32
  var startLine: Int32
  var startColumn: Int32
  var endLine: Int32
  var endColumn: Int32
  /// Number of the outermost use of a macro that put the text here, from 1 on; 0 where it stands for itself.
  var macroUse: Int32 = 0

  /// The range from here through `last`; only this place if `last` does not follow it in the same text, as happens
  /// where a macro from elsewhere supplied the tokens.
  func through(_ last: TextRange) -> TextRange {
    guard last.text == text, (last.endLine, last.endColumn) > (endLine, endColumn) else { return self }
    var whole = self
    (whole.endLine, whole.endColumn) = (last.endLine, last.endColumn)
    return whole
  }
}
