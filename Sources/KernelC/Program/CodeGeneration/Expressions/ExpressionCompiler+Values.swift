import Diagnostics

extension ExpressionCompiler {
  /// Constants of the kernel (include/linux/mm.h).
  private static let constants: [String: UInt64] = [
    "true": 1, "false": 0, "VM_READ": 1, "VM_WRITE": 2, "VM_EXEC": 4, "VM_SHARED": 8, "VM_MAYSHARE": 0x80,
  ]

  /// Generates the value of an expression; the result may be of type `void`.
  mutating func value(_ expression: Expression) throws(NotUnderstood) -> Operand {
    switch expression.kind {
    case .integer(let literal): return constant(literal.bits, literal.type)
    case .string: return fresh(.opaquePointer, for: expression)
    case .name(let name): return try named(name, expression)
    case .unary(let operation, let operand): return try unary(operation, operand, expression)
    case .step(let operation, let target, let isPrefix):
      return try step(operation, target, isPrefix: isPrefix, expression)
    case .binary(let operation, let left, let right):
      return try binary(operation, try rvalue(left), try rvalue(right), expression)
    case .logical:
      if let truth = constantTruth(of: expression) { return constant(truth ? 1 : 0, .int) }
      return try truthValue(of: expression)
    case .conditional(let condition, let first, let second):
      return try conditionalValue(expression, condition, first, second)
    case .assignment(let operation, let target, let source):
      return try assignment(operation, target, source, expression)
    case .cast(let type, let operand):
      return try cast(try value(operand), to: type, expression)
    case .sizeOfType(let type): return try sizeOf(type, expression)
    case .sizeOfValue(let operand): return try sizeOf(try typeOnly(operand), expression)
    case .call(let callee, let arguments): return try call(callee, arguments, expression)
    case .member, .element: return try load(try lvalue(expression), expression)
    case .comma(let first, let second):
      _ = try value(first)
      return try value(second)
    case .configQuestion(let question, let symbol):
      return try configFact(expression, question, symbol)
    }
  }

  /// A value that is not void.
  mutating func rvalue(_ expression: Expression) throws(NotUnderstood) -> Operand {
    let operand = try value(expression)
    if operand.type.isVoid { throw notUnderstood("value of a void expression", at: expression.place) }
    return operand
  }

  /// A value that a condition may test.
  mutating func scalar(_ expression: Expression) throws(NotUnderstood) -> Operand {
    let operand = try rvalue(expression)
    guard operand.type.isScalar || operand.type == .opaque else {
      throw notUnderstood("condition that is no number or pointer", at: expression.place)
    }
    return operand
  }

  mutating func fresh(_ type: CType, for expression: Expression) -> Operand {
    if type.isVoid { return Operand(register: InstructionBuffer.scratch, type: .void) }
    let result = temporary()
    let origin = origin(expression.text, expression.place, concernsPage: type.mayPointIntoPage)
    emit(.fresh, result, origin: origin)
    return Operand(register: result, type: type)
  }

  /// A fact with one value per path; equal keys are the same fact.
  mutating func fact(_ key: String, text: String, at place: TextRange, type: CType) -> Operand {
    let number = factNumber(key)
    let result = temporary()
    emit(.stable, result, number, origin: origin(text, place, concernsPage: type.mayPointIntoPage))
    return Operand(register: result, type: type)
  }

  /// Emits an operation, or computes it now if the operands are constants; the result is narrowed to `type`.
  mutating func compute(
    _ operation: Arithmetic, _ left: Operand, _ right: Operand, type: CType, for expression: Expression
  ) -> Operand {
    if let a = left.constant, let b = right.constant, let bits = operation.result(a, b) {
      return constant(type.narrowing?.result(bits, 0) ?? bits, type)
    }
    let concernsPage = left.type.mayPointIntoPage || right.type.mayPointIntoPage
    let origin = origin(expression.text, expression.place, concernsPage: concernsPage)
    let result = temporary()
    emit(.compute, detail: operation.rawValue, result, left.register, right.register, origin: origin)
    if let narrowing = type.narrowing, narrowing != operation, !operation.keepsCanonicalForm {
      emit(.compute, detail: narrowing.rawValue, result, result, result, origin: origin)
    }
    return Operand(register: result, type: type)
  }

  private mutating func named(_ name: String, _ expression: Expression) throws(NotUnderstood) -> Operand {
    if let variable = variable(name) { return Operand(register: variable.register, type: variable.type) }
    if let value = Self.constants[name] { return constant(value, name.hasPrefix("VM_") ? .unsignedLong : .int) }
    if name == "NULL" { return constant(0, .opaquePointer) }
    if let type = KernelFunctionTable.factNames[name] {
      return fact(name, text: name, at: expression.place, type: type)
    }
    if let effect = interface.effects[name], effect != .writesPage {
      trust(name, effect, at: expression.place)
      return effect == .stable
        ? fact(name, text: name, at: expression.place, type: .opaque) : fresh(.opaque, for: expression)
    }
    if let bit = interface.pageFlags[name] { return constant(UInt64(bitPattern: Int64(bit)), .int) }
    if name.hasPrefix(ConfigFacts.prefix) { return try configMacro(name, expression) }
    throw unknownName(name, at: expression.place)
  }

  private mutating func configMacro(_ name: String, _ expression: Expression) throws(NotUnderstood) -> Operand {
    switch ConfigFacts(values: interface.config).definition(ofMacro: name) {
    case .defined: return constant(1, .int)
    case .notDefined: throw notUnderstood("'\(name)', which is not defined", at: expression.place)
    case .undecided(let symbol):
      throw notUnderstood(
        "'\(name)', which is not known", at: expression.place, help: ["set \(ConfigFacts.prefix)\(symbol) in config:"])
    }
  }

  func unknownName(_ name: String, at place: TextRange) -> NotUnderstood {
    let isFlag = name.hasPrefix("PG_")
    var known = Array(interface.pageFlags.keys)
    if !isFlag {
      known += scopes.names + Array(Self.constants.keys) + Array(helpers.keys)
      known += Array(KernelFunctionTable.factNames.keys) + ["NULL", "PAGE_SIZE", "PAGE_SHIFT", "PAGE_MASK"]
    }
    var help = didYouMean(name, among: known.sorted())
    if isFlag { help.append("name the bit of \(name) in the page flags") }
    return notUnderstood("unknown \(isFlag ? "page flag" : "identifier") '\(name)'", at: place, help: help)
  }
}
