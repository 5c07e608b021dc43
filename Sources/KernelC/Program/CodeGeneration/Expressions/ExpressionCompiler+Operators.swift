extension ExpressionCompiler {
  mutating func unary(
    _ operation: String, _ operand: Expression, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    switch operation {
    case "*": return try load(try lvalue(expression), expression)
    case "&": return try address(of: try lvalue(operand), expression)
    case "!":
      if let truth = constantTruth(of: expression) { return constant(truth ? 1 : 0, .int) }
      let value = try scalar(operand)
      return compute(.not, value, value, type: .int, for: expression)
    default:
      let value = try rvalue(operand)
      guard value.type.isInteger || value.type == .opaque else {
        throw notUnderstood("operator '\(operation)' on something that is no integer", at: expression.place)
      }
      let promoted = try converted(value, to: integerType(of: value), for: operand)
      if operation == "+" { return promoted }
      let arithmetic: Arithmetic = operation == "-" ? .negate : .complement
      return compute(arithmetic, promoted, promoted, type: promoted.type, for: expression)
    }
  }

  /// The promoted type of an operand of integer arithmetic.
  private func integerType(of operand: Operand) -> CType {
    operand.type.isInteger ? operand.type.promoted : .unsignedLong
  }

  mutating func binary(
    _ operation: String, _ left: Operand, _ right: Operand, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    if left.type.isPointer || right.type.isPointer {
      return try pointerBinary(operation, left, right, expression)
    }
    guard left.type.isInteger || left.type == .opaque, right.type.isInteger || right.type == .opaque else {
      throw notUnderstood("operator '\(operation)' on something that is no integer", at: expression.place)
    }
    let (leftType, rightType) = (integerType(of: left), integerType(of: right))
    let isShift = operation == "<<" || operation == ">>"
    let type = isShift ? leftType : leftType.commonType(with: rightType)
    var a = try converted(left, to: type, for: expression)
    var b = try converted(right, to: isShift ? rightType : type, for: expression)
    var spelling = operation
    if operation == ">" || operation == ">=" {
      (a, b, spelling) = (b, a, operation == ">" ? "<" : "<=")
    }
    guard let arithmetic = Arithmetic(binary: spelling, type: type) else {
      throw notUnderstood("operator '\(operation)'", at: expression.place)
    }
    if let x = a.constant, let y = b.constant, arithmetic.result(x, y) == nil {
      throw undefinedResult(of: operation, at: expression.place)
    }
    return compute(arithmetic, a, b, type: arithmetic.isComparison ? .int : type, for: expression)
  }

  private func undefinedResult(of operation: String, at place: TextRange) -> NotUnderstood {
    notUnderstood("undefined result of '\(operation)' (division by zero or shift by too much)", at: place)
  }

  mutating func step(
    _ operation: String, _ target: Expression, isPrefix: Bool, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let place = try lvalue(target)
    var old = try load(place, target)
    if !isPrefix {
      let copy = temporary()
      emit(.move, copy, old.register, origin: origin(expression.text, expression.place))
      old.register = copy
    }
    let new = try binary(operation, old, constant(1, .int), expression)
    let stored = try store(new, to: place, expression)
    return isPrefix ? stored : old
  }

  mutating func assignment(
    _ operation: String?, _ target: Expression, _ source: Expression, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let place = try lvalue(target)
    guard let operation else { return try store(try rvalue(source), to: place, expression) }
    let operand = try rvalue(source)
    return try store(try binary(operation, try load(place, target), operand, expression), to: place, expression)
  }

  mutating func cast(
    _ operand: Operand, to type: CType, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    if type.isVoid { return Operand(register: InstructionBuffer.scratch, type: .void) }
    if !type.isPointer, type.base == .page || type.base == .folio {
      throw notUnderstood("cast to a structure", at: expression.place)
    }
    return try converted(operand, to: type, for: expression)
  }

  mutating func sizeOf(_ type: CType, _ expression: Expression) throws(NotUnderstood) -> Operand {
    guard let size = type.size(structPageSize: interface.structPageSize) else {
      throw notUnderstood("size of a type that is not known", at: expression.place)
    }
    return constant(size, .unsignedLong)
  }

  /// The type of the operand of `sizeof`, which is not evaluated: only names and what is found through them.
  func typeOnly(_ expression: Expression) throws(NotUnderstood) -> CType {
    switch expression.kind {
    case .name(let name):
      if let variable = variable(name) { return variable.type }
    case .unary("*", let operand):
      let type = try typeOnly(operand)
      if type.isPointer { return type.pointee }
    case .integer(let literal): return literal.type
    case .member(let base, let name, _) where name == "flags":
      let type = try typeOnly(base)
      if type.isPagePointer || type.base == .page || type.base == .folio { return .unsignedLong }
    default: break
    }
    throw notUnderstood("'sizeof' of this expression", at: expression.place)
  }
}
