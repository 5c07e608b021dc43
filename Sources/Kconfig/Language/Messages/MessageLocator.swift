import Diagnostics

/// Gives messages what a reader needs beside the line: column and length, the source line, the `source` statements on the
/// way to the file. All at the end, so that reading a tree without mistakes pays nothing for it.
struct MessageLocator {
  private let files: FileTable
  private var lines: [FileID: TextLines] = [:]

  init(_ files: FileTable) {
    self.files = files
  }

  mutating func located(_ messages: [KconfigMessage]) -> [KconfigMessage] {
    messages.map { located($0) }
  }

  mutating func located(_ message: KconfigMessage) -> KconfigMessage {
    var message = message
    var kept: [SourceLine] = []
    if let span = message.span {
      message.range = range(span, &kept)
      message.inclusions = files.inclusions(of: span.file)
    } else if let range = message.range, let file = files.file(of: range.path) {
      message.range = located(range, in: file, &kept)
      message.inclusions = files.inclusions(of: file)
    }
    for index in message.notes.indices {
      let place = message.notes[index].place
      guard let file = files.file(of: place.path) else { continue }
      message.notes[index].place = located(place, in: file, &kept)
    }
    message.lines = kept
    return message
  }

  /// The statement on a line, for a range that only says the line.
  private mutating func located(_ range: SourceRange, in file: FileID, _ kept: inout [SourceLine]) -> SourceRange {
    guard range.start == range.end else { return range }
    let table = table(of: file)
    guard let bytes = table.bytes(of: range.start.line), let first = bytes.firstIndex(where: { !$0.isSpace }),
      let last = bytes.lastIndex(where: { !$0.isSpace })
    else { return range }
    return self.range(TextSpan(file: file, start: first, end: last + 1), &kept)
  }

  private mutating func range(_ span: TextSpan, _ kept: inout [SourceLine]) -> SourceRange {
    var table = table(of: span.file)
    let path = files.path(of: span.file)
    let (start, end) = (span.start, span.end)
    let number = table.line(of: start)
    let column = table.column(of: start, inLine: number)
    let lineEnd = table.bytes(of: number)?.endIndex ?? start
    let endColumn = table.column(of: max(start, min(end, lineEnd)), inLine: number)
    let excerpt = table.excerpt(ofLine: number, around: start, column: column)
    lines[span.file] = table
    kept.append(SourceLine(path: path, number: number, firstColumn: excerpt.firstColumn, text: excerpt.text))
    return SourceRange(
      path: path, start: SourcePosition(line: number, column: column),
      end: SourcePosition(line: number, column: endColumn))
  }

  private mutating func table(of file: FileID) -> TextLines {
    if let known = lines[file] { return known }
    // Without the NUL behind the text.
    let table = TextLines(files.text(of: file).dropLast())
    lines[file] = table
    return table
  }
}
