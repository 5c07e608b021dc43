/// Reads the part of the shell's language that probes are written in: words with quotes, `$1`, `$NAME` and `$$`, pipes,
/// `&&`, `||`, `;`, `{ …; }`, and redirections to /dev/null and between the two output streams.
///
/// Everything else ends it: substitutions, patterns, subshells, assignments, input from files, background, keywords.
struct ShellParser {
  /// The text is not understood.
  struct NotUnderstood: Error {}

  private static let deepestGroup = 8
  private static let mostBytes = 16_384
  private static let reserved: Set<String> = [
    "!", "[[", "case", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select", "then",
    "time", "until", "while", "}",
  ]

  private let text: [UInt8]
  private var position = 0
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

  // MARK: words

  private mutating func word(isFirst: Bool) throws(NotUnderstood) -> ShellWord {
    var word = ShellWord()
    var literal: [UInt8] = []
    let start = position
    while position < text.count, !Self.endsWord(text[position]) {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "'"):
        guard let end = text[(position + 1)...].firstIndex(of: byte) else { throw NotUnderstood() }
        literal += text[(position + 1)..<end]
        if literal.isEmpty { word.pieces.append(.text([])) }
        position = end + 1
      case UInt8(ascii: "\""):
        try quoted(into: &word, &literal)
      case UInt8(ascii: "\\"):
        guard position + 1 < text.count else { throw NotUnderstood() }
        literal.append(text[position + 1])
        position += 2
      case UInt8(ascii: "$"):
        try expansion(isQuoted: false, into: &word, &literal)
      case UInt8(ascii: "["):
        // Alone it is a command; in a word it is a pattern.
        guard position == start, position + 1 < text.count, text[position + 1].isBlank else { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      case UInt8(ascii: "#") where position == start: throw NotUnderstood()
      case ProbeAnswer.mark:
        guard let end = text[(position + 1)...].firstIndex(of: byte) else { throw NotUnderstood() }
        if !literal.isEmpty { word.pieces.append(.text(literal)) }
        literal = []
        word.pieces.append(.answer(Array(text[position...end])))
        position = end + 1
      case UInt8(ascii: "="):
        // In front of a command it would be an assignment.
        if isFirst { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      case UInt8(ascii: "!"):
        // In front of a command it would be a negation.
        if isFirst { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      default:
        if Self.isSpecial(byte) { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      }
    }
    if !literal.isEmpty || word.pieces.isEmpty { word.pieces.append(.text(literal)) }
    let spelling = String(decoding: text[start..<position], as: UTF8.self)
    if isFirst, Self.reserved.contains(spelling) { throw NotUnderstood() }
    // `2 >` is an argument and a redirection, `2>` is not; neither is needed.
    if position < text.count, text[position] == UInt8(ascii: ">") || text[position] == UInt8(ascii: "<") {
      throw NotUnderstood()
    }
    return word
  }

  private mutating func quoted(into word: inout ShellWord, _ literal: inout [UInt8]) throws(NotUnderstood) {
    position += 1
    while position < text.count {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        if literal.isEmpty { word.pieces.append(.text([])) }
        return
      case UInt8(ascii: "`"): throw NotUnderstood()
      case UInt8(ascii: "$"):
        try expansion(isQuoted: true, into: &word, &literal)
      case UInt8(ascii: "\\"):
        guard position + 1 < text.count else { throw NotUnderstood() }
        let next = text[position + 1]
        let isEscape = [UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(next)
        if !isEscape { literal.append(byte) }
        literal.append(next)
        position += 2
      default:
        literal.append(byte)
        position += 1
      }
    }
    throw NotUnderstood()
  }

  private mutating func expansion(
    isQuoted: Bool, into word: inout ShellWord, _ literal: inout [UInt8]
  ) throws(NotUnderstood) {
    var end = position + 1
    guard end < text.count else { throw NotUnderstood() }
    let piece: ShellWord.Piece
    if text[end] == UInt8(ascii: "$") {
      end += 1
      piece = .processIdentifier
    } else {
      let isNumber = text[end].isDigit
      while end < text.count, text[end].isShellName {
        end += 1
        // `$12` is `$1` with a 2 behind it.
        if isNumber { break }
      }
      guard end > position + 1, text[position + 1] != UInt8(ascii: "0") else { throw NotUnderstood() }
      piece = .variable(Array(text[(position + 1)..<end]), isQuoted: isQuoted)
    }
    if !literal.isEmpty { word.pieces.append(.text(literal)) }
    literal = []
    word.pieces.append(piece)
    position = end
  }

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

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case .space, .tab, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// What means something to some shell when it is not in quotes.
  private static func isSpecial(_ byte: UInt8) -> Bool {
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
