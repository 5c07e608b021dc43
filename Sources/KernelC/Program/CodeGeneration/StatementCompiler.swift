/// Turns the statements of functions into instructions.
///
/// Only what can run is generated: the branches that constants rule out are parsed but not resolved.
struct StatementCompiler {
  private(set) var code: ExpressionCompiler
  private var loops = LoopLabels()

  init(_ expressions: ExpressionCompiler) {
    code = expressions
  }

  /// Adds the routine itself, before anything is compiled.
  mutating func addRoutine(_ parameters: [Statement.Variable]) {
    _ = code.addFunction(nil, parameters: parameters, resultType: .void)
  }

  /// Compiles the body of the present function.
  mutating func body(_ statements: [Statement], end: TextRange) throws(NotUnderstood) {
    code.beginBody()
    for statement in statements { try self.statement(statement) }
    let origin = code.origin("end of the function", end)
    if !code.function.resultType.isVoid { code.emit(.fresh, code.function.result, origin: origin) }
    emitReturn(origin: origin)
  }

  /// Goes on to the next function that something calls; nil behind the last.
  mutating func nextHelper() -> HelperFunction? {
    code.advanceToNextFunction() ? code.function.helper : nil
  }

  private mutating func emitReturn(origin: Int32) {
    if code.functions.current == 0 {
      code.emit(.finish, origin: origin)
    } else {
      code.emit(.returnToCaller, code.function.returnAddress, origin: origin)
    }
  }

  private mutating func statement(_ statement: Statement) throws(NotUnderstood) {
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
      throw code.notUnderstood("case label that is not at the top level of a 'switch'", at: place)
    case .breakOut(let place):
      guard let label = loops.breakLabel else { throw code.notUnderstood("'break' outside a loop", at: place) }
      code.jump(.jump, to: label, origin: code.origin("break", place))
    case .continueLoop(let place):
      guard let label = loops.continueLabel else { throw code.notUnderstood("'continue' outside a loop", at: place) }
      code.jump(.jump, to: label, origin: code.origin("continue", place))
    case .returnValue(let value, let place):
      try returnValue(value, place)
    }
  }

  private mutating func discard(_ expression: Expression) throws(NotUnderstood) {
    _ = try code.value(expression)
    code.releaseTemporaries()
  }

  private mutating func block(_ statements: [Statement]) throws(NotUnderstood) {
    code.openScope()
    for statement in statements { try self.statement(statement) }
    code.closeScope()
  }

  private mutating func declare(_ variable: Statement.Variable) throws(NotUnderstood) {
    guard !code.scopes.declares(variable.name) else {
      throw code.notUnderstood("second declaration of '\(variable.name)'", at: variable.place)
    }
    let register = code.variableRegister()
    if let expression = variable.initialValue {
      let value = try code.converted(try code.value(expression), to: variable.type, for: expression)
      code.emit(.move, register, value.register, origin: code.origin(expression.text, expression.place))
      code.releaseTemporaries()
    } else {
      let origin = code.origin(variable.name, variable.place, concernsPage: variable.type.mayPointIntoPage)
      code.emit(.fresh, register, origin: origin)
    }
    code.declare(variable, in: register)
  }

  private mutating func ifElse(
    _ condition: Expression, _ first: Statement, _ second: Statement?
  ) throws(NotUnderstood) {
    if let truth = code.constantTruth(of: condition) {
      // The other branch can never run; the kernel's compiler drops it as well.
      if truth { try block([first]) } else if let second { try block([second]) }
      return
    }
    let otherwise = code.label()
    try code.jump(to: otherwise, when: false, condition)
    code.releaseTemporaries()
    try block([first])
    guard let second else { return code.bind(otherwise) }
    let end = code.label()
    code.jump(.jump, to: end, origin: code.origin("else", condition.place))
    code.bind(otherwise)
    try block([second])
    code.bind(end)
  }

  private mutating func loop(
    first: Statement?, condition: Expression?, step: Expression?, body: Statement, place: TextRange
  ) throws(NotUnderstood) {
    code.openScope()
    if let first { try statement(first) }
    let (top, next, end) = (code.label(), code.label(), code.label())
    code.bind(top)
    if condition.map({ code.constantTruth(of: $0) == false }) != true {
      if let condition {
        try code.jump(to: end, when: false, condition)
        code.releaseTemporaries()
      }
      try loopBody(body, breakTo: end, continueTo: next)
      code.bind(next)
      if let step { try discard(step) }
      code.jump(.loopBack, to: top, origin: code.origin("loop", place))
    }
    code.bind(end)
    code.closeScope()
  }

  private mutating func doWhile(
    body: Statement, condition: Expression, place: TextRange
  ) throws(NotUnderstood) {
    let (top, next, end) = (code.label(), code.label(), code.label())
    code.bind(top)
    try loopBody(body, breakTo: end, continueTo: next)
    code.bind(next)
    if code.constantTruth(of: condition) != false {
      try code.jump(to: end, when: false, condition)
      code.releaseTemporaries()
      code.jump(.loopBack, to: top, origin: code.origin("loop", place))
    }
    code.bind(end)
  }

  private mutating func loopBody(
    _ body: Statement, breakTo end: InstructionBuffer.Label, continueTo next: InstructionBuffer.Label
  ) throws(NotUnderstood) {
    loops.enterLoop(breakTo: end, continueTo: next)
    try block([body])
    loops.leaveLoop()
  }

  private mutating func switchOver(_ subject: Expression, _ body: [Statement]) throws(NotUnderstood) {
    let value = try code.rvalue(subject)
    let type = value.type.isInteger ? value.type.promoted : .unsignedLong
    guard value.type.isInteger || value.type == .opaque else {
      throw code.notUnderstood("'switch' over something that is no integer", at: subject.place)
    }
    let operand = try code.converted(value, to: type, for: subject)
    let end = code.label()
    var fallback = end
    var labels: [InstructionBuffer.Label] = []
    for case .label(let expression, let place) in body {
      let label = code.label()
      labels.append(label)
      guard let expression else {
        fallback = label
        continue
      }
      let candidate = try code.converted(try code.value(expression), to: type, for: expression)
      guard candidate.constant != nil else { throw code.notUnderstood("case label that is not constant", at: place) }
      let question = code.origin("\(subject.text) == \(expression.text)", subject.place)
      let answer = code.temporary()
      code.emit(
        .compute, detail: Arithmetic.equal.rawValue, answer, operand.register, candidate.register, origin: question)
      code.jump(.jumpIfNotZero, to: label, if: answer, origin: question)
    }
    code.jump(.jump, to: fallback, origin: code.origin("switch", subject.place))
    code.releaseTemporaries()
    try switchBody(body, labels: labels, end: end)
    code.bind(end)
  }

  private mutating func switchBody(
    _ body: [Statement], labels: [InstructionBuffer.Label], end: InstructionBuffer.Label
  ) throws(NotUnderstood) {
    loops.enterSwitch(breakTo: end)
    code.openScope()
    var remaining = labels.makeIterator()
    for statement in body {
      if case .label = statement {
        if let label = remaining.next() { code.bind(label) }
      } else {
        try self.statement(statement)
      }
    }
    code.closeScope()
    loops.leaveSwitch()
  }

  private mutating func returnValue(_ expression: Expression?, _ place: TextRange) throws(NotUnderstood) {
    let function = code.function
    if let expression {
      let value = try code.value(expression)
      if !function.resultType.isVoid {
        let result = try code.converted(value, to: function.resultType, for: expression)
        code.emit(.move, function.result, result.register, origin: code.origin(expression.text, expression.place))
      }
      code.releaseTemporaries()
    } else if !function.resultType.isVoid {
      throw code.notUnderstood("'return' without a value", at: place)
    }
    emitReturn(origin: code.origin("return", place))
  }
}
