/// A preprocessing token of C with its exact place.
struct Token: Sendable {
  enum Kind: Sendable {
    case identifier
    /// A preprocessing number: anything that starts like a number.
    case number
    case character
    case string
    case punctuator
    /// Text that is no token; `text` says why. An error only where the text is used, so not in an untaken `#if` branch.
    case invalid
    /// Behind the last token.
    case end
  }

  var kind: Kind
  var text: String
  var place: TextRange
  /// The first token of a logical line; a `#` there starts a directive.
  var startsLine: Bool
  /// White space or a comment stands in front of it.
  var spaceBefore: Bool
  /// The macros that may not expand this token again.
  var hidden = HideSet()

  func isPunctuator(_ spelling: String) -> Bool {
    kind == .punctuator && text == spelling
  }

  func isIdentifier(_ spelling: String) -> Bool {
    kind == .identifier && text == spelling
  }
}

extension Sequence<Token> {
  /// The tokens in one line, as a report shows them: one space where the text had any.
  func spelled(limit: Int = 120) -> String {
    var result = ""
    for token in self where token.kind != .end {
      if (token.spaceBefore || token.startsLine) && !result.isEmpty { result += " " }
      result += token.text
      if result.utf8.count > limit { return String(result.prefix(limit)) + "…" }
    }
    return result
  }
}
