import Diagnostics

/// Gives names and types their meaning and turns expressions into instructions.
///
/// Here are its state and the operations that change it; the extensions compile one kind of expression each.
struct ExpressionCompiler {
  let texts: SourceTexts
  let interface: KernelInterface
  /// The helpers of the text, by name.
  let helpers: [String: HelperFunction]
  private(set) var functions = FunctionTable()
  private(set) var scopes = ScopeStack()
  private(set) var unknowns = NamedUnknowns()
  private(set) var dependence: AddressDependence
  private(set) var buffer = InstructionBuffer()
  private let macroUses: [TextRange]

  /// - Parameters:
  ///   - macroUses: the uses of macros that `TextRange.macroUse` numbers.
  ///   - mayMeasureAnything: see `AddressDependence`.
  init(
    texts: SourceTexts, macroUses: [TextRange], interface: KernelInterface, helpers: [String: HelperFunction],
    mayMeasureAnything: Bool
  ) {
    self.texts = texts
    self.macroUses = macroUses
    self.interface = interface
    self.helpers = helpers
    dependence = AddressDependence(mayMeasureAnything: mayMeasureAnything)
  }

  // MARK: Instructions

  mutating func emit(
    _ operation: Instruction.Operation, detail: UInt8 = 0, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, origin: Int32
  ) {
    buffer.emit(operation, detail: detail, a, b, c, origin: origin)
  }

  mutating func label() -> InstructionBuffer.Label { buffer.label() }

  /// Says where a label is: at the next instruction.
  mutating func bind(_ label: InstructionBuffer.Label) { buffer.bind(label) }

  mutating func jump(
    _ operation: Instruction.Operation, to label: InstructionBuffer.Label, if condition: Int32 = 0, origin: Int32
  ) {
    buffer.jump(operation, to: label, if: condition, origin: origin)
  }

  /// The number of where an instruction comes from.
  mutating func origin(
    _ text: String, _ place: TextRange, operation: String = "", concernsPage: Bool = false
  ) -> Int32 {
    buffer.origin(
      InstructionOrigin(
        text: text, place: texts.range(place),
        use: place.macroUse == 0 ? nil : texts.range(macroUses[Int(place.macroUse) - 1]),
        function: Int32(functions.current), operation: operation, concernsPage: concernsPage))
  }

  // MARK: Registers and variables

  /// A register for an intermediate result, free again at the end of the full expression.
  mutating func temporary() -> Int32 { buffer.temporary() }

  mutating func releaseTemporaries() { buffer.releaseTemporaries() }

  mutating func constant(_ value: UInt64, _ type: CType) -> Operand {
    Operand(register: buffer.constant(value), type: type, constant: value)
  }

  func variable(_ name: String) -> ScopeStack.Variable? { scopes[name] }

  mutating func openScope() { scopes.open() }

  mutating func closeScope() { buffer.release(scopes.close()) }

  /// A register for a variable, which is visible once it is declared.
  mutating func variableRegister() -> Int32 { buffer.register() }

  mutating func declare(_ variable: Statement.Variable, in register: Int32) {
    scopes.declare(variable.name, ScopeStack.Variable(register: register, type: variable.type))
  }

  // MARK: Functions

  /// The function that is compiled.
  var function: FunctionTable.Function { functions.functions[functions.current] }

  mutating func addFunction(
    _ helper: HelperFunction?, parameters: [Statement.Variable], resultType: CType
  ) -> Int {
    functions.add(helper, parameters: parameters, resultType: resultType, in: &buffer)
  }

  mutating func noteCall(of callee: Int, at place: TextRange) { functions.noteCall(of: callee, at: place) }

  /// Goes on to the next function that something calls; false behind the last.
  mutating func advanceToNextFunction() -> Bool {
    guard functions.advance() else { return false }
    buffer.beginFunction()
    return true
  }

  /// Starts the code of the present function, whose parameters are visible from here.
  mutating func beginBody() {
    let function = function
    buffer.bind(function.entry)
    var parameters: [String: ScopeStack.Variable] = [:]
    for (parameter, register) in zip(function.parameters, function.parameterRegisters) {
      parameters[parameter.name] = ScopeStack.Variable(register: register, type: parameter.type)
    }
    scopes.beginFunction(parameters)
  }

  // MARK: What is known by name

  /// The number of a fact with one value per path; equal keys are the same fact.
  mutating func factNumber(_ key: String) -> Int32 { unknowns.fact(key) }

  mutating func predicateNumber(_ name: String) -> Int32 { unknowns.predicate(name) }

  /// Notes that the program relies on a declared effect.
  mutating func trust(_ name: String, _ effect: DeclaredEffect, at place: TextRange) {
    unknowns.trust(TrustedEffect(function: name, effect: effect, firstCall: texts.range(place)))
  }

  mutating func note(_ use: AddressUse) { dependence.note(use) }

  // MARK: What is not run

  /// The type of an expression that is never run; nil if it is not modelled.
  func typeIfRun(_ expression: Expression) -> CType? {
    var probe = self
    probe.buffer = InstructionBuffer()
    return try? probe.value(expression).type
  }

  func notUnderstood(_ construct: String, at place: TextRange, help: [String] = []) -> NotUnderstood {
    texts.notUnderstood(construct, at: place, help: help)
  }
}
