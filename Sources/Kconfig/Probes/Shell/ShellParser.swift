/// Reads the part of the shell's language that probes are written in: words with quotes, `$1`, `$NAME` and `$$`, pipes,
/// `&&`, `||`, `;`, `{ …; }`, and redirections to /dev/null and between the two output streams.
///
/// Everything else ends it: substitutions, patterns, subshells, assignments, input from files, background, keywords.
struct ShellParser {
  /// The text is not understood.
  struct NotUnderstood: Error {}

  private static let deepestGroup = 8
  private static let mostBytes = 16_384
  static let reserved: Set<String> = [
    "!", "[[", "case", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select", "then",
    "time", "until", "while", "}",
  ]

  let text: [UInt8]
  var position = 0
  /// Where the commands of the group that was read last end.
  private var groupEnd = 0

  /// Reads a whole command.
  static func parse(_ text: [UInt8]) throws(NotUnderstood) -> ShellList {
    // Nothing that is not printed belongs in a command, but for what marks an answer that is not known.
    let isPlain = text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == .tab || $0 == ProbeAnswer.mark }
    guard text.count <= mostBytes, isPlain else {
      throw NotUnderstood()
    }
    var parser = ShellParser(text: text)
    let list = try parser.list(depth: 0)
    guard parser.position == text.count else { throw NotUnderstood() }
    return list
  }

  private init(text: [UInt8]) {
    self.text = text
  }

  // MARK: commands

  private mutating func list(depth: Int) throws(NotUnderstood) -> ShellList {
    var list = ShellList()
    var connection = ShellList.Connection.always
    while true {
      list.items.append(ShellList.Item(connection: connection, pipeline: try pipeline(depth: depth)))
      skipBlanks()
      if accept("&&") {
        connection = .afterSuccess
      } else if accept("||") {
        connection = .afterFailure
      } else if accept(";") {
        connection = .always
        let end = position - 1
        skipBlanks()
        if position == text.count || depth > 0 && isAtGroupEnd {
          groupEnd = end
          return list
        }
      } else {
        // A group ends behind a semicolon only.
        guard position == text.count, depth == 0 else { throw NotUnderstood() }
        return list
      }
    }
  }

  private mutating func pipeline(depth: Int) throws(NotUnderstood) -> [ShellStage] {
    var stages: [ShellStage] = []
    repeat {
      stages.append(try stage(depth: depth))
      skipBlanks()
    } while !startsWith("||") && accept("|")
    return stages
  }

  private mutating func stage(depth: Int) throws(NotUnderstood) -> ShellStage {
    skipBlanks()
    guard startsWith("{") else { return try words() }
    guard position + 1 < text.count, text[position + 1].isBlank, depth < Self.deepestGroup else {
      throw NotUnderstood()
    }
    position += 1
    skipBlanks()
    let start = position
    let inner = try list(depth: depth + 1)
    guard isAtGroupEnd else { throw NotUnderstood() }
    position += 1
    var stage = ShellStage(command: .group(inner, start..<groupEnd))
    skipBlanks()
    while let redirection = try redirection() {
      stage.redirections.append(redirection)
      skipBlanks()
    }
    return stage
  }

  private var isAtGroupEnd: Bool {
    guard startsWith("}") else { return false }
    return position + 1 == text.count || Self.endsWord(text[position + 1])
  }

  private mutating func words() throws(NotUnderstood) -> ShellStage {
    var words: [ShellWord] = []
    var redirections: [ShellRedirection] = []
    while true {
      skipBlanks()
      if let redirection = try redirection() {
        redirections.append(redirection)
      } else if position < text.count, !Self.endsWord(text[position]) {
        words.append(try word(isFirst: words.isEmpty))
      } else {
        break
      }
    }
    guard !words.isEmpty else { throw NotUnderstood() }
    return ShellStage(command: .words(words), redirections: redirections)
  }

  private mutating func redirection() throws(NotUnderstood) -> ShellRedirection? {
    for (spelling, redirection) in Self.redirections where startsWith(spelling) {
      position += spelling.utf8CodeUnitCount
      guard position == text.count || Self.endsWord(text[position]) else { throw NotUnderstood() }
      return redirection
    }
    return nil
  }

  private static let redirections: [(StaticString, ShellRedirection)] = [
    (">/dev/null", .toNull(1)), ("> /dev/null", .toNull(1)), ("1>/dev/null", .toNull(1)),
    ("2>/dev/null", .toNull(2)), ("2> /dev/null", .toNull(2)), ("2>&1", .toStream(2, of: 1)),
    (">&2", .toStream(1, of: 2)), ("1>&2", .toStream(1, of: 2)),
  ]

  // MARK: characters

  private mutating func skipBlanks() {
    while position < text.count, text[position].isBlank { position += 1 }
  }

  private func startsWith(_ spelling: StaticString) -> Bool {
    let bytes = UnsafeBufferPointer(start: spelling.utf8Start, count: spelling.utf8CodeUnitCount)
    return text[position...].starts(with: bytes)
  }

  private mutating func accept(_ spelling: StaticString) -> Bool {
    guard startsWith(spelling) else { return false }
    position += spelling.utf8CodeUnitCount
    return true
  }

  static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case .space, .tab, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// What means something to some shell when it is not in quotes.
  static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "~"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}

extension UInt8 {
  /// A character of a variable's name.
  var isShellName: Bool { isKconfigWord && self != UInt8(ascii: "-") }
}
