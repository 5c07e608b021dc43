package import Diagnostics

extension Scalar {
  /// The text with the place of each of its lines, for readers of C bodies and expressions.
  ///
  /// Lines are those of the file, so that every position is exact: where YAML folds a line end into a blank (`>`, and
  /// plain or quoted scalars over several lines) the line end stays, and `embeddedText.text` differs from `text` by
  /// that. Literal scalars keep `text` exactly. Behind an escape in quotes columns are too small by what the escape
  /// is longer than its character; behind an escaped line end they count on from the line in which the text began.
  /// The empty line behind a final line end stands for the end of the line before.
  /// - Complexity: O(length)
  package var embeddedText: EmbeddedText {
    let lines =
      switch style {
      case .literal: literalLines()
      case .folded: foldedLines()
      case .plain: continuedLines(of: source, quotes: 0)
      case .singleQuoted: singleQuotedLines()
      case .doubleQuoted: doubleQuotedLines()
      }
    return EmbeddedText(
      text: lines.map(\.text).joined(separator: "\n"), path: range.path, lineStarts: lines.map(\.start))
  }

  private typealias Line = (text: String, start: SourcePosition)

  // MARK: Block scalars

  private func literalLines() -> [Line] {
    let content = SourceText.lines(of: source).dropFirst().map { $0 }
    let indentation = indentation(of: content)
    let texts = SourceText.lines(of: text[...])
    var lines: [Line] = []
    for (index, text) in texts.enumerated() {
      if index == texts.count - 1, text.isEmpty { break }
      let length = index < content.count ? content[index].count : 0
      let start = SourcePosition(line: range.start.line + 1 + index, column: min(indentation, length) + 1)
      lines.append((String(text), start))
    }
    return closed(lines, endsLine: texts.last?.isEmpty ?? true)
  }

  private func foldedLines() -> [Line] {
    let content = SourceText.lines(of: source).dropFirst().map { $0 }
    let indentation = indentation(of: content)
    let lines = content.enumerated().map { index, line in
      let cut = min(indentation, line.prefix { $0 == " " }.count)
      return Line(
        text: String(line.dropFirst(cut)),
        start: SourcePosition(line: range.start.line + 1 + index, column: cut + 1))
    }
    return closed(lines, endsLine: text.utf8.last == UInt8(ascii: "\n") || lines.isEmpty)
  }

  /// How far YAML moved the content to the left. An indentation indicator counts from the parent, which is not known
  /// here; but the first line with ink shows the difference.
  private func indentation(of content: [Substring.UnicodeScalarView]) -> Int {
    func depth(_ lines: [Substring.UnicodeScalarView]) -> Int {
      lines.lazy.map { line in (line, line.prefix { $0 == " " }.count) }.first { $0.count != $1 }?.1 ?? 0
    }
    return max(0, depth(content) - depth(SourceText.lines(of: text[...])))
  }

  /// Adds the empty line behind a final line end.
  private func closed(_ lines: [Line], endsLine: Bool) -> [Line] {
    guard endsLine else { return lines }
    let end = lines.last.map { last in
      SourcePosition(line: last.start.line, column: last.start.column + last.text.unicodeScalars.count)
    }
    return lines + [Line(text: "", start: end ?? range.end)]
  }

  // MARK: Flow scalars

  /// The lines of a plain or quoted scalar without the quotes and without the blanks that YAML drops at line ends.
  private func continuedLines(of source: Substring, quotes: Int) -> [Line] {
    let pieces = SourceText.lines(of: source)
    return pieces.enumerated().map { index, piece in
      let isFirst = index == 0
      var line = piece.dropFirst(isFirst ? quotes : 0)
      if index == pieces.count - 1 {
        line = line.dropLast(quotes)
      } else {
        while let last = line.last, last.isBlank { line.removeLast() }
      }
      let dropped = isFirst ? 0 : line.prefix(while: \.isBlank).count
      let start = SourcePosition(
        line: range.start.line + index, column: isFirst ? range.start.column + quotes : dropped + 1)
      return Line(text: String(line.dropFirst(dropped)), start: start)
    }
  }

  private func singleQuotedLines() -> [Line] {
    continuedLines(of: source, quotes: 1).map { line in
      var text = String.UnicodeScalarView()
      var isSecondOfPair = false
      for scalar in line.text.unicodeScalars {
        isSecondOfPair = scalar == "'" && !isSecondOfPair
        if !isSecondOfPair { text.append(scalar) }
      }
      return Line(text: String(text), start: line.start)
    }
  }

  private func doubleQuotedLines() -> [Line] {
    var unescaping = DoubleQuotedUnescaping(source, at: range.start)
    return unescaping.lines()
  }
}
