/// The helper functions of `declarations:`; everything else at file scope is either without effect or not understood.
struct FileScope {
  /// Macros at file scope that only register or declare something.
  private static let registrations = ["EXPORT_SYMBOL", "DEFINE_STATIC_KEY", "DECLARE_STATIC_KEY", "MODULE_"]

  private(set) var functions: [String: HelperFunction] = [:]
  private let tokens: [Token]
  private let texts: SourceTexts
  private let interface: KernelInterface
  private var index = 0

  init(_ tokens: [Token], texts: SourceTexts, interface: KernelInterface) throws(NotUnderstood) {
    self.tokens = tokens.filter { $0.kind != .end }
    self.texts = texts
    self.interface = interface
    while index < self.tokens.count { try item() }
  }

  /// One declaration or definition.
  private mutating func item() throws(NotUnderstood) {
    let start = index
    if tokens[start].isPunctuator(";") {
      index += 1
      return
    }
    guard let open = nameBehindType(from: start) else { return try declarationWithoutFunction(from: start) }
    let name = tokens[open - 1]
    let close = try matching(open)
    if Self.registrations.contains(where: { name.text.hasPrefix($0) }), open == start + 1 {
      index = close + 1
      return
    }
    var next = close + 1
    while next < tokens.count, tokens[next].kind == .identifier {
      next += 1
      if tokens[next - 1].text == "__attribute__", next < tokens.count, tokens[next].isPunctuator("(") {
        next = try matching(next) + 1
      }
    }
    guard next < tokens.count else {
      throw texts.notUnderstood("expected '{' or ';' behind '\(name.text)()', but the text ends", at: name.place)
    }
    if tokens[next].isPunctuator(";") {
      index = next + 1
      return
    }
    guard tokens[next].isPunctuator("{") else { throw unexpected(tokens[next]) }
    let end = try matching(next)
    if let refusal = interface.refusal(ofDefining: name.text, at: texts.range(name.place)) { throw refusal }
    if functions[name.text] != nil {
      throw texts.notUnderstood("second definition of '\(name.text)()'", at: name.place)
    }
    functions[name.text] = HelperFunction(
      name: name, returnType: part(start..<(open - 1), before: tokens[open - 1]),
      parameters: part((open + 1)..<close, before: tokens[close]), body: part((next + 1)..<end, before: tokens[end]))
    index = end + 1
  }

  /// The tokens of a part with an `end` token at the place of what follows.
  private func part(_ range: Range<Int>, before next: Token) -> [Token] {
    var end = next
    (end.kind, end.text) = (.end, "")
    return Array(tokens[range]) + [end]
  }

  /// The index of the parenthesis behind the name of the function that an item declares.
  private func nameBehindType(from start: Int) -> Int? {
    var position = start
    while position < tokens.count {
      let token = tokens[position]
      if token.isPunctuator("(") {
        guard position > start, tokens[position - 1].kind == .identifier else { return nil }
        if tokens[position - 1].text != "__attribute__" { return position }
        guard let close = try? matching(position) else { return nil }
        position = close
      } else if token.kind != .identifier, !token.isPunctuator("*") {
        return nil
      }
      position += 1
    }
    return nil
  }

  private mutating func declarationWithoutFunction(from start: Int) throws(NotUnderstood) {
    let first = tokens[start]
    guard first.kind == .identifier else { throw unexpected(first) }
    if first.text == "struct", start + 2 < tokens.count, tokens[start + 2].isPunctuator(";") {
      index = start + 3
      return
    }
    if let construct = TypeNames.unsupported[first.text] { throw texts.notUnderstood(construct, at: first.place) }
    let end = tokens[start...].firstIndex { $0.kind == .punctuator && !$0.isPunctuator("*") }
    if let end, end > start + 1, tokens[end - 1].kind == .identifier, ["=", ";", "[", ","].contains(tokens[end].text) {
      let name = tokens[end - 1]
      throw texts.notUnderstood("variable '\(name.text)' at file scope", at: name.place)
    }
    throw texts.notUnderstood(
      "'\(first.text)' at file scope", at: first.place, help: ["declarations: holds macros and helper functions"])
  }

  private func unexpected(_ token: Token) -> NotUnderstood {
    let construct = token.kind == .invalid ? token.text : "unexpected '\(token.text)' at file scope"
    return texts.notUnderstood(construct, at: token.place)
  }

  /// The index of the bracket that closes the one at `open`.
  private func matching(_ open: Int) throws(NotUnderstood) -> Int {
    var depth = 0
    for position in open..<tokens.count where tokens[position].kind == .punctuator {
      switch tokens[position].text {
      case "(", "{", "[": depth += 1
      case ")", "}", "]":
        depth -= 1
        if depth == 0 { return position }
      default: break
      }
    }
    throw texts.notUnderstood("'\(tokens[open].text)' without its counterpart", at: tokens[open].place)
  }
}
