extension CodeGenerator {
  mutating func statement(_ statement: Statement) throws(NotUnderstood) {
    switch statement {
    case .empty: break
    case .expression(let expression):
      try discard(expression)
    case .declaration(let variables):
      for variable in variables { try declare(variable) }
    case .block(let statements):
      try block(statements)
    case .ifElse(let condition, let first, let second):
      try ifElse(condition, first, second)
    case .loop(let first, let condition, let step, let body, let place):
      try loop(first: first, condition: condition, step: step, body: body, place: place)
    case .doWhile(let body, let condition, let place):
      try doWhile(body: body, condition: condition, place: place)
    case .switchOver(let subject, let body):
      try switchOver(subject, body)
    case .label(_, let place):
      throw notUnderstood("case label that is not at the top level of a 'switch'", at: place)
    case .breakOut(let place):
      guard let label = breakLabels.last else { throw notUnderstood("'break' outside a loop", at: place) }
      buffer.jump(.jump, to: label, origin: origin("break", place))
    case .continueLoop(let place):
      guard let label = continueLabels.last else { throw notUnderstood("'continue' outside a loop", at: place) }
      buffer.jump(.jump, to: label, origin: origin("continue", place))
    case .returnValue(let value, let place):
      try returnValue(value, place)
    }
  }

  private mutating func discard(_ expression: Expression) throws(NotUnderstood) {
    _ = try value(expression)
    releaseTemporaries()
  }

  private mutating func block(_ statements: [Statement]) throws(NotUnderstood) {
    scopes.append([:])
    for statement in statements { try self.statement(statement) }
    closeScope()
  }

  private mutating func closeScope() {
    guard let scope = scopes.popLast() else { return }
    buffer.release(scope.values.map(\.register).sorted())
  }

  private mutating func declare(_ variable: Statement.Variable) throws(NotUnderstood) {
    guard let scope = scopes.last, scope[variable.name] == nil else {
      throw notUnderstood("second declaration of '\(variable.name)'", at: variable.place)
    }
    let register = buffer.register()
    if let expression = variable.initialValue {
      let value = try converted(try value(expression), to: variable.type, for: expression)
      buffer.emit(.move, register, value.register, origin: origin(expression.text, expression.place))
      releaseTemporaries()
    } else {
      let origin = origin(variable.name, variable.place, concernsPage: variable.type.mayPointIntoPage)
      buffer.emit(.fresh, register, origin: origin)
    }
    scopes[scopes.count - 1][variable.name] = Variable(register: register, type: variable.type)
  }

  private mutating func ifElse(
    _ condition: Expression, _ first: Statement, _ second: Statement?
  ) throws(NotUnderstood) {
    if let truth = constantTruth(of: condition) {
      // The other branch can never run; the kernel's compiler drops it as well.
      if truth { try block([first]) } else if let second { try block([second]) }
      return
    }
    let otherwise = buffer.label()
    try jump(to: otherwise, when: false, condition)
    releaseTemporaries()
    try block([first])
    guard let second else { return buffer.place(otherwise) }
    let end = buffer.label()
    buffer.jump(.jump, to: end, origin: origin("else", condition.place))
    buffer.place(otherwise)
    try block([second])
    buffer.place(end)
  }

  private mutating func loop(
    first: Statement?, condition: Expression?, step: Expression?, body: Statement, place: TextRange
  ) throws(NotUnderstood) {
    scopes.append([:])
    if let first { try statement(first) }
    let (top, next, end) = (buffer.label(), buffer.label(), buffer.label())
    buffer.place(top)
    if condition.map({ constantTruth(of: $0) == false }) != true {
      if let condition {
        try jump(to: end, when: false, condition)
        releaseTemporaries()
      }
      try loopBody(body, breakTo: end, continueTo: next)
      buffer.place(next)
      if let step { try discard(step) }
      buffer.jump(.loopBack, to: top, origin: origin("loop", place))
    }
    buffer.place(end)
    closeScope()
  }

  private mutating func doWhile(
    body: Statement, condition: Expression, place: TextRange
  ) throws(NotUnderstood) {
    let (top, next, end) = (buffer.label(), buffer.label(), buffer.label())
    buffer.place(top)
    try loopBody(body, breakTo: end, continueTo: next)
    buffer.place(next)
    if constantTruth(of: condition) != false {
      try jump(to: end, when: false, condition)
      releaseTemporaries()
      buffer.jump(.loopBack, to: top, origin: origin("loop", place))
    }
    buffer.place(end)
  }

  private mutating func loopBody(
    _ body: Statement, breakTo end: CodeBuffer.Label, continueTo next: CodeBuffer.Label
  ) throws(NotUnderstood) {
    breakLabels.append(end)
    continueLabels.append(next)
    try block([body])
    breakLabels.removeLast()
    continueLabels.removeLast()
  }

  private mutating func switchOver(_ subject: Expression, _ body: [Statement]) throws(NotUnderstood) {
    let value = try rvalue(subject)
    let type = value.type.isInteger ? value.type.promoted : .unsignedLong
    guard value.type.isInteger || value.type == .opaque else {
      throw notUnderstood("'switch' over something that is no integer", at: subject.place)
    }
    let operand = try converted(value, to: type, for: subject)
    let end = buffer.label()
    var fallback = end
    var labels: [CodeBuffer.Label] = []
    for case .label(let expression, let place) in body {
      let label = buffer.label()
      labels.append(label)
      guard let expression else {
        fallback = label
        continue
      }
      let candidate = try converted(try self.value(expression), to: type, for: expression)
      guard candidate.constant != nil else { throw notUnderstood("case label that is not constant", at: place) }
      let question = origin("\(subject.text) == \(expression.text)", subject.place)
      let answer = temporary()
      buffer.emit(
        .compute, detail: Arithmetic.equal.rawValue, answer, operand.register, candidate.register, origin: question)
      buffer.jump(.jumpIfNotZero, to: label, if: answer, origin: question)
    }
    buffer.jump(.jump, to: fallback, origin: origin("switch", subject.place))
    releaseTemporaries()
    try switchBody(body, labels: labels, end: end)
    buffer.place(end)
  }

  private mutating func switchBody(
    _ body: [Statement], labels: [CodeBuffer.Label], end: CodeBuffer.Label
  ) throws(NotUnderstood) {
    breakLabels.append(end)
    scopes.append([:])
    var remaining = labels.makeIterator()
    for statement in body {
      if case .label = statement {
        if let label = remaining.next() { buffer.place(label) }
      } else {
        try self.statement(statement)
      }
    }
    closeScope()
    breakLabels.removeLast()
  }

  private mutating func returnValue(_ expression: Expression?, _ place: TextRange) throws(NotUnderstood) {
    let function = functions[current]
    if let expression {
      let value = try value(expression)
      if !function.resultType.isVoid {
        let result = try converted(value, to: function.resultType, for: expression)
        buffer.emit(.move, function.result, result.register, origin: origin(expression.text, expression.place))
      }
      releaseTemporaries()
    } else if !function.resultType.isVoid {
      throw notUnderstood("'return' without a value", at: place)
    }
    emitReturn(origin: origin("return", place))
  }
}
