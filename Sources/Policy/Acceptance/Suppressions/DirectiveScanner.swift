import Diagnostics

/// Takes a comment apart into words with their places. Quotes keep a word together: `reason="two words"`.
struct DirectiveScanner {
  struct Word {
    var text: String
    var range: SourceRange
  }

  private let source: EmbeddedText
  private var rest: Substring.UnicodeScalarView
  private var position = SourcePosition(line: 1, column: 1)

  init(_ source: EmbeddedText) {
    self.source = source
    rest = source.text[...].unicodeScalars
  }

  /// The words in order; the quotes are still in them.
  static func words(of source: EmbeddedText) -> [Word] {
    var scanner = DirectiveScanner(source)
    var words: [Word] = []
    while let word = scanner.next() { words.append(word) }
    return words
  }

  private mutating func next() -> Word? {
    skipBlanks()
    let start = position
    var text = String.UnicodeScalarView()
    var isQuoted = false
    while let scalar = rest.first, isQuoted || !scalar.properties.isWhitespace {
      take()
      text.append(scalar)
      if scalar == "\\", isQuoted, let escaped = rest.first {
        take()
        text.append(escaped)
      } else if scalar == "\"" {
        isQuoted.toggle()
      }
    }
    return text.isEmpty ? nil : Word(text: String(text), range: source.range(from: start, to: position))
  }

  /// Blanks, line ends, and the stars with which C comments of several lines begin their lines.
  private mutating func skipBlanks() {
    var startsLine = false
    while let scalar = rest.first, scalar.properties.isWhitespace || (startsLine && scalar == "*") {
      startsLine = scalar == "\n" || (startsLine && scalar != "*")
      take()
    }
  }

  private mutating func take() {
    guard let scalar = rest.popFirst() else { return }
    position =
      scalar == "\n"
      ? SourcePosition(line: position.line + 1, column: 1)
      : SourcePosition(line: position.line, column: position.column + 1)
  }
}
