import Diagnostics

/// Unescapes a double-quoted scalar line by line, keeping the place of each line; libyaml keeps only the text.
struct DoubleQuotedUnescaping {
  private var rest: Substring.UnicodeScalarView
  private var position: SourcePosition
  private var start: SourcePosition
  private var line: [Unicode.Scalar] = []
  /// The length of the line up to the last character that YAML must keep even at a line end.
  private var kept = 0
  private var finished: [(text: String, start: SourcePosition)] = []

  /// `source` is a valid scalar with its quotes.
  init(_ source: Substring, at start: SourcePosition) {
    rest = source.unicodeScalars.dropFirst().dropLast()
    position = SourcePosition(line: start.line, column: start.column + 1)
    self.start = position
  }

  mutating func lines() -> [(text: String, start: SourcePosition)] {
    while let scalar = next() {
      switch scalar {
      case "\\":
        takeEscape()
      case "\r":
        break
      case "\n":
        line.removeLast(line.count - kept)
        skipBlanks()
        endLine()
      default:
        line.append(scalar)
        if !scalar.isBlank { kept = line.count }
      }
    }
    endLine()
    return finished
  }

  private mutating func takeEscape() {
    guard let letter = next() else { return }
    if letter == "\r" || letter == "\n" {
      if letter == "\r" { _ = next() }
      skipBlanks()
      return
    }
    let character = Self.characters[letter] ?? numbered(letter) ?? letter
    if character == "\n" {
      endLine()
    } else {
      line.append(character)
      kept = line.count
    }
  }

  private mutating func numbered(_ letter: Unicode.Scalar) -> Unicode.Scalar? {
    let lengths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
    guard let length = lengths[letter] else { return nil }
    var digits = String.UnicodeScalarView()
    for _ in 0..<length {
      if let digit = next() { digits.append(digit) }
    }
    return UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init)
  }

  private mutating func endLine() {
    finished.append((String(String.UnicodeScalarView(line)), start))
    line = []
    kept = 0
    start = position
  }

  private mutating func skipBlanks() {
    while let scalar = rest.first, scalar.isBlank { _ = next() }
  }

  private mutating func next() -> Unicode.Scalar? {
    guard let scalar = rest.popFirst() else { return nil }
    position = SourceText.endPosition(of: CollectionOfOne(scalar), from: position)
    return scalar
  }

  private static let characters: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "\0", "a": "\u{7}", "b": "\u{8}", "t": "\t", "\t": "\t", "n": "\n", "v": "\u{B}", "f": "\u{C}", "r": "\r",
    "e": "\u{1B}", "N": "\u{85}", "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
  ]
}
