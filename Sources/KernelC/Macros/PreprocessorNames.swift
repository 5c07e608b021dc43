/// What names mean in an `#if`.
struct PreprocessorNames {
  var macros: MacroTable
  var config: ConfigFacts

  /// `defined(name)`.
  func definition(of name: Token) -> PreprocessorValue {
    if macros[name.text] != nil { return .truth(true) }
    if macros.isKnownUndefined(name.text) { return .truth(false) }
    guard name.text.hasPrefix(ConfigFacts.prefix) else { return .undecided(name.text, name.place) }
    switch config.definition(ofMacro: name.text) {
    case .defined: return .truth(true)
    case .notDefined: return .truth(false)
    case .undecided(let symbol): return .undecided(ConfigFacts.prefix + symbol, name.place)
    }
  }

  /// The value of an identifier that is left after macro expansion.
  func value(of name: Token) -> PreprocessorValue {
    guard name.text.hasPrefix(ConfigFacts.prefix) else {
      return macros.isKnownUndefined(name.text) ? .truth(false) : .undecided(name.text, name.place)
    }
    return definition(of: name)
  }

  func answer(_ question: ConfigQuestion, about name: Token) -> PreprocessorValue {
    guard name.text.hasPrefix(ConfigFacts.prefix) else { return .undecided(name.text, name.place) }
    let symbol = String(name.text.dropFirst(ConfigFacts.prefix.count))
    guard let value = config.values[symbol] else { return .undecided(name.text, name.place) }
    return .truth(question.answer(for: value))
  }

  /// Replaces each `defined X` and `defined(X)`, which must happen before `X` is expanded.
  func answeringDefined(in line: [Token], texts: SourceTexts) throws(NotUnderstood) -> [Token] {
    var result: [Token] = []
    var index = 0
    while index < line.count {
      let token = line[index]
      index += 1
      guard token.isIdentifier("defined") else {
        result.append(token)
        continue
      }
      let isParenthesised = index < line.count && line[index].isPunctuator("(")
      if isParenthesised { index += 1 }
      guard index < line.count, line[index].kind == .identifier,
        !isParenthesised || (index + 1 < line.count && line[index + 1].isPunctuator(")"))
      else { throw texts.notUnderstood("'defined' without a macro name", at: token.place) }
      var answer = line[index]
      index += isParenthesised ? 2 : 1
      switch definition(of: answer) {
      case .known(let number): (answer.kind, answer.text) = (.number, "\(number.bits)")
      case .undecided(let name, _): answer.text = name
      }
      // An undecided name must not be expanded; it is none of the macros.
      result.append(answer)
    }
    return result
  }
}
