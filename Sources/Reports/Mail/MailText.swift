import Diagnostics

/// Plain text of at most 72 columns, as kernel lists want it.
struct MailText {
  /// A line is longer only where a single word is: a URL, a path, a line of a log.
  private static let width = 72

  private(set) var text = ""

  /// An empty line.
  mutating func gap() { text += "\n" }

  /// Words, wrapped; lines behind the first are indented as far as `first` is long.
  mutating func paragraph(_ words: String, first: String = "", indentation: Int? = nil) {
    let rest = String(repeating: " ", count: indentation ?? first.count)
    var line = first.printable
    var isEmpty = true
    for word in words.printable.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > Self.width {
        text += line.withoutBlanksAtEnd + "\n"
        (line, isEmpty) = (rest, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    text += line.withoutBlanksAtEnd + "\n"
  }

  /// A line as it is, however long: of a log, of code, of a diff.
  mutating func verbatim(_ line: String) { text += line.printable.withoutBlanksAtEnd + "\n" }

  /// A shell command, continued over several lines where it is long.
  mutating func command(_ command: String, indentation: Int) {
    var line = String(repeating: " ", count: indentation)
    var isEmpty = true
    for word in command.printable.split(separator: " ") {
      // Room for " \".
      if !isEmpty, line.count + 1 + word.count > Self.width - 2 {
        text += line + " \\\n"
        (line, isEmpty) = (String(repeating: " ", count: indentation + 2), true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    text += line + "\n"
  }
}

extension String {
  fileprivate var withoutBlanksAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
