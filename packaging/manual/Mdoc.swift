/// Writes mdoc(7): text that no reader of a manual page misunderstands, and the few macros that the pages need.
struct Mdoc {
  private(set) var source = ""

  /// A macro line. The arguments are macros and escaped words.
  mutating func macro(_ words: String...) {
    source += "." + words.joined(separator: " ") + "\n"
  }

  /// Running text, a sentence a line, so that formatters know where sentences end.
  mutating func text(_ text: String) {
    for sentence in text.replacing(/([.!?]) (?=[A-Z])/, with: { $0.1 + "\n" }).split(separator: "\n") {
      source += Self.escaped(sentence) + "\n"
    }
  }

  /// Lines as they are.
  mutating func display(_ lines: [String]) {
    macro("Bd", "-literal", "-offset", "indent")
    for line in lines { source += (line.isEmpty ? "\\&" : Self.escaped(line[...])) + "\n" }
    macro("Ed")
  }

  /// Text and displays, one paragraph after the other.
  mutating func blocks(_ blocks: [HelpText.Block]) {
    for block in blocks {
      switch block {
      case .paragraph(let paragraph):
        macro("Pp")
        text(paragraph)
      case .display(let lines):
        display(lines)
      }
    }
  }

  /// A list of terms with what they mean; `term` is a macro line.
  mutating func list(_ items: [(term: String, text: [String])]) {
    macro("Bl", "-tag", "-width", "Ds")
    for item in items {
      macro("It", item.term)
      for text in item.text { self.text(text) }
    }
    macro("El")
  }

  /// A word that may stand on a macro line, where punctuation and names of macros would be read as such.
  static func word(_ text: String) -> String {
    let isPlain = text.wholeMatch(of: /[a-z0-9][-a-z0-9_]{3,}/) != nil
    let escaped = escaped(text[...]).replacing("\"", with: "\\(dq").replacing(" ", with: "\\ ")
    return isPlain || escaped.hasPrefix("\\&") ? escaped : "\\&" + escaped
  }

  /// Dashes stay dashes and quotes stay quotes, so that what is copied from the page works.
  static func escaped(_ text: Substring) -> String {
    var result = text.first == "." || text.first == "'" ? "\\&" : ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      default: result.append(character)
      }
    }
    return result
  }
}
