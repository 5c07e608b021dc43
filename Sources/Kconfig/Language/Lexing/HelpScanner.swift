/// What becomes of the pieces of a help text.
protocol HelpSink {
  mutating func append(_ text: Span<UInt8>)
  mutating func appendSpaces(_ count: Int)
  mutating func appendNewline()
}

/// Only asks whether there is anything.
struct BlankHelp: HelpSink {
  private(set) var isBlank = true

  mutating func append(_ text: Span<UInt8>) {
    guard isBlank else { return }
    for index in text.indices where !text[index].isSpace { isBlank = false }
  }
  mutating func appendSpaces(_ count: Int) {}
  mutating func appendNewline() {}
}

/// Collects the text.
struct HelpText: HelpSink {
  private(set) var text: [UInt8] = []

  mutating func append(_ text: Span<UInt8>) { text.withUnsafeBufferPointer { self.text.append(contentsOf: $0) } }
  mutating func appendSpaces(_ count: Int) { text += repeatElement(.space, count: count) }
  mutating func appendNewline() { text.append(.newline) }
}

/// Finds the end of a help text: where a line is indented less than its first one.
///
/// Kernel: the state `HELP` of scripts/kconfig/lexer.l.
struct HelpScanner {
  private(set) var position: Int
  /// How many line ends it moved over.
  private(set) var lines = 0
  private var lastIndent = 0
  private var firstIndent = 0

  init(start: Int) {
    position = start
  }

  /// Moves behind the text; `bytes` end with a NUL.
  mutating func scan(_ bytes: Span<UInt8>, into sink: inout some HelpSink) {
    while true {
      var column = 0
      var end = position
      while bytes[end].isBlank {
        column = bytes[end] == .tab ? (column & ~7) + 8 : column + 1
        end += 1
      }
      if bytes[end] == .newline {
        lines += 1
        position = end + 1
        let next = bytes[position]
        if !next.isBlank, next != .newline, next != 0 { return }
        sink.appendNewline()
      } else if end > position {
        position = end
        lastIndent = column
        if firstIndent > 0 {
          if column < firstIndent { return }
          sink.appendSpaces(column - firstIndent)
        }
      } else if bytes[position] == 0 {
        return
      } else {
        end = bytes.lineEnd(from: end)
        var textEnd = end
        while textEnd > position, bytes[textEnd - 1].isBlank { textEnd -= 1 }
        sink.append(bytes.extracting(position..<textEnd))
        if firstIndent == 0 { firstIndent = lastIndent }
        position = end
      }
    }
  }
}
