extension ExpressionCompiler {
  mutating func callKernelFunction(
    _ function: KernelFunction, _ arguments: [Expression], _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    switch function.effect {
    case .modifyBit(let modification, let returnsOldBit):
      let result = try bitOperation(modification, function.name, arguments, expression)
      return returnsOldBit ? result : Operand(register: InstructionBuffer.scratch, type: .void)
    case .testBit:
      return try bitOperation(nil, function.name, arguments, expression)
    case .readOnce:
      return try load(try lvalue(arguments[0]), arguments[0])
    case .writeOnce:
      let object = try lvalue(arguments[0])
      return try store(try rvalue(arguments[1]), to: object, expression)
    case .truthOfArgument:
      let value = try scalar(arguments[0])
      for argument in arguments.dropFirst() { _ = try self.value(argument) }
      return compute(.truth, value, value, type: .int, for: arguments[0])
    case .identity(let identity):
      return try callIdentity(identity, function.name, arguments, expression)
    case .folioProperty(let identity):
      return try folioProperty(identity, function.name, arguments[0], expression)
    case .fresh(let type):
      for argument in arguments { _ = try value(argument) }
      return fresh(type, for: expression)
    case .stable(let type):
      return try stableFact(arguments, expression, type: type)
    case .staticKey:
      return try staticKey(arguments[0], expression)
    case .objectOnly:
      return try objectOnly(function.name, arguments[0], expression)
    }
  }

  /// A bit operation; without a modification it only tests.
  private mutating func bitOperation(
    _ modification: BitModification?, _ name: String, _ arguments: [Expression], _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let number = try converted(try rvalue(arguments[0]), to: .long, for: arguments[0])
    let address = try rvalue(arguments[1])
    let origin = origin(expression.text, expression.place, operation: name, concernsPage: true)
    let result = temporary()
    if address.type == .opaque, modification != nil {
      throw notUnderstood(
        "'\(name)()' through an unknown pointer that may point to a struct page", at: arguments[1].place)
    }
    if address.type == .opaquePointer || address.type == .opaque {
      // Bits of an object that is no struct page, or a load that changes nothing.
      if modification == nil {
        emit(.loadOpaque, result, address.register, origin: origin)
      } else {
        emit(.storeOpaque, address.register, origin: origin)
        emit(.fresh, result, origin: origin)
      }
      return Operand(register: result, type: .bool)
    }
    guard address.type.isPointer else {
      throw notUnderstood("address of '\(name)()' that is no pointer", at: arguments[1].place)
    }
    note(.bitNumber(number.constant))
    if let modification {
      emit(
        .modifyBit, detail: modification.rawValue, result, number.register, address.register, origin: origin)
    } else {
      emit(.testBit, result, number.register, address.register, origin: origin)
    }
    return Operand(register: result, type: .bool)
  }

  /// The argument as a pointer to a struct page or folio.
  mutating func pagePointer(_ argument: Expression, of name: String) throws(NotUnderstood) -> Operand {
    let pointer = try rvalue(argument)
    if pointer.type.isPagePointer { return pointer }
    if pointer.type == .opaque { return try converted(pointer, to: .pagePointer, for: argument) }
    throw notUnderstood("argument of '\(name)()' that is no pointer to a struct page", at: argument.place)
  }

  private mutating func callIdentity(
    _ identity: KernelFunction.PageIdentity, _ name: String, _ arguments: [Expression], _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    switch identity {
    case .pageOfPTE, .frameOfPTE:
      let pte = try converted(try rvalue(arguments[0]), to: .pte, for: arguments[0])
      note(.identity(identity, of: pte.type))
      if identity == .pageOfPTE { return pte.retyped(.pagePointer) }
      return question(.frameOfPage, pte, .unsignedLong, name, expression)
    case .pageOfFrame, .folioOfFrame:
      let frame = try converted(try rvalue(arguments[0]), to: .unsignedLong, for: arguments[0])
      note(.identity(identity, of: frame.type))
      let page = question(.pageOfFrame, frame, .pagePointer, name, expression)
      return identity == .pageOfFrame ? page : question(.compoundHead, page, .folioPointer, name, expression)
    case .following:
      let page = try pagePointer(arguments[0], of: name).retyped(.pagePointer)
      return try moved(page, by: try rvalue(arguments[1]), .add, expression)
    default:
      let page = try pagePointer(arguments[0], of: name)
      note(.identity(identity, of: page.type))
      return try property(identity, of: page, name, expression)
    }
  }

  /// A property of a folio; ends the path if the pointer, made by a cast, is that of a tail.
  ///
  /// What the kernel would answer differs by version: `folio_test_hugetlb()` of v6.1 looks at the struct page behind
  /// the given one, that of v6.12 at the type of the given one itself (include/linux/page-flags.h).
  private mutating func folioProperty(
    _ identity: KernelFunction.PageIdentity, _ name: String, _ argument: Expression, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    var folio = try rvalue(argument)
    if folio.type == .opaque { folio = try converted(folio, to: .folioPointer, for: argument) }
    guard folio.type == .folioPointer else {
      throw notUnderstood(
        "argument of '\(name)()' that is no pointer to a folio", at: argument.place,
        help: ["use page_folio() to find the folio of a page"])
    }
    note(.identity(identity, of: folio.type))
    note(.asHead)
    let head = question(.compoundHead, folio, .folioPointer, name, expression)
    let isHead = compute(.equal, head, folio, type: .int, for: expression)
    // No result if the divisor is 0, which ends the path as not understood.
    let origin = origin("\(name)() of a struct page that is no head", argument.place)
    emit(
      .compute, detail: Arithmetic.divideUnsigned.rawValue, temporary(), isHead.register, isHead.register,
      origin: origin)
    return try property(identity, of: folio, name, expression)
  }

  private mutating func property(
    _ identity: KernelFunction.PageIdentity, of page: Operand, _ name: String, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    switch identity {
    case .compoundHead: return question(.compoundHead, page, .pagePointer, name, expression)
    case .folioOfPage: return question(.compoundHead, page, .folioPointer, name, expression)
    case .isHuge: return question(.pageHuge, page, .int, name, expression)
    case .frameOfPage: return question(.frameOfPage, page, .unsignedLong, name, expression)
    case .count: return question(.compoundPages, page, .unsignedLong, name, expression)
    case .order:
      let count = question(.compoundPages, page, .unsignedLong, name, expression)
      return compute(.binaryLogarithm, count, count, type: .unsignedInt, for: expression)
    case .bytes:
      let count = question(.compoundPages, page, .unsignedLong, name, expression)
      let shift = constant(UInt64(max(0, min(63, interface.pageShift))), .int)
      return compute(.shiftLeft, count, shift, type: .unsignedLong, for: expression)
    default:
      return try headTest(identity, of: page, name, expression)
    }
  }

  /// `PageHead`, `PageTail` and `PageCompound`, which see through fake heads (include/linux/page-flags.h).
  private mutating func headTest(
    _ identity: KernelFunction.PageIdentity, of page: Operand, _ name: String, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let head = question(.compoundHead, page, .pagePointer, name, expression)
    let isTail = compute(.notEqual, head, page, type: .int, for: expression)
    if identity == .isTail { return isTail }
    guard let bit = interface.pageFlags["PG_head"] else { throw unknownName("PG_head", at: expression.place) }
    let address = flagsAddress(of: page, expression)
    let number = constant(UInt64(bitPattern: Int64(bit)), .int)
    let flag = temporary()
    let origin = origin(expression.text, expression.place, operation: name, concernsPage: true)
    emit(.testBit, flag, number.register, address.register, origin: origin)
    let hasFlag = Operand(register: flag, type: .int)
    if identity == .isCompound { return compute(.or, isTail, hasFlag, type: .int, for: expression) }
    let isOwnHead = compute(.not, isTail, isTail, type: .int, for: expression)
    return compute(.and, isOwnHead, hasFlag, type: .int, for: expression)
  }

  private mutating func question(
    _ operation: Instruction.Operation, _ operand: Operand, _ type: CType, _ name: String, _ expression: Expression
  ) -> Operand {
    let result = temporary()
    let origin = origin(expression.text, expression.place, operation: name, concernsPage: type.mayPointIntoPage)
    emit(operation, result, operand.register, origin: origin)
    return Operand(register: result, type: type)
  }

  /// `static_branch_*(&key)`: a predicate of the interface if it lists the key, else a fact named by the key.
  private mutating func staticKey(_ argument: Expression, _ expression: Expression) throws(NotUnderstood) -> Operand {
    guard case .unary("&", let object) = argument.kind else {
      throw notUnderstood("static key '\(argument.text)'", at: argument.place, help: ["pass it as &key"])
    }
    if let name = object.name, interface.predicates.contains(name) { return predicate(name, expression) }
    if let name = object.name, variable(name) != nil {
      throw notUnderstood("static key '\(name)' that is a local variable", at: argument.place)
    }
    return fact("static key \(object.text)", text: expression.text, at: expression.place, type: .bool)
  }

  /// A lock: the address of a global that is declared nowhere, or an object that is no struct page.
  private mutating func objectOnly(
    _ name: String, _ argument: Expression, _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let done = Operand(register: InstructionBuffer.scratch, type: .void)
    if case .unary("&", let object) = argument.kind, let global = object.name, variable(global) == nil { return done }
    let pointer = try rvalue(argument)
    guard pointer.type == .opaquePointer || pointer.type == .opaque else {
      throw notUnderstood("argument of '\(name)()' that may lie in a struct page", at: argument.place)
    }
    emit(
      .storeOpaque, pointer.register,
      origin: origin(expression.text, expression.place, operation: name, concernsPage: true)
    )
    return done
  }
}
