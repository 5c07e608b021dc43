package import Diagnostics

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
