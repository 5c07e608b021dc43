/// Where the lines of a text begin and end, so that messages about many places need not look for them again and again.
public struct LineTable: Sendable {
  private let text: String
  private let lines: [Range<String.Index>]

  /// Looks for all line ends of a file.
  /// - Complexity: O(length of the text)
  public init(_ file: SourceFile) {
    let text = file.text
    var lines: [Range<String.Index>] = []
    var start = text.startIndex
    var position = start
    // Over characters: CR LF is one line end.
    while position < text.endIndex {
      let next = text.index(after: position)
      if text[position].isNewline {
        lines.append(start..<position)
        start = next
      }
      position = next
    }
    lines.append(start..<text.endIndex)
    self.text = text
    self.lines = lines
  }

  /// The text of a 1-based line without its line end, or nil behind the last line.
  /// - Complexity: O(1)
  public func line(_ number: Int) -> Substring? {
    guard (1...lines.count).contains(number) else { return nil }
    return text[lines[number - 1]]
  }
}
