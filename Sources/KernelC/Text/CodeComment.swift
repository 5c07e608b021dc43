package import Diagnostics

/// A comment as the lexer meets it: the text between its delimiters, and the place with them.
struct LexedComment: Sendable {
  var text: String
  var place: TextRange
}

/// A comment of C code, for those who give comments a meaning.
package struct CodeComment: Sendable {
  /// What stands between `/*` and `*/` or behind `//`, with its place.
  package let text: EmbeddedText
  /// The place with the delimiters.
  package let range: SourceRange
  /// The statement that it speaks of, with everything inside: the one that starts on its line, or the next one where it
  /// stands alone. Nil where there is none.
  package let statement: SourceRange?

  /// The comments of a piece of code in text order. Code that is not understood has comments too.
  /// - Complexity: O(length of the text × comments)
  package static func all(in code: EmbeddedText) -> [CodeComment] {
    var lexer = Lexer(code.text, text: 0)
    let tokens = lexer.tokens()
    let extents = StatementExtents(tokens: tokens)
    let texts = SourceTexts(all: [code])
    return lexer.comments.map { comment in
      let line = comment.place.startLine
      let sharesLine = tokens.firstIndex { $0.place.startLine == line && $0.place < comment.place && $0.kind != .end }
      let next = tokens.firstIndex { comment.place < $0.place && $0.kind != .end }
      let statement = (sharesLine ?? next).flatMap(extents.statement).map { first, last in
        texts.range(tokens[first].place.through(tokens[last].place))
      }
      return CodeComment(text: Self.inner(comment, in: code), range: texts.range(comment.place), statement: statement)
    }
  }

  private static func inner(_ comment: LexedComment, in code: EmbeddedText) -> EmbeddedText {
    let lines = comment.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    let first = Int(comment.place.startLine)
    let starts = (0..<lines).map { line in
      code.position(of: SourcePosition(line: first + line, column: line == 0 ? Int(comment.place.startColumn) + 2 : 1))
    }
    return EmbeddedText(text: comment.text, path: code.path, lineStarts: starts)
  }
}

extension TextRange {
  fileprivate static func < (first: TextRange, second: TextRange) -> Bool {
    (first.startLine, first.startColumn) < (second.startLine, second.startColumn)
  }
}

/// Where statements and functions end, by their brackets alone: code that is not understood has an extent too.
private struct StatementExtents {
  /// Statements inside each other, as in `if (a) if (b) ...`; behind so many the rest is one statement.
  private static let deepest = 64

  let tokens: [Token]

  /// The first and last token of the statement that starts at a token or behind the brackets that it closes.
  func statement(at index: Int) -> (Int, Int)? {
    var first = index
    while tokens[first].isPunctuator("}") { first += 1 }
    guard tokens[first].kind != .end else { return nil }
    let end = end(of: first, depth: 0)
    return (first, max(first, end - 1))
  }

  /// The index behind a statement.
  private func end(of first: Int, depth: Int) -> Int {
    guard depth < Self.deepest else { return tokens.count - 1 }
    let token = tokens[first]
    if token.startsLine, token.isPunctuator("#") { return endOfLine(first) }
    if token.isPunctuator("{") { return endOfGroup(first) }
    guard token.kind == .identifier else { return endOfSimple(first) }
    switch token.text {
    case "if":
      let end = end(of: endOfGroup(first + 1), depth: depth + 1)
      return tokens[end].isIdentifier("else") ? self.end(of: end + 1, depth: depth + 1) : end
    case "else": return end(of: first + 1, depth: depth + 1)
    case "for", "while", "switch": return end(of: endOfGroup(first + 1), depth: depth + 1)
    case "do": return endOfSimple(end(of: first + 1, depth: depth + 1))
    default: return endOfSimple(first)
    }
  }

  private func endOfLine(_ first: Int) -> Int {
    tokens[(first + 1)...].firstIndex { $0.startsLine || $0.kind == .end } ?? tokens.count - 1
  }

  /// Behind the semicolon, or behind the braces of a function.
  private func endOfSimple(_ first: Int) -> Int {
    var index = first
    while tokens[index].kind != .end {
      let token = tokens[index]
      if token.isPunctuator(";") { return index + 1 }
      if token.isPunctuator("}") { return index }
      let isGroup = ["(", "[", "{"].contains { token.isPunctuator($0) }
      let isBody = token.isPunctuator("{") && index > first && tokens[index - 1].isPunctuator(")")
      index = isGroup ? endOfGroup(index) : index + 1
      if isBody { return index }
    }
    return index
  }

  /// Behind the bracket that closes the group which starts here; the token itself where none starts.
  private func endOfGroup(_ first: Int) -> Int {
    var depth = 0
    var index = first
    while tokens[index].kind != .end {
      if ["(", "[", "{"].contains(where: { tokens[index].isPunctuator($0) }) { depth += 1 }
      if [")", "]", "}"].contains(where: { tokens[index].isPunctuator($0) }) { depth -= 1 }
      if depth <= 0 { return depth == 0 && index > first ? index + 1 : index }
      index += 1
    }
    return index
  }
}
