import Diagnostics

extension ExpressionCompiler {
  /// A call, looked up in this order: a helper of the text, a kernel function, a flag accessor, a predicate, a function
  /// with a declared effect.
  mutating func call(
    _ callee: Expression, _ arguments: [Expression], _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    guard let name = callee.name, variable(name) == nil else {
      throw notUnderstood("call through a function pointer", at: callee.place)
    }
    if let helper = helpers[name] { return try callHelper(helper, arguments, expression) }
    if let function = KernelFunctionTable.byName[name] {
      guard function.arguments.contains(arguments.count) else {
        throw wrongCount(name, arguments.count, expected: function.arguments.lowerBound, at: callee.place)
      }
      return try callKernelFunction(function, arguments, expression)
    }
    if let accessor = PageFlagAccessor(name, flags: interface.pageFlags) {
      return try callAccessor(accessor, name, arguments, expression)
    }
    if interface.predicates.contains(name) {
      guard arguments.isEmpty else { throw wrongCount(name, arguments.count, expected: 0, at: callee.place) }
      return predicate(name, expression)
    }
    if let effect = interface.effects[name] { return try callDeclared(name, effect, arguments, callee, expression) }
    throw unknownCall(name, at: callee.place)
  }

  private func wrongCount(_ name: String, _ count: Int, expected: Int, at place: TextRange) -> NotUnderstood {
    notUnderstood("'\(name)()' takes \(expected) argument\(expected == 1 ? "" : "s"), not \(count)", at: place)
  }

  private func unknownCall(_ name: String, at place: TextRange) -> NotUnderstood {
    var known = Set(KernelFunctionTable.byName.keys).union(helpers.keys).union(interface.predicates)
    known.formUnion(interface.effects.keys)
    return notUnderstood(
      "cannot model '\(name)()'", at: place,
      help: didYouMean(name, among: known.sorted()) + ["declare its effect: calls: {\(name): no-store}"])
  }

  mutating func predicate(_ name: String, _ expression: Expression) -> Operand {
    let result = temporary()
    emit(.predicate, result, predicateNumber(name), origin: origin(expression.text, expression.place))
    return Operand(register: result, type: .bool)
  }

  // MARK: Helpers

  private mutating func callHelper(
    _ helper: HelperFunction, _ arguments: [Expression], _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    let index = try helperIndex(helper)
    let function = functions.functions[index]
    guard function.parameters.count == arguments.count else {
      throw wrongCount(
        helper.name.text, arguments.count, expected: function.parameters.count, at: expression.place)
    }
    var values: [Operand] = []
    for (argument, parameter) in zip(arguments, function.parameters) {
      // A copy, because a later argument may call the same function or change a variable.
      let value = try converted(try rvalue(argument), to: parameter.type, for: argument)
      let copy = temporary()
      emit(.move, copy, value.register, origin: origin(argument.text, argument.place))
      values.append(Operand(register: copy, type: parameter.type))
    }
    let origin = origin(expression.text, expression.place, operation: "\(helper.name.text)()")
    for (value, register) in zip(values, function.parameterRegisters) {
      emit(.move, register, value.register, origin: origin)
    }
    noteCall(of: index, at: expression.place)
    emit(.call, Int32(index), function.returnAddress, origin: origin)
    if function.resultType.isVoid { return Operand(register: InstructionBuffer.scratch, type: .void) }
    let result = temporary()
    emit(.move, result, function.result, origin: origin)
    return Operand(register: result, type: function.resultType)
  }

  private mutating func helperIndex(_ helper: HelperFunction) throws(NotUnderstood) -> Int {
    if let index = functions.index(of: helper.name.text) { return index }
    var typeParser = Parser(helper.returnType, texts: texts)
    let result = try typeParser.pointers(to: try typeParser.declarationSpecifiers())
    if typeParser.current.kind != .end { throw typeParser.unexpected(expecting: "the name of a function") }
    var parser = Parser(helper.parameters, texts: texts)
    let parameters = try parser.parameterList()
    return addFunction(helper, parameters: parameters, resultType: result)
  }

  // MARK: Flag accessors

  private mutating func callAccessor(
    _ accessor: PageFlagAccessor, _ name: String, _ arguments: [Expression], _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    guard arguments.count == 1 else { throw wrongCount(name, arguments.count, expected: 1, at: expression.place) }
    guard accessor.isSure else {
      throw notUnderstood(
        "'\(name)()', which may redirect to the head page", at: expression.place,
        help: ["write set_bit(), clear_bit() or test_bit() on the flags of the struct page that it uses"])
    }
    let pointer = try pagePointer(arguments[0], of: name)
    guard !accessor.takesFolio || pointer.type.base != .page else {
      throw notUnderstood("a struct page as the argument of '\(name)()'", at: arguments[0].place)
    }
    let address = flagsAddress(of: pointer, expression)
    let bit = constant(UInt64(bitPattern: Int64(interface.pageFlags[accessor.flag] ?? 0)), .int)
    note(.bitNumber(bit.constant))
    let origin = origin(expression.text, expression.place, operation: name, concernsPage: true)
    let result = temporary()
    switch accessor.operation {
    case .test:
      emit(.testBit, result, bit.register, address.register, origin: origin)
      return Operand(register: result, type: .int)
    case .modify(let modification, let returnsOldBit):
      emit(.modifyBit, detail: modification.rawValue, result, bit.register, address.register, origin: origin)
      return Operand(register: result, type: returnsOldBit ? .int : .void)
    }
  }

  // MARK: Declared effects

  private mutating func callDeclared(
    _ name: String, _ effect: DeclaredEffect, _ arguments: [Expression], _ callee: Expression,
    _ expression: Expression
  ) throws(NotUnderstood) -> Operand {
    trust(name, effect, at: callee.place)
    if effect == .stable { return try stableFact(arguments, expression, type: .opaque) }
    var values: [Operand] = []
    for argument in arguments { values.append(try value(argument)) }
    if effect == .writesPage {
      guard let target = values.first(where: { $0.type.mayPointIntoPage || $0.type == .pte }) else {
        throw notUnderstood("struct page that '\(name)()' writes: no argument points to one", at: callee.place)
      }
      let pointsToPage = target.type.isPagePointer || target.type == .pte
      let address = pointsToPage ? flagsAddress(of: target, expression) : target
      let origin = origin(expression.text, expression.place, operation: name, concernsPage: true)
      emit(.touch, address.register, origin: origin)
    }
    return fresh(.opaque, for: expression)
  }

  /// A fact that is the same at each call: recognised by its text, so its arguments must not vary within a run.
  mutating func stableFact(
    _ arguments: [Expression], _ expression: Expression, type: CType
  ) throws(NotUnderstood) -> Operand {
    if arguments.allSatisfy(isInvariant) {
      return fact(expression.text, text: expression.text, at: expression.place, type: type)
    }
    for argument in arguments { _ = try value(argument) }
    return fresh(type, for: expression)
  }

  /// Whether an expression consists of constants and names that are no local variables.
  private func isInvariant(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .integer, .sizeOfType: true
    case .name(let name): variable(name) == nil
    case .unary(let operation, let operand): operation != "*" && isInvariant(operand)
    case .binary(_, let left, let right): isInvariant(left) && isInvariant(right)
    case .cast(_, let operand): isInvariant(operand)
    default: false
    }
  }
}
