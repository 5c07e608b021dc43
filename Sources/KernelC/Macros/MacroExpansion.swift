/// Replaces macro calls in a run of tokens, by Prosser's algorithm (the one of the C standard), under a token budget.
struct MacroExpansion {
  /// Tokens that the expansion of one routine may process; stops macro bombs.
  static let tokenBudget = 200_000
  /// Depth of macro calls inside the arguments of macro calls.
  static let nestingLimit = 40

  var macros: MacroTable
  /// The uses of macros in the texts themselves, by the number that `TextRange.macroUse` keeps, less 1.
  private(set) var uses: [TextRange] = []
  private let texts: SourceTexts
  private var spent = 0

  init(macros: MacroTable, texts: SourceTexts) {
    self.macros = macros
    self.texts = texts
  }

  /// The tokens with every macro call replaced.
  mutating func expand(_ tokens: [Token], depth: Int = 0) throws(NotUnderstood) -> [Token] {
    var output: [Token] = []
    var pending: [Token] = tokens.reversed()
    while let token = pending.popLast() {
      guard token.kind == .identifier, let macro = macros[token.text], !token.hidden.contains(macro.id) else {
        output.append(token)
        continue
      }
      try spend(1, on: token)
      if let unsupported = macro.unsupported {
        throw texts.notUnderstood(unsupported.construct, at: unsupported.place)
      }
      var (use, hidden) = (token, token.hidden)
      var arguments: [String: [Token]] = [:]
      if let parameters = macro.parameters {
        guard pending.last?.isPunctuator("(") == true else {
          output.append(token)
          continue
        }
        let call = try takeArguments(from: &pending, of: token)
        arguments = try bind(call.arguments, to: parameters, of: token, depth: depth)
        hidden = hidden.intersection(call.close.hidden)
        use.place = token.place.through(call.close.place)
      }
      let replacement = try substitute(
        arguments, in: macro, hiding: hidden.inserting(macro.id), at: token, useNumber: number(of: use))
      pending.append(contentsOf: replacement.reversed())
    }
    return output
  }

  /// The number of a use, which is that of the use around it where it stands in the body of a macro.
  private mutating func number(of use: Token) -> Int32 {
    if use.place.macroUse != 0 { return use.place.macroUse }
    uses.append(use.place)
    return Int32(uses.count)
  }

  private mutating func spend(_ count: Int, on token: Token) throws(NotUnderstood) {
    spent += count
    if spent > Self.tokenBudget {
      throw texts.notUnderstood(
        "macro expansion budget of \(Self.tokenBudget) tokens exhausted in '\(token.text)'", at: token.place)
    }
  }

  private func takeArguments(
    from pending: inout [Token], of name: Token
  ) throws(NotUnderstood) -> (arguments: [[Token]], close: Token) {
    pending.removeLast()
    var arguments: [[Token]] = [[]]
    var depth = 0
    while let token = pending.popLast() {
      if token.kind == .end { break }
      if token.isPunctuator(")") {
        if depth == 0 { return (arguments, token) }
        depth -= 1
      } else if token.isPunctuator("(") {
        depth += 1
      } else if token.isPunctuator(","), depth == 0 {
        arguments.append([])
        continue
      }
      arguments[arguments.count - 1].append(token)
    }
    throw texts.notUnderstood("call of macro '\(name.text)' without an end", at: name.place)
  }

  private mutating func bind(
    _ arguments: [[Token]], to parameters: [String], of name: Token, depth: Int
  ) throws(NotUnderstood) -> [String: [Token]] {
    let given = parameters.isEmpty && arguments.count == 1 && arguments[0].isEmpty ? [] : arguments
    guard given.count == parameters.count else {
      throw texts.notUnderstood(
        "macro '\(name.text)' takes \(parameters.count) arguments, not \(given.count)", at: name.place)
    }
    guard depth < Self.nestingLimit else {
      throw texts.notUnderstood("macro calls nested deeper than \(Self.nestingLimit)", at: name.place)
    }
    var bound: [String: [Token]] = [:]
    for (parameter, argument) in zip(parameters, given) {
      try spend(argument.count, on: name)
      bound[parameter] = try expand(argument, depth: depth + 1)
    }
    return bound
  }

  private mutating func substitute(
    _ arguments: [String: [Token]], in macro: Macro, hiding hidden: HideSet, at use: Token,
    useNumber: Int32
  ) throws(NotUnderstood) -> [Token] {
    var result: [Token] = []
    func append(_ token: Token, spaceBefore: Bool, isOfBody: Bool) {
      var copy = token
      copy.hidden = token.hidden.union(hidden)
      copy.startsLine = false
      copy.spaceBefore = spaceBefore
      if !macro.hasPlace, token.place.text < 0 {
        copy.place = use.place
      } else if isOfBody {
        copy.place.macroUse = useNumber
      }
      result.append(copy)
    }
    for token in macro.body {
      let argument = token.kind == .identifier ? arguments[token.text] : nil
      try spend(argument?.count ?? 1, on: use)
      guard let argument else {
        append(token, spaceBefore: token.spaceBefore, isOfBody: true)
        continue
      }
      for (index, part) in argument.enumerated() {
        append(
          part, spaceBefore: index == 0 ? token.spaceBefore : part.spaceBefore || part.startsLine, isOfBody: false)
      }
    }
    if !result.isEmpty { result[0].spaceBefore = use.spaceBefore || use.startsLine }
    return result
  }
}
