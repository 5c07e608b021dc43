import Diagnostics

/// Reads the statements of Kconfig files into a draft of the model; kernel: scripts/kconfig/parser.y.
///
/// Blocks are kept on a stack of their own, so that nothing recurses with the text. After a mistake it goes on, to report
/// the mistakes of a whole tree.
struct Parser {
  /// Why a statement ends early.
  enum Interruption: Error {
    /// The token does not fit: what would have.
    case syntax(Expectation)
    /// There is no going on.
    case rejection(KconfigRejection)
  }

  /// How it goes on after a mistake.
  enum Recovery {
    /// With the next statement, and in the words of `conf`.
    case asConf
    /// With the next line of the same entry and in words about the text, so that each mistake is reported once.
    case lineByLine
  }

  /// An `if`, `menu` or `choice` that is open.
  struct Block {
    enum Kind: String {
      case `if`
      case menu
      case choice
    }

    var kind: Kind
    var node: Int32
    /// Whether only what a choice may hold may stand in it.
    var isInChoice: Bool
    /// What the menus from here outwards say about the visibility of prompts.
    var visibility = ExpressionStore.none
  }

  var lexer: Lexer
  var draft: ModelDraft
  let recovery: Recovery
  var blocks: [Block] = []
  /// The entry that attributes belong to.
  var entry = ModelDraft.root
  /// The menu that entries are added to, and the entry in it that the next one follows; -1 where it is the first.
  var menu = ModelDraft.root
  var predecessor: Int32 = -1
  /// The choice of v6.12 that is open.
  var choice: Int32 = -1
  var lookahead: Token?
  /// Whether the entry that the next attributes belong to could not be read.
  var isEntryLost = false
  /// How many tokens must fit before a mistake is reported again.
  private var quiet = 0
  var hasErrors = false
  /// The word that the statement begins with.
  var statementWord: Int32 = -1
  var answers = AnswerSymbols()

  init(lexer: Lexer, draft: ModelDraft, recovery: Recovery) {
    self.lexer = lexer
    self.draft = draft
    self.recovery = recovery
    self.draft.start(&self.lexer.names)
  }

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
      let nodes = draft.nodes.count
      var first: Token?
      do throws(Interruption) {
        let token = try peek()
        first = token
        if token == .end, blocks.isEmpty { break }
        statementWord = -1
        try statement(token)
        isEntryLost = false
      } catch {
        switch (error, recovery) {
        case (.rejection(let rejection), _): throw rejection
        case (.syntax, .asConf): try recover()
        case (.syntax(let expected), .lineByLine): try goOn(behind: first, nodes: nodes, expected)
        }
      }
    }
    if hasErrors { throw lexer.log.rejection() }
    completeAnswers()
    draft.names = lexer.names
    draft.files = lexer.files
  }

  private func checkLimits() throws(KconfigRejection) {
    let limits = lexer.limits
    let excess: String
    if lexer.log.isFull {
      excess = "too many warnings and mistakes"
    } else if draft.nodes.count > limits.entries {
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

  // MARK: tokens

  /// The next token, which is read from the file only now.
  mutating func peek() throws(Interruption) -> Token {
    if let lookahead { return lookahead }
    do throws(KconfigRejection) {
      let token = try lexer.next()
      lookahead = token
      return token
    } catch {
      throw .rejection(error)
    }
  }

  /// Accepts the token that was looked at.
  mutating func shift() {
    lookahead = nil
    if quiet > 0 { quiet -= 1 }
  }

  mutating func take(_ token: Token) throws(Interruption) {
    guard try peek() == token else { throw .syntax(.token(token)) }
    shift()
  }

  /// Accepts the end of a line that ends with an expression.
  mutating func takeEndOfExpression() throws(Interruption) {
    guard try peek() == .endOfLine else { throw .syntax(.operatorOrEnd) }
    shift()
  }

  /// Accepts a word or quoted text and gives back its name.
  mutating func takeName(_ token: Token, _ expected: Expectation) throws(Interruption) -> Int32 {
    guard try peek() == token else { throw .syntax(expected) }
    shift()
    if token == .word, lexer.names[lexer.name].contains(ProbeAnswer.mark) {
      throw .rejection(lexer.macros.dependsOnAnswer("a name", lexer.statement))
    }
    return lexer.name
  }

  // MARK: mistakes

  /// Reports the token that does not fit, and goes on behind the line.
  private mutating func recover() throws(KconfigRejection) {
    reportSyntaxError()
    do throws(Interruption) {
      while try peek() != .endOfLine {
        if lookahead == .end { throw unfinished() }
        lookahead = nil
      }
      shift()
    } catch {
      if case .rejection(let rejection) = error { throw rejection }
    }
    guard statementWord >= 0 else { return report("KCONFIG102", Array(ascii: "invalid statement")) }
    report("KCONFIG103", .text("unknown statement \"".utf8, lexer.names[statementWord], "\"".utf8))
  }

  private mutating func reportSyntaxError() {
    hasErrors = true
    if quiet == 0 {
      var place = lexer.statement
      // v6.1 counts one line too many.
      if !lexer.profile.has(.statementLines) { place = KconfigPlace(path: place.path, line: place.line + 1) }
      lexer.log.add(
        KconfigMessage(.error, id: "KCONFIG101", Array(ascii: "syntax error"), at: place, span: lexer.tokenSpan))
    }
    quiet = 3
  }

  /// An error at the statement.
  mutating func report(_ id: String, _ text: [UInt8]) {
    hasErrors = true
    lexer.log.add(KconfigMessage(.error, id: id, text, at: lexer.statement))
  }

  /// An error at an entry.
  mutating func report(_ id: String, _ text: String, at node: Int32) {
    hasErrors = true
    lexer.log.add(KconfigMessage(.error, id: id, Array(text.utf8), at: place(of: node), marked: ": error: "))
  }

  /// A warning at the statement; from v6.13 on an error.
  mutating func object(_ id: String, _ text: [UInt8]) {
    if lexer.profile.has(.parseWarningsAreErrors) { return report(id, text) }
    lexer.log.add(KconfigMessage(.warning, id: id, .text("warning: ".utf8, text), at: lexer.statement))
  }

  func place(of node: Int32) -> KconfigPlace {
    let node = draft.nodes[Int(node)]
    return KconfigPlace(path: lexer.names.text(node.path), line: Int(node.line))
  }

  /// The text ends while blocks are open.
  mutating func unfinished() -> Interruption {
    for block in blocks.reversed() {
      let text =
        recovery == .asConf
        ? "missing end statement for this entry" : "this '\(block.kind.rawValue)' has no 'end\(block.kind.rawValue)'"
      lexer.log.add(KconfigMessage(.error, id: "KCONFIG104", Array(text.utf8), at: place(of: block.node)))
    }
    return .rejection(lexer.log.rejection())
  }
}
