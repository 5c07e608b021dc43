/// Operands that depend on what is not known of a toolchain.
extension Parser {
  private typealias Role = AnswerSymbols.Role

  /// The symbol that stands for the last word or quoted text; nil where all of it is known.
  mutating func answer(isQuoted: Bool) throws(Interruption) -> SymbolID? {
    guard lexer.macros.free != nil else { return nil }
    let text = Array(lexer.names[lexer.name])
    guard text.contains(ProbeAnswer.mark) else { return nil }
    guard let number = ProbeAnswer.number(text), let answers = lexer.macros.free?.answers, number < answers.count else {
      // A word of more parts could be anything, or the name of a symbol.
      let place = lexer.statement
      guard isQuoted, let input = lexer.macros.free?.composed(text, at: place) else {
        throw .rejection(lexer.macros.dependsOnAnswer("a word", lexer.statement))
      }
      return symbol(of: input)
    }
    switch answers[number] {
    case .input(let input):
      if !isQuoted { lexer.macros.free?.refuseEmpty(input) }
      return symbol(of: input)
    case .choice(let condition, let first, let second):
      // A bare word that is no value would be the name of a symbol, an empty one no word at all.
      let letters = [first, second].map { Self.letter($0) }
      let areValues = zip(letters, [first, second]).allSatisfy { $0 != nil || ShellTest.number($1) != nil }
      // What m is worth depends on where it stands.
      guard isQuoted || areValues, !letters.contains(.m) else {
        throw .rejection(lexer.macros.dependsOnAnswer("a word", lexer.statement))
      }
      if case .succeeds(let input) = condition.fact, !condition.isNegated, letters == [.y, .n] {
        return symbol(of: input)
      }
      return symbol(.answer(number))
    }
  }

  private static func letter(_ text: [UInt8]) -> Tristate? {
    text.count == 1 ? Tristate(letter: String(decoding: text, as: UTF8.self)) : nil
  }

  /// The symbol for the truth of an operand.
  mutating func truth(of operand: SymbolID) -> SymbolID {
    guard let input = answers.input(of: operand), lexer.macros.free?.inputs[input].kind != .success else {
      return operand
    }
    let truth = symbol(answers.isInDefault ? .truth(input) : .condition(input))
    answers.setText(of: truth, to: operand)
    return truth
  }

  /// The value of a default: where the symbol is no bool and no tristate, it is the text itself that counts.
  mutating func text(of value: ExpressionID, _ type: KconfigType?) throws(Interruption) -> ExpressionID {
    guard !value.isEmpty, draft.expressions.kind(value) == .symbol,
      let text = answers.text(of: draft.expressions.symbol(value))
    else { return value }
    switch type ?? builder.symbol.map({ draft.symbols[$0].type }) ?? .unknown {
    case .bool, .tristate: return value
    case .int, .hex, .string: return draft.expressions.symbol(of: text)
    case .unknown:
      throw .rejection(lexer.macros.dependsOnAnswer("a default in front of the type", lexer.statement))
    }
  }

  // MARK: symbols

  private mutating func symbol(of input: Int) -> SymbolID { symbol(.input(input)) }

  private mutating func symbol(_ role: Role) -> SymbolID {
    if let known = answers[role] { return known }
    // With the mark it is a name that nothing else can have.
    var name = [ProbeAnswer.mark] + Array("(probe \(answers.roles.count))".utf8)
    if case .input(let input) = role, let free = lexer.macros.free {
      name += Array(" \(free.inputs[input].question)".utf8)
    }
    let symbol = draft.symbols.symbol(lexer.names.intern(name))
    draft.symbols[symbol].type = type(of: role)
    answers.add(role, symbol)
    return symbol
  }

  private func type(of role: Role) -> KconfigType {
    guard let free = lexer.macros.free else { return .unknown }
    switch role {
    case .truth, .condition: return .tristate
    case .literal: return .string
    case .input(let input):
      switch free.inputs[input].kind {
      case .success: return .bool
      case .number: return .int
      case .name, .text: return .string
      }
    case .answer(let number):
      guard case .choice(_, let first, let second) = free.answers[number] else { return .unknown }
      return Self.letter(first) == nil || Self.letter(second) == nil ? .string : .bool
    }
  }

  /// Gives the symbols their properties, behind those of all entries.
  mutating func completeAnswers() {
    guard let free = lexer.macros.free else { return }
    for refusal in free.refusals {
      let condition = expression(of: refusal)
      draft.requirements.append(draft.expressions.not(condition))
    }
    draft.openAnswers.inputs = free.inputs
    draft.openAnswers.answers = free.answers
    // Conditions may need further symbols.
    var position = 0
    while position < answers.roles.count {
      let (role, symbol) = answers.roles[position]
      position += 1
      switch role {
      case .input(let input):
        draft.openAnswers.symbols[symbol] = input
        add(.prompt, to: symbol, value: .empty, condition: .empty)
        switch free.inputs[input].kind {
        case .name, .number: addDefault(Array(free.inputs[input].leastValue.utf8), to: symbol)
        case .success, .text: break
        }
      case .answer(let number):
        guard case .choice(let condition, let first, let second) = free.answers[number] else { continue }
        addDefault(first, to: symbol, condition: expression(of: condition))
        addDefault(second, to: symbol)
      case .literal(let text): addDefault(text, to: symbol)
      case .truth(let input), .condition(let input):
        // A number is no y.
        guard free.inputs[input].kind == .text else { continue }
        for letter in ["y", "m"] {
          let text = Array(letter.utf8)
          var isLetter = expression(of: ProbeCondition(fact: .compares(input, .equal, text)))
          if letter == "m", role == .condition(input) {
            isLetter = draft.expressions.join(.and, isLetter, draft.expressions.symbol(of: draft.modules))
          }
          addDefault(text, to: symbol, condition: isLetter)
        }
      }
    }
  }

  private mutating func expression(of condition: ProbeCondition) -> ExpressionID {
    let expression: ExpressionID
    switch condition.fact {
    case .succeeds(let input): expression = draft.expressions.symbol(of: symbol(of: input))
    case .compares(let input, let relation, let text):
      let input = symbol(of: input)
      let isNumber = draft.symbols[input].type == .int
      let other = isNumber ? draft.symbols.constant(lexer.names.intern(text)) : symbol(.literal(text))
      expression = draft.expressions.pair(ExpressionKind(relation), input, other)
    }
    return condition.isNegated ? draft.expressions.not(expression) : expression
  }

  private mutating func addDefault(_ text: [UInt8], to symbol: SymbolID, condition: ExpressionID = .empty) {
    let value = draft.expressions.symbol(of: draft.symbols.constant(lexer.names.intern(text)))
    add(.default, to: symbol, value: value, condition: condition)
  }

  private mutating func add(
    _ kind: PropertyRecord.Kind, to symbol: SymbolID, value: ExpressionID, condition: ExpressionID
  ) {
    let property = PropertyRecord(
      kind: kind, condition: condition, value: value, node: .root, path: lexer.file.name, line: 0)
    draft.properties.add(property, of: symbol)
  }
}

extension ExpressionKind {
  fileprivate init(_ relation: KconfigRelation) {
    switch relation {
    case .equal: self = .equal
    case .notEqual: self = .unequal
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }
}
