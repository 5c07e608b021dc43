extension ExpressionCompiler {
  /// Jumps to `label` if the condition has the given truth; `&&`, `||` and `!` become jumps, so that each atomic
  /// condition forks on its own.
  mutating func jump(
    to label: InstructionBuffer.Label, when truth: Bool, _ condition: Expression
  ) throws(NotUnderstood) {
    if let constant = constantTruth(of: condition) {
      if constant == truth { jump(.jump, to: label, origin: origin(condition.text, condition.place)) }
      return
    }
    switch condition.kind {
    case .unary("!", let operand):
      try jump(to: label, when: !truth, operand)
    case .logical(let isConjunction, let left, let right):
      if isConjunction != truth {
        try jump(to: label, when: truth, left)
        if constantTruth(of: left) != truth { try jump(to: label, when: truth, right) }
      } else {
        let skip = self.label()
        try jump(to: skip, when: !truth, left)
        if constantTruth(of: left) != !truth { try jump(to: label, when: truth, right) }
        bind(skip)
      }
    case .comma(let first, let second):
      _ = try value(first)
      try jump(to: label, when: truth, second)
    case .call(let callee, let arguments):
      if let name = callee.name, name == "likely" || name == "unlikely", helpers[name] == nil, arguments.count == 1 {
        try jump(to: label, when: truth, arguments[0])
      } else {
        try jumpOnValue(to: label, when: truth, condition)
      }
    default:
      try jumpOnValue(to: label, when: truth, condition)
    }
  }

  private mutating func jumpOnValue(
    to label: InstructionBuffer.Label, when truth: Bool, _ condition: Expression
  ) throws(NotUnderstood) {
    let operand = try scalar(condition)
    let origin = origin(condition.text, condition.place)
    if let constant = operand.constant {
      if (constant != 0) == truth { jump(.jump, to: label, origin: origin) }
      return
    }
    jump(truth ? .jumpIfNotZero : .jumpIfZero, to: label, if: operand.register, origin: origin)
  }

  /// `&&`, `||` and `!` as a value: 0 or 1.
  mutating func truthValue(of expression: Expression) throws(NotUnderstood) -> Operand {
    let (isTrue, end) = (label(), label())
    let result = temporary()
    let origin = origin(expression.text, expression.place)
    try jump(to: isTrue, when: true, expression)
    emit(.move, result, constant(0, .int).register, origin: origin)
    jump(.jump, to: end, origin: origin)
    bind(isTrue)
    emit(.move, result, constant(1, .int).register, origin: origin)
    bind(end)
    return Operand(register: result, type: .int)
  }

  mutating func conditionalValue(
    _ expression: Expression, _ condition: Expression, _ first: Expression?, _ second: Expression
  ) throws(NotUnderstood) -> Operand {
    guard let first else { throw notUnderstood("'?:' without a middle operand", at: expression.place) }
    if let truth = constantTruth(of: condition) {
      return try constantChoice(truth ? first : second, over: truth ? second : first)
    }
    let (otherwise, unifyFirst, end) = (label(), label(), label())
    let result = temporary()
    let origin = origin(expression.text, expression.place)
    try jump(to: otherwise, when: false, condition)
    let one = try value(first)
    if !one.type.isVoid { emit(.move, result, one.register, origin: origin) }
    jump(.jump, to: unifyFirst, origin: origin)
    bind(otherwise)
    let other = try value(second)
    guard let type = commonType(one, other) else {
      throw notUnderstood("'?:' over values of different kinds", at: expression.place)
    }
    if !type.isVoid { try moveConverted(other, to: result, type, for: second) }
    jump(.jump, to: end, origin: origin)
    // The type is known only now, so the first value is converted behind the second.
    bind(unifyFirst)
    if !type.isVoid {
      try moveConverted(Operand(register: result, type: one.type), to: result, type, for: first)
    }
    bind(end)
    return Operand(register: result, type: type)
  }

  /// The operand that a constant condition chooses. The other one is never run, but an integer still takes part in the
  /// type; it is generated into nowhere to learn its type, and may be something that is not modelled.
  private mutating func constantChoice(
    _ chosen: Expression, over other: Expression
  ) throws(NotUnderstood) -> Operand {
    let result = try value(chosen)
    guard result.type.isInteger else { return result }
    guard let type = typeIfRun(other), type.isInteger else { return result }
    return try converted(result, to: result.type.commonType(with: type), for: chosen)
  }

  private mutating func moveConverted(
    _ operand: Operand, to register: Int32, _ type: CType, for expression: Expression
  ) throws(NotUnderstood) {
    let converted = try converted(operand, to: type, for: expression)
    if converted.register != register {
      emit(.move, register, converted.register, origin: origin(expression.text, expression.place))
    }
  }

  private func commonType(_ left: Operand, _ right: Operand) -> CType? {
    if left.type == right.type { return left.type }
    if left.type.isInteger, right.type.isInteger { return left.type.commonType(with: right.type) }
    if left.type.isPointer, right.type == .opaque || right.type.isInteger || right.constant == 0 { return left.type }
    if right.type.isPointer, left.type == .opaque || left.type.isInteger || left.constant == 0 { return right.type }
    if left.type == .opaque, right.type.isInteger { return .unsignedLong }
    if right.type == .opaque, left.type.isInteger { return .unsignedLong }
    return nil
  }

  /// The truth of a condition that is the same in every run and that needs no evaluation.
  func constantTruth(of condition: Expression) -> Bool? {
    switch condition.kind {
    case .integer(let literal): return literal.bits != 0
    case .name("true"): return true
    case .name("false"), .name("NULL"): return false
    case .unary("!", let operand): return constantTruth(of: operand).map { !$0 }
    case .logical(let isConjunction, let left, let right):
      guard let first = constantTruth(of: left) else { return nil }
      return first == isConjunction ? constantTruth(of: right) : !isConjunction
    case .configQuestion(let question, let symbol):
      return configAnswer(question, symbol)
    case .call(let callee, let arguments) where callee.name == "likely" || callee.name == "unlikely":
      return arguments.count == 1 ? constantTruth(of: arguments[0]) : nil
    default: return nil
    }
  }

  /// The answer to `IS_ENABLED(CONFIG_X)` and its kin if the symbol is known.
  private func configAnswer(_ question: ConfigQuestion, _ symbol: Expression) -> Bool? {
    if case .integer(let literal) = symbol.kind { return literal.bits == 1 && question != .module }
    guard let name = symbol.name, name.hasPrefix(ConfigFacts.prefix) else { return nil }
    return interface.config[String(name.dropFirst(ConfigFacts.prefix.count))].map(question.answer)
  }

  /// `IS_ENABLED(CONFIG_X)` of a symbol that nobody decided: two facts, so that its kin agree with it.
  mutating func configFact(
    _ expression: Expression, _ question: ConfigQuestion, _ symbol: Expression
  ) throws(NotUnderstood) -> Operand {
    if let answer = configAnswer(question, symbol) { return constant(answer ? 1 : 0, .int) }
    guard let name = symbol.name, name.hasPrefix(ConfigFacts.prefix) else {
      throw notUnderstood("argument '\(symbol.text)' of '\(question.rawValue)'", at: symbol.place)
    }
    let enabled = fact("IS_ENABLED(\(name))", text: "IS_ENABLED(\(name))", at: expression.place, type: .int)
    if question == .enabled { return enabled }
    var module = fact("IS_MODULE(\(name))", text: "IS_MODULE(\(name))", at: expression.place, type: .int)
    if question != .module { module = compute(.not, module, module, type: .int, for: expression) }
    // Either is 0 or 1 at run time, so this is their conjunction without a fork of its own.
    let result = temporary()
    let (isFalse, end) = (label(), label())
    let origin = origin(expression.text, expression.place)
    jump(.jumpIfZero, to: isFalse, if: enabled.register, origin: origin)
    emit(.move, result, module.register, origin: origin)
    jump(.jump, to: end, origin: origin)
    bind(isFalse)
    emit(.move, result, constant(0, .int).register, origin: origin)
    bind(end)
    return Operand(register: result, type: .int)
  }
}
