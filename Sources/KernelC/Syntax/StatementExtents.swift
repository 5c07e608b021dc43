/// Where statements and functions end, by their brackets alone: code that is not understood has an extent too.
struct StatementExtents {
  /// Statements inside each other, as in `if (a) if (b) ...`; behind so many the rest is one statement.
  private static let deepest = 64

  let tokens: [Token]

  /// The first and last token of the statement that starts at a token or behind the brackets that it closes.
  func statement(at index: Int) -> (Int, Int)? {
    var first = index
    while tokens[first].isPunctuator("}") { first += 1 }
    guard tokens[first].kind != .end else { return nil }
    let end = end(of: first, depth: 0)
    return (first, max(first, end - 1))
  }

  /// The index behind a statement.
  private func end(of first: Int, depth: Int) -> Int {
    guard depth < Self.deepest else { return tokens.count - 1 }
    let token = tokens[first]
    if token.startsLine, token.isPunctuator("#") { return endOfLine(first) }
    if token.isPunctuator("{") { return endOfGroup(first) }
    guard token.kind == .identifier else { return endOfSimple(first) }
    switch token.text {
    case "if":
      let end = end(of: endOfGroup(first + 1), depth: depth + 1)
      return tokens[end].isIdentifier("else") ? self.end(of: end + 1, depth: depth + 1) : end
    case "else": return end(of: first + 1, depth: depth + 1)
    case "for", "while", "switch": return end(of: endOfGroup(first + 1), depth: depth + 1)
    case "do": return endOfSimple(end(of: first + 1, depth: depth + 1))
    default: return endOfSimple(first)
    }
  }

  private func endOfLine(_ first: Int) -> Int {
    tokens[(first + 1)...].firstIndex { $0.startsLine || $0.kind == .end } ?? tokens.count - 1
  }

  /// Behind the semicolon, or behind the braces of a function.
  private func endOfSimple(_ first: Int) -> Int {
    var index = first
    while tokens[index].kind != .end {
      let token = tokens[index]
      if token.isPunctuator(";") { return index + 1 }
      if token.isPunctuator("}") { return index }
      let isGroup = ["(", "[", "{"].contains { token.isPunctuator($0) }
      let isBody = token.isPunctuator("{") && index > first && tokens[index - 1].isPunctuator(")")
      index = isGroup ? endOfGroup(index) : index + 1
      if isBody { return index }
    }
    return index
  }

  /// Behind the bracket that closes the group which starts here; the token itself where none starts.
  private func endOfGroup(_ first: Int) -> Int {
    var depth = 0
    var index = first
    while tokens[index].kind != .end {
      if ["(", "[", "{"].contains(where: { tokens[index].isPunctuator($0) }) { depth += 1 }
      if [")", "]", "}"].contains(where: { tokens[index].isPunctuator($0) }) { depth -= 1 }
      if depth <= 0 { return depth == 0 && index > first ? index + 1 : index }
      index += 1
    }
    return index
  }
}
