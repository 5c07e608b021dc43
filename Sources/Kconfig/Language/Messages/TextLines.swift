import Diagnostics

/// The lines of a text that need not be UTF-8: columns and excerpts for messages.
///
/// Only a newline ends a line here, as in `conf`; what else an editor may take for a line end is shown as a character that
/// cannot be shown.
struct TextLines {
  /// How much of a line is kept on either side of a place.
  private static let margin = 160

  private let text: ArraySlice<UInt8>
  private let starts: [Int]
  /// The position whose column was asked for last: texts are asked for from front to back.
  private var last = (line: -1, position: 0, column: 1)

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    var starts = [text.startIndex]
    for index in text.indices where text[index] == .newline { starts.append(index + 1) }
    self.starts = starts
  }

  /// The bytes of a 1-based line, without its end; nil behind the last one.
  func bytes(of line: Int) -> ArraySlice<UInt8>? {
    guard line >= 1, line <= starts.count else { return nil }
    return text[starts[line - 1]..<(line < starts.count ? starts[line] - 1 : text.endIndex)]
  }

  /// The 1-based line that a position lies in.
  func line(of position: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= position { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The 1-based column of a position of a line, in Unicode scalars; a byte that is no character counts as one.
  mutating func column(of position: Int, inLine line: Int) -> Int {
    var from = (position: starts[line - 1], column: 1)
    if last.line == line, last.position <= position { from = (last.position, last.column) }
    let column = from.column + Self.scalars(text[from.position..<position]).count
    last = (line, position, column)
    return column
  }

  /// The part of a line around a position whose column is known, and the column that it begins at.
  func excerpt(ofLine line: Int, around position: Int, column: Int) -> (text: String, firstColumn: Int) {
    guard let bytes = bytes(of: line) else { return ("", 1) }
    var start = max(bytes.startIndex, position - Self.margin)
    // Not in the middle of a character.
    while start < position, start > bytes.startIndex, bytes[start] & 0xC0 == 0x80 { start += 1 }
    let end = max(start, min(bytes.endIndex, position + Self.margin))
    let firstColumn = column - Self.scalars(bytes[start..<max(start, min(position, bytes.endIndex))]).count
    return (Self.shown(bytes[start..<end]), firstColumn)
  }

  private static func scalars(_ bytes: ArraySlice<UInt8>) -> String.UnicodeScalarView {
    String(decoding: bytes, as: UTF8.self).unicodeScalars
  }

  /// A carriage return would be a line end to others.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    String(String.UnicodeScalarView(scalars(bytes).map { $0 == "\r" ? "\u{FFFD}" : $0 }))
  }
}
