import Diagnostics

/// Parses the preprocessed tokens of one function body, parameter list or type; recursion is bounded.
struct Parser {
  /// Depth of nested expressions and statements, and height of an expression.
  static let nestingLimit = 100
  static let heightLimit = 150

  let texts: SourceTexts
  private let tokens: [Token]
  private(set) var index = 0
  private var depth = 0

  /// - Parameter tokens: must end with a token of kind `end`; an empty array reads as an empty text.
  init(_ tokens: [Token], texts: SourceTexts) {
    self.tokens = tokens
    self.texts = texts
  }

  var current: Token { token(at: index) }

  func token(at index: Int) -> Token {
    guard let last = tokens.last else {
      let nowhere = TextRange(text: 0, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
      return Token(kind: .end, text: "", place: nowhere, startsLine: true, spaceBefore: false)
    }
    return index < tokens.count ? tokens[index] : last
  }

  /// The last token that was taken.
  var previous: Token { token(at: max(0, index - 1)) }

  @discardableResult
  mutating func take() -> Token {
    let token = current
    if index < tokens.count { index += 1 }
    return token
  }

  mutating func takes(_ punctuator: String) -> Bool {
    guard current.isPunctuator(punctuator) else { return false }
    take()
    return true
  }

  func isNext(_ punctuator: String) -> Bool {
    token(at: index + 1).isPunctuator(punctuator)
  }

  mutating func expect(_ punctuator: String) throws(NotUnderstood) {
    if !takes(punctuator) { throw unexpected(expecting: "'\(punctuator)'") }
  }

  func unexpected(expecting expected: String) -> NotUnderstood {
    let token = current
    switch token.kind {
    case .end: return texts.notUnderstood("expected \(expected), but the text ends", at: token.place)
    case .invalid: return texts.notUnderstood(token.text, at: token.place)
    default: return texts.notUnderstood("expected \(expected) instead of '\(token.text)'", at: token.place)
    }
  }

  func notUnderstood(_ construct: String, at place: TextRange, help: [String] = []) -> NotUnderstood {
    texts.notUnderstood(construct, at: place, help: help)
  }

  /// Enters one level of nesting; every `enter` has its `leave`.
  mutating func enter() throws(NotUnderstood) {
    depth += 1
    if depth > Self.nestingLimit {
      throw notUnderstood("nesting deeper than \(Self.nestingLimit) levels", at: current.place)
    }
  }

  mutating func leave() {
    depth -= 1
  }

  /// Makes a node that spans the tokens from `start` to the last one taken.
  func node(
    _ kind: Expression.Kind, from start: Int, over operands: [Expression] = []
  ) throws(NotUnderstood) -> Expression {
    let height = 1 + (operands.map(\.height).max() ?? 0)
    let place = token(at: start).place.through(previous.place)
    if height > Self.heightLimit {
      throw notUnderstood("expression with more than \(Self.heightLimit) levels", at: token(at: start).place)
    }
    let span = tokens[min(start, tokens.count)..<min(max(start, index), tokens.count)]
    return Expression(kind, at: place, text: span.prefix(40).spelled(), height: height)
  }

  /// The whole text as statements: a function body without its braces.
  mutating func functionBody() throws(NotUnderstood) -> [Statement] {
    var statements: [Statement] = []
    while current.kind != .end { statements.append(try statement()) }
    return statements
  }
}
