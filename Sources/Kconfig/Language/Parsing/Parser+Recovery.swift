import Diagnostics

/// Going on behind a mistake line by line, where each mistake is said once and in words about the text.
extension Parser {
  /// More mistakes than anybody reads.
  private static let mostMistakes = 100

  /// Whether the line that is no attribute of the entry was skipped: because no statement begins with it either.
  mutating func skipsForeignLine() throws(Interruption) -> Bool {
    guard recovery == .lineByLine else { return false }
    switch try peek() {
    case .word where lexer.isAssignmentNext: return false
    case .config, .menuconfig, .choice, .comment, .if, .menu, .source, .rsource, .osource, .orsource, .mainmenu, .endif,
      .endmenu, .endchoice, .end:
      return false
    case let token where token == .help || lexer.tokenText.elementsEqual("---help---".utf8):
      // What follows is a text, not statements.
      try skipHelp(.attribute)
      return true
    default:
      throw .syntax(.attribute)
    }
  }

  /// Goes on behind a statement that could not be read to its end.
  mutating func goOn(behind statement: Token?, entries: Int, _ expected: Expectation) throws(KconfigRejection) {
    try skipLine(expected)
    guard draft.menu.count == entries else { return }
    let kind: MenuBuilder.Block.Kind
    switch statement {
    case .config, .menuconfig, .comment:
      loseEntry()
      return
    case .if: kind = .if
    case .menu: kind = .menu
    case .choice: kind = .choice
    default: return
    }
    // Its end must find it.
    loseEntry()
    builder.addEntry(kind == .choice ? draft.symbols.choice(nil) : nil, at: place)
    if kind == .choice { builder.beginChoice() }
    do throws(Interruption) { try open(kind) } catch {
      if case .rejection(let rejection) = error { throw rejection }
    }
  }

  /// Reports the token that does not fit, and goes on behind its line.
  mutating func skipLine(_ expected: Expectation) throws(KconfigRejection) {
    let token = tokens.lookahead
    // The blocks that are open at the end of the file are reported for themselves.
    let isCascade = isEntryLost && token.map(\.beginsAttribute) ?? false || token == .end && !builder.blocks.isEmpty
    if !isCascade { try reportMistake(expected) }
    do throws(Interruption) {
      if token == .help, isCascade { return try skipHelp(nil) }
      while try peek() != .endOfLine {
        if tokens.lookahead == .end { throw unfinished() }
        tokens.drop()
      }
      shift()
    } catch {
      if case .rejection(let rejection) = error { throw rejection }
    }
  }

  /// Skips a `help` that belongs to no entry with its text.
  private mutating func skipHelp(_ expected: Expectation?) throws(Interruption) {
    if let expected {
      do throws(KconfigRejection) { try reportMistake(expected) } catch { throw .rejection(error) }
    }
    shift()
    while try peek() != .endOfLine {
      if tokens.lookahead == .end { return }
      tokens.drop()
    }
    shift()
    lexer.startHelp()
    try take(.helpText)
  }

  private mutating func reportMistake(_ expected: Expectation) throws(KconfigRejection) {
    let span = lexer.tokenSpan
    let word = String(decoding: lexer.tokenText, as: UTF8.self)
    var found = "'\(word.prefix(60))'"
    switch tokens.lookahead {
    case .end: found = "end of the file"
    case .endOfLine: found = "end of the line"
    case .quoted: found = String(word.prefix(60))
    default: break
    }
    let message = KconfigMessage(
      .error, id: "KCONFIG101", Array("unexpected \(found)".utf8), at: lexer.statement, span: span,
      reasons: [expected.text], help: Self.wayOut(word, lexer.language))
    mistakes.report(message)
    guard lexer.log.messages.count(where: { $0.severity == .error }) < Self.mostMistakes else {
      throw lexer.log.rejection()
    }
  }

  /// The keyword that was meant.
  private static func wayOut(_ word: String, _ language: KconfigLanguage) -> [String] {
    let isKeyword = Token.keywords.firstIndex(of: word).flatMap { Token.keyword(NameID($0), in: language) } != nil
    if !isKeyword, let note = Token.foreignWords[word] { return [note] }
    guard !isKeyword, word.utf8.count > 2, word.utf8.count < 40, word.utf8.allSatisfy(\.isKconfigWord) else {
      return []
    }
    let candidates = Token.keywords.filter { keyword in
      Token.keywords.firstIndex(of: keyword).flatMap { Token.keyword(NameID($0), in: language) } != nil
    }
    return didYouMean(word, among: candidates.map { $0 == "depends" ? "depends on" : $0 })
  }

  /// Makes the block that an end ends the innermost one; reports what is left open inside it.
  /// - Returns: whether there is such a block.
  mutating func findBlock(_ kind: MenuBuilder.Block.Kind, endedBy span: TextSpan?) throws(Interruption) -> Bool {
    guard let innermost = builder.blocks.last, innermost.kind != kind else { return true }
    let start = place(of: innermost.node)
    guard builder.blocks.contains(where: { $0.kind == kind }) else {
      mistakes.report(
        KconfigMessage(
          .error, id: "KCONFIG106", Array("'end\(kind.rawValue)' ends no '\(kind.rawValue)'".utf8),
          at: lexer.statement, span: span,
          notes: [Diagnostic.Note("this '\(innermost.kind.rawValue)' is open", at: start.range)],
          help: ["it is ended by 'end\(innermost.kind.rawValue)'"]))
      return false
    }
    while let block = builder.blocks.last, block.kind != kind {
      mistakes.report(
        KconfigMessage(
          .error, id: "KCONFIG106",
          Array("'end\(kind.rawValue)' where the '\(block.kind.rawValue)' inside has no end".utf8),
          at: lexer.statement, span: span,
          notes: [Diagnostic.Note("this '\(block.kind.rawValue)' is open", at: place(of: block.node).range)],
          help: ["it is ended by 'end\(block.kind.rawValue)'"]))
      builder.closeBlock()
    }
    return true
  }
}

extension Token {
  /// Words of other dialects and older kernels, and what stands in their place.
  static let foreignWords = [
    "---help---": "write 'help'",
    "def_int": "write 'int' and 'default' on lines of their own",
    "def_hex": "write 'hex' and 'default' on lines of their own",
    "def_string": "write 'string' and 'default' on lines of their own",
    "boolean": "write 'bool'",
    "integer": "write 'int'",
    "option": "'option' was a word of kernels before v5.14; 'option modules' has become 'modules'",
    "optional": "choices are optional up to v6.9 only",
    "rsource": "'rsource' is a word of other dialects: name the file from the top of the tree",
    "osource": "'osource' is a word of other dialects: the kernel has no optional files",
    "orsource": "'orsource' is a word of other dialects: the kernel has no optional files",
    "transitional": "symbols are transitional from v6.18 on",
  ]

  /// Whether it stands first in a line that belongs to an entry.
  var beginsAttribute: Bool {
    switch self {
    case .bool, .tristate, .int, .hex, .string, .prompt, .default, .defBool, .defTristate, .select, .imply, .range,
      .modules, .depends, .help, .visible, .optional, .transitional:
      true
    default: false
    }
  }
}
