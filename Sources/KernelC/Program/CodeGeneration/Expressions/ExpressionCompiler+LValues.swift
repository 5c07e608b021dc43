import Diagnostics

extension ExpressionCompiler {
  /// Offset of `compound_head` in struct page (include/linux/mm_types.h: the first word behind `flags`).
  private static let compoundHeadOffset: UInt64 = 8

  /// The object that an expression designates.
  mutating func lvalue(_ expression: Expression) throws(NotUnderstood) -> LValue {
    switch expression.kind {
    case .name(let name):
      guard let variable = variable(name) else { throw unknownName(name, at: expression.place) }
      return .variable(register: variable.register, variable.type)
    case .unary("*", let pointer):
      return try object(at: try rvalue(pointer), expression)
    case .element(let base, let subscripted):
      let pointer = try rvalue(base)
      let index = try rvalue(subscripted)
      // Nothing is known of the layout behind an opaque pointer, and nothing needs to be: it is no struct page.
      if pointer.type == .opaquePointer { return .opaque(pointer) }
      if pointer.type == .opaque { return .unknown(pointer) }
      guard pointer.type.isPointer else {
        throw notUnderstood("subscript of something that is no pointer", at: expression.place)
      }
      return try object(at: try moved(pointer, by: index, .add, expression), expression)
    case .member(let base, let name, let throughPointer):
      let whole = throughPointer ? try object(at: try rvalue(base), base) : try lvalue(base)
      return try member(name, of: whole, expression)
    default:
      throw notUnderstood("'\(expression.text)' where an object is needed", at: expression.place)
    }
  }

  private func object(at pointer: Operand, _ expression: Expression) throws(NotUnderstood) -> LValue {
    if pointer.type == .opaque { return .unknown(pointer) }
    guard pointer.type.isPointer else {
      throw notUnderstood("dereference of something that is no pointer", at: expression.place)
    }
    let type = pointer.type.pointee
    if type.isPointer { return .word(pointer, type) }
    switch type.base {
    case .page, .folio: return .page(pointer)
    case .pte: return .pte(pointer)
    case .opaque: return .opaque(pointer)
    case .integer where type.bits == 64: return .word(pointer, type)
    case .integer: throw notUnderstood("access of \(max(8, type.bits)) bits through a pointer", at: expression.place)
    case .void: throw notUnderstood("dereference of a void pointer", at: expression.place)
    }
  }

  private mutating func member(
    _ name: String, of whole: LValue, _ expression: Expression
  ) throws(NotUnderstood) -> LValue {
    switch whole {
    case .page(let pointer):
      let isFolio = pointer.type.base == .folio
      switch name {
      case "flags": return .flags(offset(pointer, by: interface.flagsOffset, expression))
      case "compound_head" where !isFolio:
        return .word(offset(pointer, by: Self.compoundHeadOffset, expression), .unsignedLong)
      case "page" where isFolio: return .page(pointer.retyped(.pagePointer))
      default:
        let known = isFolio ? ["flags", "page"] : ["flags", "compound_head"]
        throw notUnderstood(
          "member '\(name)' of struct \(isFolio ? "folio" : "page")", at: expression.place,
          help: didYouMean(name, among: known))
      }
    // Since v6.18 the flags word is the member `f` of a structure (memdesc_flags_t, include/linux/mm_types.h).
    case .flags where name == "f": return whole
    case .opaque, .unknown: return whole
    default: throw notUnderstood("member '\(name)' of this object", at: expression.place)
    }
  }

  private mutating func offset(_ pointer: Operand, by offset: UInt64, _ expression: Expression) -> Operand {
    if offset == 0 { return pointer.retyped(.wordPointer) }
    let distance = constant(offset, .unsignedLong)
    return compute(.add, pointer, distance, type: .wordPointer, for: expression)
  }

  /// The address of the flags word of the struct page or folio at `pointer`.
  mutating func flagsAddress(of pointer: Operand, _ expression: Expression) -> Operand {
    offset(pointer, by: interface.flagsOffset, expression)
  }

  mutating func address(of object: LValue, _ expression: Expression) throws(NotUnderstood) -> Operand {
    switch object {
    case .variable: throw notUnderstood("address of a local variable", at: expression.place)
    case .flags(let address): return address
    case .word(let address, let type): return address.retyped(type.pointer())
    case .page(let pointer): return pointer
    case .pte(let pointer): return pointer
    // Wherever it points to, it is inside an object that is no struct page, so any unknown address stands for it.
    case .opaque(let pointer):
      emit(.loadOpaque, InstructionBuffer.scratch, pointer.register, origin: accessOrigin("address in", expression))
      return fresh(.opaquePointer, for: expression)
    case .unknown: return fresh(.wordPointer, for: expression)
    }
  }

  mutating func load(_ object: LValue, _ expression: Expression) throws(NotUnderstood) -> Operand {
    switch object {
    case .variable(let register, let type): return Operand(register: register, type: type)
    case .flags(let address): return load(.unsignedLong, at: address, expression)
    case .word(let address, let type): return load(type, at: address, expression)
    case .page: throw notUnderstood("a whole struct page as a value", at: expression.place)
    case .pte(let pointer): return pointer.retyped(.pte)
    case .opaque(let pointer), .unknown(let pointer):
      let result = temporary()
      emit(.loadOpaque, result, pointer.register, origin: accessOrigin("load of", expression))
      return Operand(register: result, type: .opaque)
    }
  }

  private mutating func load(_ type: CType, at address: Operand, _ expression: Expression) -> Operand {
    let result = temporary()
    let origin = accessOrigin("load of", expression, concernsPage: type.mayPointIntoPage)
    emit(.load, result, address.register, origin: origin)
    return Operand(register: result, type: type)
  }

  /// Stores a value; the result is the value as the object holds it.
  mutating func store(
    _ value: Operand, to object: LValue, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    switch object {
    case .variable(let register, let type):
      let value = try converted(value, to: type, for: expression)
      emit(.move, register, value.register, origin: origin(expression.text, expression.place))
      return Operand(register: register, type: type)
    case .flags(let address):
      return try store(value, .unsignedLong, at: address, expression)
    case .word(let address, let type):
      return try store(value, type, at: address, expression)
    case .opaque(let pointer):
      emit(.storeOpaque, pointer.register, origin: accessOrigin("store by", expression))
      return value
    case .unknown:
      throw notUnderstood("store through an unknown pointer that may point to a struct page", at: expression.place)
    case .page: throw notUnderstood("assignment of a whole struct page", at: expression.place)
    case .pte: throw notUnderstood("store to a PTE", at: expression.place)
    }
  }

  private mutating func store(
    _ value: Operand, _ type: CType, at address: Operand, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let value = try converted(value, to: type, for: expression)
    emit(.store, address.register, value.register, origin: accessOrigin("store by", expression))
    return value
  }

  private mutating func accessOrigin(
    _ access: String, _ expression: Expression, concernsPage: Bool = true
  ) -> Int32 {
    origin(
      expression.text, expression.place, operation: "\(access) '\(expression.text)'", concernsPage: concernsPage)
  }
}
