import Diagnostics

/// A text in which libyaml and every editor agree where lines end and which characters are there.
///
/// libyaml also ends lines at U+0085, U+2028, U+2029 and a lone carriage return, and stops at control characters
/// with a poor place; with those refused its line and column can be trusted.
struct CheckedText {
  let path: String
  /// The text without a byte order mark.
  let text: String

  /// - Throws: the first character that is refused.
  init(_ file: SourceFile) throws(Diagnostic) {
    path = file.path
    if file.text.unicodeScalars.first == SourceText.byteOrderMark {
      text = String(file.text.unicodeScalars.dropFirst())
    } else {
      text = file.text
    }
    var position = SourcePosition(line: 1, column: 1)
    var carriageReturn: SourcePosition?
    for scalar in text.unicodeScalars {
      if let loneReturn = carriageReturn, scalar != "\n" {
        throw Diagnostic.refusedLineEnd("\r", at: range(of: loneReturn))
      }
      carriageReturn = nil
      switch scalar {
      case "\n":
        position = SourcePosition(line: position.line + 1, column: 1)
        continue
      case "\r":
        carriageReturn = position
      case "\u{85}", "\u{2028}", "\u{2029}":
        throw Diagnostic.refusedLineEnd(scalar, at: range(of: position))
      case "\t", " "..."~", "\u{A0}"..."\u{FEFE}", "\u{FF00}"..."\u{FFFD}", "\u{10000}"...:
        break
      default:
        throw Diagnostic.refusedCharacter(scalar, at: range(of: position))
      }
      position.column += 1
    }
    if let loneReturn = carriageReturn {
      throw Diagnostic.refusedLineEnd("\r", at: range(of: loneReturn))
    }
  }

  private func range(of position: SourcePosition) -> SourceRange {
    SourceRange(
      path: path, start: position, end: SourcePosition(line: position.line, column: position.column + 1))
  }
}

/// Small questions about texts and positions.
enum SourceText {
  static let byteOrderMark: Unicode.Scalar = "\u{FEFF}"

  /// The position behind `scalars` if they start at `start`.
  static func endPosition(
    of scalars: some Sequence<Unicode.Scalar>, from start: SourcePosition = SourcePosition(line: 1, column: 1)
  ) -> SourcePosition {
    var position = start
    for scalar in scalars {
      if scalar == "\n" {
        position = SourcePosition(line: position.line + 1, column: 1)
      } else {
        position.column += 1
      }
    }
    return position
  }

  /// The lines of `text` without their line ends.
  static func lines(of text: Substring) -> [Substring.UnicodeScalarView] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.last == "\r" ? line.dropLast() : line
    }
  }
}

extension Unicode.Scalar {
  /// A blank or a tab.
  var isBlank: Bool {
    self == " " || self == "\t"
  }
}
