import Diagnostics

/// Reads the statements of Kconfig files into a draft of the model; kernel: scripts/kconfig/parser.y.
///
/// Blocks are kept on a stack of their own, so that nothing recurses with the text. After a mistake it goes on, to report
/// the mistakes of a whole tree.
struct Parser {
  /// How it goes on after a mistake.
  enum Recovery {
    /// With the next statement, and in the words of `conf`.
    case asConf
    /// With the next line of the same entry and in words about the text, so that each mistake is reported once.
    case lineByLine
  }

  var tokens: TokenReader
  var builder: MenuBuilder
  var mistakes: MistakeLog
  var answers = AnswerSymbols()
  let recovery: Recovery
  /// Whether the entry that the next attributes belong to could not be read.
  private(set) var isEntryLost = false
  /// The word that the statement begins with.
  private var statementWord: NameID?

  init(lexer: Lexer, recovery: Recovery) {
    var lexer = lexer
    let draft = ModelDraft(language: lexer.language, limits: lexer.limits, log: lexer.log, &lexer.names)
    tokens = TokenReader(lexer)
    builder = MenuBuilder(draft)
    mistakes = MistakeLog(lexer.log)
    self.recovery = recovery
  }

  // MARK: short ways, which lend what they lead to and copy nothing

  var lexer: Lexer {
    _read { yield tokens.lexer }
    _modify { yield &tokens.lexer }
  }

  var draft: ModelDraft {
    _read { yield builder.draft }
    _modify { yield &builder.draft }
  }

  /// Where the statement stands.
  var place: MenuBuilder.Place { MenuBuilder.Place(path: lexer.file.name, line: lexer.statementLine) }

  mutating func peek() throws(Interruption) -> Token { try tokens.peek() }
  mutating func shift() { tokens.shift() }
  mutating func take(_ token: Token) throws(Interruption) { try tokens.take(token) }

  /// Notes that attributes are to come of an entry that could not be read.
  mutating func loseEntry() { isEntryLost = true }

  /// Notes the word that the statement begins with, for the message about a statement that nobody knows.
  mutating func noteWord(_ word: NameID) { statementWord = word }

  // MARK: everything

  /// Reads everything.
  mutating func parse(_ path: String) throws(KconfigRejection) {
    try lexer.open(path)
    do throws(Interruption) {
      if try peek() == .mainmenu { try mainMenu() }
    } catch {
      switch (error, recovery) {
      case (.rejection(let rejection), _): throw rejection
      case (.syntax, .asConf):
        reportSyntaxError()
        throw lexer.log.rejection()
      case (.syntax(let expected), .lineByLine): try skipLine(expected)
      }
    }
    while true {
      try checkLimits()
      let entries = draft.menu.count
      var first: Token?
      do throws(Interruption) {
        let token = try peek()
        first = token
        if token == .end, builder.blocks.isEmpty { break }
        statementWord = nil
        try statement(token)
        isEntryLost = false
      } catch {
        switch (error, recovery) {
        case (.rejection(let rejection), _): throw rejection
        case (.syntax, .asConf): try recover()
        case (.syntax(let expected), .lineByLine): try goOn(behind: first, entries: entries, expected)
        }
      }
    }
    if mistakes.hasErrors { throw lexer.log.rejection() }
    completeAnswers()
  }

  /// The draft with the texts and files that it was read from; nothing is left of it here, so that it is changed in place.
  mutating func takeDraft() -> ModelDraft {
    var names = NameTable()
    var draft = ModelDraft(language: lexer.language, limits: lexer.limits, log: lexer.log, &names)
    swap(&draft, &builder.draft)
    draft.names = lexer.names
    draft.files = lexer.files
    return draft
  }

  private func checkLimits() throws(KconfigRejection) {
    let limits = lexer.limits
    let excess: String
    if lexer.log.isFull {
      excess = "too many warnings and mistakes"
    } else if draft.menu.count > limits.entries {
      excess = "more entries than any kernel has"
    } else if draft.properties.count > limits.properties {
      excess = "more prompts, defaults and selects than any kernel has"
    } else if draft.symbols.count > limits.symbols {
      excess = "more symbols than any kernel has"
    } else if lexer.macros.variables.all.count > limits.variables {
      excess = "more variables than any kernel has"
    } else {
      return
    }
    throw lexer.log.limit(excess, at: lexer.here)
  }

  // MARK: mistakes

  /// Reports the token that does not fit, and goes on behind the line.
  private mutating func recover() throws(KconfigRejection) {
    reportSyntaxError()
    do throws(Interruption) {
      while try peek() != .endOfLine {
        if tokens.lookahead == .end { throw unfinished() }
        tokens.drop()
      }
      shift()
    } catch {
      if case .rejection(let rejection) = error { throw rejection }
    }
    guard let statementWord else { return report("KCONFIG102", Array(ascii: "invalid statement")) }
    report("KCONFIG103", .text("unknown statement \"".utf8, lexer.names[statementWord], "\"".utf8))
  }

  private mutating func reportSyntaxError() {
    guard tokens.noteMistake() else { return mistakes.note() }
    var place = lexer.statement
    // Up to v6.8 it counts one line too many.
    if !lexer.language.has(.statementLines) { place = KconfigPlace(path: place.path, line: place.line + 1) }
    mistakes.report(
      KconfigMessage(.error, id: "KCONFIG101", Array(ascii: "syntax error"), at: place, span: lexer.tokenSpan))
  }

  /// An error at the statement.
  mutating func report(_ id: String, _ text: [UInt8]) {
    mistakes.report(KconfigMessage(.error, id: id, text, at: lexer.statement))
  }

  /// An error at an entry.
  mutating func report(_ id: String, _ text: String, at node: NodeID) {
    mistakes.report(KconfigMessage(.error, id: id, Array(text.utf8), at: place(of: node), marked: ": error: "))
  }

  /// A warning at the statement; from v6.13 on an error.
  mutating func object(_ id: String, _ text: [UInt8]) {
    if lexer.language.has(.parseWarningsAreErrors) { return report(id, text) }
    lexer.log.add(KconfigMessage(.warning, id: id, .text("warning: ".utf8, text), at: lexer.statement))
  }

  func place(of node: NodeID) -> KconfigPlace {
    KconfigPlace(path: lexer.names.text(draft.menu[node].path), line: Int(draft.menu[node].line))
  }

  /// The text ends while blocks are open.
  mutating func unfinished() -> Interruption {
    for block in builder.blocks.reversed() {
      let text =
        recovery == .asConf
        ? "missing end statement for this entry" : "this '\(block.kind.rawValue)' has no 'end\(block.kind.rawValue)'"
      lexer.log.add(KconfigMessage(.error, id: "KCONFIG104", Array(text.utf8), at: place(of: block.node)))
    }
    return .rejection(lexer.log.rejection())
  }
}
