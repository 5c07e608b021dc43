extension ExpressionCompiler {
  /// The operand as a value of another type, by assignment or cast.
  mutating func converted(
    _ operand: Operand, to type: CType, for expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let from = operand.type
    if from == type { return operand }
    if from.isVoid { throw notUnderstood("value of a void expression", at: expression.place) }
    // A PTE carries the struct page that it maps; as a number it is not modelled.
    if from == .pte || (type == .pte && from != .opaque) {
      throw notUnderstood("conversion of a pte_t", at: expression.place)
    }
    note(.conversion(of: operand, to: type))
    if type.isInteger { return try convertedToInteger(operand, type, expression) }
    if from.mayPointIntoPage, !type.mayPointIntoPage, operand.constant == nil {
      return compute(.reinterpretPage, operand, operand, type: type, for: expression)
    }
    return operand.retyped(type)
  }

  private mutating func convertedToInteger(
    _ operand: Operand, _ type: CType, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    if operand.type.isInteger, type.holdsEveryValue(of: operand.type) { return operand.retyped(type) }
    guard let narrowing = type.narrowing else {
      guard operand.type.mayPointIntoPage, operand.constant == nil else { return operand.retyped(type) }
      return compute(.reinterpretPage, operand, operand, type: type, for: expression)
    }
    return compute(narrowing, operand, operand, type: type, for: expression)
  }

  /// An operator with a pointer on at least one side.
  mutating func pointerBinary(
    _ operation: String, _ left: Operand, _ right: Operand, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    switch operation {
    case "+", "-":
      if left.type.isPointer, right.type.isPointer {
        if operation == "-" { return try difference(left, right, expression) }
      } else if left.type.isPointer {
        return try moved(left, by: right, operation == "+" ? .add : .subtract, expression)
      } else if operation == "+" {
        return try moved(right, by: left, .add, expression)
      }
    case "==", "!=", "<", "<=":
      return try comparison(operation, left, right, expression)
    case ">", ">=":
      return try comparison(operation == ">" ? "<" : "<=", right, left, expression)
    default: break
    }
    throw notUnderstood("operator '\(operation)' on a pointer", at: expression.place)
  }

  private mutating func comparison(
    _ operation: String, _ left: Operand, _ right: Operand, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    guard [left, right].allSatisfy({ $0.type.isPointer || $0.type.isInteger || $0.type == .opaque }),
      let arithmetic = Arithmetic(binary: operation, type: .unsignedLong)
    else { throw notUnderstood("operator '\(operation)' on this pair", at: expression.place) }
    note(.comparison(left, right))
    return compute(arithmetic, left, right, type: .int, for: expression)
  }

  private mutating func difference(
    _ left: Operand, _ right: Operand, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    note(.arithmetic(on: left.type, offset: nil))
    note(.arithmetic(on: right.type, offset: nil))
    let size = try elementSize(of: left.type, expression)
    let bytes = compute(.subtract, left, right, type: .long, for: expression)
    return compute(.divideSigned, bytes, constant(size, .long), type: .long, for: expression)
  }

  /// Pointer arithmetic: scaled by the size of what the pointer points to.
  mutating func moved(
    _ pointer: Operand, by count: Operand, _ operation: Arithmetic, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    guard count.type.isInteger || count.type == .opaque else {
      throw notUnderstood("pointer arithmetic with something that is no integer", at: expression.place)
    }
    note(.arithmetic(on: pointer.type, offset: count.constant))
    if count.constant == 0 { return pointer }
    let size = try elementSize(of: pointer.type, expression)
    let bytes = compute(
      .multiply, count.retyped(.unsignedLong), constant(size, .unsignedLong), type: .unsignedLong, for: expression)
    return compute(operation, pointer, bytes, type: pointer.type, for: expression)
  }

  private func elementSize(of type: CType, _ expression: Expression) throws(NotUnderstood) -> UInt64 {
    guard let size = type.pointee.size(structPageSize: interface.structPageSize) else {
      throw notUnderstood("arithmetic on a pointer to a type of unknown size", at: expression.place)
    }
    return size
  }
}
