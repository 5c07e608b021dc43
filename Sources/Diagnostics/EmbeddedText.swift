/// A text that stands inside another file, such as a C body in a YAML block scalar, with the place of each of its lines.
///
/// It translates positions of the inner text into positions of the file that a user edits.
public struct EmbeddedText: Sendable, Hashable {
  /// The inner text.
  public let text: String
  /// The file that holds it.
  public let path: String
  /// For each line of `text`, where its first character stands in the file.
  public let lineStarts: [SourcePosition]

  /// Makes an embedded text; `lineStarts` has one entry for each line of `text`.
  public init(text: String, path: String, lineStarts: [SourcePosition]) {
    self.text = text
    self.path = path
    self.lineStarts = lineStarts
  }

  /// A text that is a whole file of its own.
  public init(wholeFile file: SourceFile) {
    // Counted in bytes: to Swift, CR LF is one Character that is not "\n".
    let count = file.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    self.init(
      text: file.text, path: file.path,
      lineStarts: (1...max(1, count)).map { SourcePosition(line: $0, column: 1) })
  }

  /// The position in the file of a position in the inner text (both 1-based).
  ///
  /// A line behind the last one maps to the last line's start.
  public func position(of inner: SourcePosition) -> SourcePosition {
    guard let last = lineStarts.last else { return inner }
    guard inner.line >= 1, inner.line <= lineStarts.count else { return last }
    let start = lineStarts[inner.line - 1]
    return SourcePosition(line: start.line, column: start.column + inner.column - 1)
  }

  /// The inner text that stands at a range of the file, its blanks and line ends as single blanks; nil where the range
  /// does not start inside.
  public func text(at range: SourceRange) -> String? {
    guard range.file == FilePath(path) else { return nil }
    var words: [Substring] = []
    for (line, start) in zip(text.split(separator: "\n", omittingEmptySubsequences: false), lineStarts)
    where (range.start.line...max(range.start.line, range.end.line)).contains(start.line) {
      let scalars = line.unicodeScalars
      let first = start.line == range.start.line ? range.start.column - start.column : 0
      let end = start.line == range.end.line ? range.end.column - start.column : scalars.count
      guard first >= 0, first < end else { continue }
      words += Substring(scalars.dropFirst(first).prefix(end - first)).split(whereSeparator: \.isWhitespace)
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// The range in the file of a range of inner positions.
  public func range(from start: SourcePosition, to end: SourcePosition) -> SourceRange {
    SourceRange(path: path, start: position(of: start), end: position(of: end))
  }
}
