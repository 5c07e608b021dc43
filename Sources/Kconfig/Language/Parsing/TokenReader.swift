/// The tokens of all files, of which the next one can be looked at before it is accepted.
struct TokenReader {
  var lexer: Lexer
  /// The token that was looked at and not accepted yet.
  private(set) var lookahead: Token?
  /// How many tokens must fit before a mistake is reported again.
  private var quiet = 0

  init(_ lexer: Lexer) {
    self.lexer = lexer
  }

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

  /// Goes on behind a token that fits nowhere.
  mutating func drop() { lookahead = nil }

  /// Notes a mistake.
  /// - Returns: whether it is to be reported: not so soon after another one.
  mutating func noteMistake() -> Bool {
    defer { quiet = 3 }
    return quiet == 0
  }

  mutating func take(_ token: Token) throws(Interruption) {
    guard try peek() == token else { throw .syntax(.token(token)) }
    shift()
  }

  /// Accepts the end of a line.
  mutating func takeEndOfLine(_ expected: Expectation) throws(Interruption) {
    guard try peek() == .endOfLine else { throw .syntax(expected) }
    shift()
  }

  /// Accepts a word or quoted text and gives back its name.
  mutating func takeName(_ token: Token, _ expected: Expectation) throws(Interruption) -> NameID {
    guard try peek() == token else { throw .syntax(expected) }
    shift()
    if token == .word, lexer.names[lexer.name].contains(ProbeAnswer.mark) {
      throw .rejection(lexer.macros.dependsOnAnswer("a name", lexer.statement))
    }
    return lexer.name
  }
}
