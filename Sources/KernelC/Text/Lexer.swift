/// Splits C text into preprocessing tokens; comments and line continuations vanish, places stay exact.
struct Lexer {
  /// A position in the text that never rests on a line continuation.
  private struct Cursor {
    var index = 0
    var line: Int32 = 1
    var column: Int32 = 1
  }

  private static let punctuators: [[String]] = [
    ["<<=", ">>=", "..."],
    [
      "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
      "##",
    ],
  ]
  private static let singlePunctuators = Set("{}[]()<>.,;:?!~+-*/%&|^=#".utf8)

  private let bytes: [UInt8]
  private let text: Int32
  private var cursor = Cursor()
  private var startsLine = true
  private var spaceBefore = false
  /// The comments that were skipped so far.
  private(set) var comments: [LexedComment] = []

  /// - Parameter text: index of the text in `SourceTexts`, copied into every place.
  init(_ source: String, text: Int32) {
    bytes = Array(source.utf8)
    self.text = text
    skipContinuations()
  }

  /// All tokens, then one of kind `end`.
  /// - Complexity: O(length of the text)
  mutating func tokens() -> [Token] {
    var result: [Token] = []
    while true {
      if let broken = skipSpace() { result.append(broken) }
      let token = next()
      result.append(token)
      if token.kind == .end { return result }
    }
  }

  private var current: UInt8? { cursor.index < bytes.count ? bytes[cursor.index] : nil }

  private func peek() -> UInt8? {
    var ahead = self
    ahead.advance()
    return ahead.current
  }

  private mutating func advance() {
    step()
    skipContinuations()
  }

  /// Moves over one byte; only the first byte of a Unicode scalar counts as a column.
  private mutating func step() {
    guard let byte = current else { return }
    cursor.index += 1
    if byte == UInt8(ascii: "\n") {
      cursor.line += 1
      cursor.column = 1
    } else if cursor.index >= bytes.count || bytes[cursor.index] & 0xC0 != 0x80 {
      cursor.column += 1
    }
  }

  private mutating func skipContinuations() {
    while current == UInt8(ascii: "\\") {
      var end = cursor.index + 1
      if end < bytes.count, bytes[end] == UInt8(ascii: "\r") { end += 1 }
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else { return }
      while cursor.index <= end { step() }
    }
  }

  /// Skips white space and comments; returns an invalid token for a comment that does not end.
  private mutating func skipSpace() -> Token? {
    spaceBefore = false
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\n"):
        startsLine = true
        advance()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C:
        spaceBefore = true
        advance()
      case UInt8(ascii: "/") where peek() == UInt8(ascii: "/"):
        spaceBefore = true
        let start = cursor
        while let inside = current, inside != UInt8(ascii: "\n") { advance() }
        comments.append(comment(from: start, closing: 0))
      case UInt8(ascii: "/") where peek() == UInt8(ascii: "*"):
        spaceBefore = true
        if let broken = skipBlockComment() { return broken }
      default:
        return nil
      }
    }
    return nil
  }

  private mutating func skipBlockComment() -> Token? {
    let start = cursor
    advance()
    advance()
    let open = place(from: start)
    while let byte = current {
      advance()
      if byte == UInt8(ascii: "*"), current == UInt8(ascii: "/") {
        advance()
        comments.append(comment(from: start, closing: 2))
        return nil
      }
    }
    return Token(kind: .invalid, text: "comment without an end", place: open, startsLine: startsLine, spaceBefore: true)
  }

  private func comment(from start: Cursor, closing: Int) -> LexedComment {
    let bytes = bytes[start.index..<cursor.index].dropFirst(2).dropLast(closing)
    return LexedComment(text: String(decoding: bytes, as: UTF8.self), place: place(from: start))
  }

  private mutating func next() -> Token {
    let start = cursor
    defer { startsLine = false }
    guard let byte = current else { return token(.end, "", from: start) }
    if Self.isLetter(byte) {
      let spelling = takeWhile { Self.isLetter($0) || Self.isDigit($0) }
      return token(.identifier, spelling, from: start)
    }
    if Self.isDigit(byte) {
      let spelling = takeWhile { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: ".") }
      return token(.number, spelling, from: start)
    }
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return quoted(byte, from: start) }
    return punctuator(from: start)
  }

  private mutating func takeWhile(_ belongs: (UInt8) -> Bool) -> String {
    var spelling: [UInt8] = []
    while let byte = current, belongs(byte) {
      spelling.append(byte)
      advance()
    }
    return String(decoding: spelling, as: UTF8.self)
  }

  private mutating func quoted(_ quote: UInt8, from start: Cursor) -> Token {
    var spelling = [quote]
    advance()
    while let byte = current, byte != UInt8(ascii: "\n") {
      spelling.append(byte)
      advance()
      if byte == quote {
        let kind: Token.Kind = quote == UInt8(ascii: "'") ? .character : .string
        return token(kind, String(decoding: spelling, as: UTF8.self), from: start)
      }
      if byte == UInt8(ascii: "\\"), let escaped = current, escaped != UInt8(ascii: "\n") {
        spelling.append(escaped)
        advance()
      }
    }
    return token(.invalid, "quote without an end", from: start)
  }

  private mutating func punctuator(from start: Cursor) -> Token {
    for spellings in Self.punctuators {
      for spelling in spellings where spelling.utf8.first == current && follows(spelling) {
        for _ in spelling.utf8 { advance() }
        return token(.punctuator, spelling, from: start)
      }
    }
    if let byte = current, Self.singlePunctuators.contains(byte) {
      advance()
      return token(.punctuator, String(decoding: [byte], as: UTF8.self), from: start)
    }
    return unexpectedCharacter(from: start)
  }

  private func follows(_ spelling: String) -> Bool {
    var ahead = self
    for byte in spelling.utf8 {
      guard ahead.current == byte else { return false }
      ahead.advance()
    }
    return true
  }

  private mutating func unexpectedCharacter(from start: Cursor) -> Token {
    var scalar: [UInt8] = []
    repeat {
      if let byte = current { scalar.append(byte) }
      advance()
    } while current.map { $0 & 0xC0 == 0x80 } ?? false
    let isControl = scalar.count == 1 && (scalar[0] < 0x20 || scalar[0] == 0x7F)
    let shown = isControl ? "control character" : "character '\(String(decoding: scalar, as: UTF8.self))'"
    return token(.invalid, "unexpected \(shown)", from: start)
  }

  private func token(_ kind: Token.Kind, _ spelling: String, from start: Cursor) -> Token {
    Token(
      kind: kind, text: spelling, place: place(from: start), startsLine: startsLine, spaceBefore: spaceBefore)
  }

  private func place(from start: Cursor) -> TextRange {
    TextRange(
      text: text, startLine: start.line, startColumn: start.column, endLine: cursor.line, endColumn: cursor.column)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
