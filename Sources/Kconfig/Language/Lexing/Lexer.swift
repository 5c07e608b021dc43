/// Cuts Kconfig files into tokens; kernel: scripts/kconfig/lexer.l. What it says and where follows that lexer, not the
/// grammar: a token is only read when the parser asks for it, since statements change how the next one is read.
struct Lexer {
  enum State {
    case statement
    case assignedText
    case help
  }

  let language: KconfigLanguage
  let limits: KconfigLimits
  let sources: any KconfigSources
  let log: MessageLog

  var names: NameTable
  var macros: MacroExpander
  var file: OpenFile
  /// The files that include the open one, the innermost last.
  var includers: [OpenFile] = []
  /// All files that were opened.
  var files = FileTable()
  var bytesRead = 0
  private var state = State.statement
  private var previous = Token.endOfLine
  private var beforePrevious = Token.endOfLine
  private var isClosed = false

  // MARK: what the last token was

  /// Where it begins: a position of a file.
  private var tokenFile: FileID?
  private var tokenStart = 0
  /// The name of a word or quoted text.
  private(set) var name = NameID(number: 0)
  /// The right side of an assignment.
  private(set) var assigned: [UInt8] = []
  /// Where the text of a `help` lies in its file, and whether there is any.
  private(set) var help: (file: FileID?, start: Int, isBlank: Bool) = (nil, 0, true)
  /// Where the statement begins.
  private(set) var statementLine = 0
  private var statementFile: FileID?

  init(
    language: KconfigLanguage, limits: KconfigLimits, sources: any KconfigSources, macros: MacroExpander,
    log: MessageLog
  ) {
    self.language = language
    self.limits = limits
    self.sources = sources
    self.macros = macros
    self.log = log
    names = NameTable()
    for keyword in Token.keywords { _ = names.intern(keyword) }
    file = .none(names.intern("<none>"))
  }

  /// The place that the lexer is at.
  var here: KconfigPlace { KconfigPlace(path: file.path, line: file.line) }

  /// The place of the statement.
  var statement: KconfigPlace {
    KconfigPlace(path: statementPath, line: statementLine)
  }

  private var statementPath: String {
    if language.has(.statementLines) || statementFile == file.id { return file.path }
    return statementFile.map { files.path(of: $0) } ?? ""
  }

  /// The text of the last token; of a line end, where it is.
  var tokenSpan: TextSpan? {
    guard let tokenFile else { return nil }
    let end = file.id == tokenFile && previous != .endOfLine ? file.position : tokenStart
    return TextSpan(file: tokenFile, start: tokenStart, end: max(tokenStart, end))
  }

  /// The text of the last token, as it stands in the file.
  var tokenText: ArraySlice<UInt8> {
    guard let span = tokenSpan else { return [] }
    return files.text(of: span.file)[span.start..<span.end]
  }

  /// Whether what follows the last token makes it the left side of an assignment.
  var isAssignmentNext: Bool {
    var position = file.position
    while file.bytes[position].isBlank { position += 1 }
    switch symbol(at: position)?.0 {
    case .equal, .colonEqual, .plusEqual: return true
    default: return false
    }
  }

  /// The text of a `help` begins.
  mutating func startHelp() {
    state = .help
  }

  /// The next token; `end` for ever at the end.
  mutating func next() throws(KconfigRejection) -> Token {
    let startsStatement = previous == .endOfLine || previous == .helpText
    var token = try scan()
    if startsStatement {
      while token == .endOfLine { token = try scan() }
      statementLine = file.line
      statementFile = file.id
    }
    if beforePrevious == .endOfLine, previous == .word,
      token == .equal || token == .colonEqual || token == .plusEqual
    {
      state = .assignedText
    }
    beforePrevious = previous
    previous = token
    return token
  }

  private mutating func scan() throws(KconfigRejection) -> Token {
    tokenFile = file.id
    switch state {
    case .statement: return try scanStatement()
    case .assignedText: return scanAssigned()
    case .help: return scanHelp()
    }
  }

  // MARK: statements

  private mutating func scanStatement() throws(KconfigRejection) -> Token {
    while true {
      let byte = file.bytes[file.position]
      switch byte {
      case .space, .tab:
        file.position += 1
      case .newline:
        tokenStart = file.position
        file.position += 1
        file.line += 1
        return .endOfLine
      case UInt8(ascii: "#"):
        skipLine()
      case UInt8(ascii: "\\") where file.bytes[file.position + 1] == .newline:
        file.position += 2
        file.line += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        tokenStart = file.position
        return try scanQuoted(by: byte)
      case 0:
        tokenStart = file.position
        return finishFile()
      default:
        tokenStart = file.position
        if byte.isKconfigWord || byte == UInt8(ascii: "$") {
          if let token = try scanWord() { return token }
        } else if let (token, length) = symbol(at: file.position) {
          file.position += length
          return token
        } else {
          let start = file.position
          file.position += 1
          // A file may be nothing but such characters.
          if log.isFull { continue }
          log.warn(
            "KCONFIG110", .text("ignoring unsupported character '".utf8, [byte], "'".utf8), at: here,
            span: file.id.map { TextSpan(file: $0, start: start, end: start + 1) })
        }
      }
    }
  }

  private mutating func skipLine() {
    file.position = file.bytes.span.lineEnd(from: file.position)
  }

  private func symbol(at position: Int) -> (Token, Int)? {
    guard position + 1 < file.bytes.count else { return nil }
    let next = file.bytes[position + 1]
    switch file.bytes[position] {
    case UInt8(ascii: "|"): return next == UInt8(ascii: "|") ? (.or, 2) : nil
    case UInt8(ascii: "&"): return next == UInt8(ascii: "&") ? (.and, 2) : nil
    case UInt8(ascii: "="): return (.equal, 1)
    case UInt8(ascii: "!"): return next == UInt8(ascii: "=") ? (.unequal, 2) : (.not, 1)
    case UInt8(ascii: "<"): return next == UInt8(ascii: "=") ? (.lessOrEqual, 2) : (.less, 1)
    case UInt8(ascii: ">"): return next == UInt8(ascii: "=") ? (.greaterOrEqual, 2) : (.greater, 1)
    case UInt8(ascii: "("): return (.open, 1)
    case UInt8(ascii: ")"): return (.close, 1)
    case UInt8(ascii: ":"): return next == UInt8(ascii: "=") ? (.colonEqual, 2) : nil
    case UInt8(ascii: "+"): return next == UInt8(ascii: "=") ? (.plusEqual, 2) : nil
    default: return nil
    }
  }

  /// A keyword or a word; nil where a reference expands to nothing.
  private mutating func scanWord() throws(KconfigRejection) -> Token? {
    let start = file.position
    var end = start
    while file.bytes[end].isKconfigWord { end += 1 }
    guard file.bytes[end] == UInt8(ascii: "$") else {
      name = names.intern(file.bytes, start..<end)
      file.position = end
      return Token.keyword(name, in: language) ?? .word
    }
    // What a reference expands to is one word, whatever is in it, and never a keyword.
    let (word, wordEnd) = try expanded { lexer throws(KconfigRejection) in
      try lexer.macros.expandWord(lexer.file.restOfLine(), at: lexer.here)
    }
    file.position = wordEnd
    if word.isEmpty { return nil }
    name = names.intern(word)
    return .word
  }

  /// What an expansion gives; what it says is about the place that the lexer is at.
  private mutating func expanded<Value>(
    _ expand: (inout Lexer) throws(KconfigRejection) -> Value
  ) throws(KconfigRejection) -> Value {
    let start = file.position
    do throws(KconfigRejection) {
      return try expand(&self)
    } catch {
      let end = file.endOfReference()
      throw error.about(file.id.map { TextSpan(file: $0, start: start, end: end) })
    }
  }

  private mutating func scanQuoted(by quote: UInt8) throws(KconfigRejection) -> Token {
    file.position += 1
    let start = file.position
    var end = start
    while true {
      let byte = file.bytes[end]
      if byte == quote {
        name = names.intern(file.bytes, start..<end)
        file.position = end + 1
        return .quoted
      }
      if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "$") || byte == .newline || byte == 0 { break }
      end += 1
    }
    name = names.intern(try quotedText(by: quote))
    return .quoted
  }

  /// The text of a quotation with escapes, references, or without an end.
  private mutating func quotedText(by quote: UInt8) throws(KconfigRejection) -> [UInt8] {
    var text: [UInt8] = []
    while true {
      let byte = file.bytes[file.position]
      switch byte {
      case quote:
        file.position += 1
        return text
      case UInt8(ascii: "$"):
        text += try expanded { lexer throws(KconfigRejection) in
          try lexer.macros.expandReference(lexer.file.restOfLine(), at: &lexer.file.position, lexer.here)
        }
      case UInt8(ascii: "\\"):
        file.position += 1
        let escaped = file.bytes[file.position]
        if escaped != .newline, escaped != 0 {
          text.append(escaped)
          file.position += 1
        }
      case .newline:
        log.warn("KCONFIG111", Array(ascii: "multi-line strings not supported"), at: statement, span: tokenSpan)
        return text
      case 0:
        return text
      default:
        text.append(byte)
        file.position += 1
      }
    }
  }

  // MARK: other states

  private mutating func scanAssigned() -> Token {
    while file.bytes[file.position].isBlank { file.position += 1 }
    let text = file.restOfLine()
    if text.isEmpty {
      state = .statement
      guard file.bytes[file.position] == .newline else { return finishFile() }
      file.position += 1
      file.line += 1
      return .endOfLine
    }
    assigned = Array(text)
    file.position = text.endIndex
    return .assignedText
  }

  private mutating func scanHelp() -> Token {
    state = .statement
    var scanner = HelpScanner(start: file.position)
    var sink = BlankHelp()
    tokenStart = file.position
    scanner.scan(file.bytes.span, into: &sink)
    help = (file.id, file.position, sink.isBlank)
    file.position = scanner.position
    file.line += scanner.lines
    return .helpText
  }

  /// The end of a file: of an included one it is the end of a line too, of the first one only in v6.1.
  private mutating func finishFile() -> Token {
    state = .statement
    guard !isClosed else { return .end }
    if previous != .endOfLine, previous != .helpText {
      log.warn("KCONFIG112", Array(ascii: "no new line at end of file"), at: here)
    }
    if let includer = includers.popLast() {
      file = includer
      return .endOfLine
    }
    isClosed = true
    if language.has(.statementLines) { return .end }
    let line = file.line
    file = .none(names.intern("<none>"))
    file.line = line
    return .endOfLine
  }
}
