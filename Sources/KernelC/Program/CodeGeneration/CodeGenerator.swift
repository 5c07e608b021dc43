import Diagnostics

/// Gives names and types their meaning and turns syntax trees into instructions.
///
/// Only what can run is generated: branches that constants rule out are parsed but not resolved, and helper functions are
/// parsed when something calls them.
struct CodeGenerator {
  /// A function of the program: the routine itself first, then each helper that is called.
  struct Function {
    var helper: HelperFunction?
    var parameters: [Statement.Variable]
    var resultType: CType
    var parameterRegisters: [Int32]
    var result: Int32
    var returnAddress: Int32
    var entry: CodeBuffer.Label
    var calls: [(callee: Int, place: TextRange)] = []
  }

  struct Variable {
    var register: Int32
    var type: CType
  }

  let texts: SourceTexts
  let interface: KernelInterface
  let helpers: [String: HelperFunction]
  var buffer = CodeBuffer()
  var dependence = AddressDependence()
  var functions: [Function] = []
  var functionIndex: [String: Int] = [:]
  var current = 0
  var scopes: [[String: Variable]] = []
  var temporaries: [Int32] = []
  var breakLabels: [CodeBuffer.Label] = []
  var continueLabels: [CodeBuffer.Label] = []
  var factIndex: [String: Int32] = [:]
  var predicateNames: [String] = []
  var trusted: [TrustedEffect] = []

  init(texts: SourceTexts, interface: KernelInterface, helpers: [String: HelperFunction]) {
    self.texts = texts
    self.interface = interface
    self.helpers = helpers
  }

  /// Generates the routine and every helper that it reaches.
  mutating func generate(_ routine: Routine, body: [Token]) throws(NotUnderstood) {
    var parser = Parser(body, texts: texts)
    let statements = try parser.functionBody()
    let end = Self.endPlace(of: body)
    let parameters = routine.parameters.map { parameter in
      Statement.Variable(name: parameter.name, type: parameter.kind.type, place: end)
    }
    dependence.mayMeasureAnything = routine.parameters.contains { $0.kind == .folio }
    addFunction(nil, parameters: parameters, resultType: .void)
    try generateBody(statements, end: end)
    while current + 1 < functions.count {
      current += 1
      buffer.beginFunction()
      guard let helper = functions[current].helper else { continue }
      var parser = Parser(helper.body, texts: texts)
      try generateBody(try parser.functionBody(), end: Self.endPlace(of: helper.body))
    }
    try refuseRecursion()
  }

  private static func endPlace(of tokens: [Token]) -> TextRange {
    tokens.last?.place ?? TextRange(text: 0, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
  }

  @discardableResult
  mutating func addFunction(
    _ helper: HelperFunction?, parameters: [Statement.Variable], resultType: CType
  ) -> Int {
    functions.append(
      Function(
        helper: helper, parameters: parameters, resultType: resultType,
        parameterRegisters: parameters.map { _ in buffer.permanentRegister() }, result: buffer.permanentRegister(),
        returnAddress: buffer.permanentRegister(), entry: buffer.label()))
    return functions.count - 1
  }

  private mutating func generateBody(_ statements: [Statement], end: TextRange) throws(NotUnderstood) {
    let function = functions[current]
    buffer.place(function.entry)
    var scope: [String: Variable] = [:]
    for (parameter, register) in zip(function.parameters, function.parameterRegisters) {
      scope[parameter.name] = Variable(register: register, type: parameter.type)
    }
    scopes = [scope, [:]]
    for statement in statements { try self.statement(statement) }
    let origin = origin("end of the function", end)
    if !function.resultType.isVoid { buffer.emit(.fresh, function.result, origin: origin) }
    emitReturn(origin: origin)
    scopes = []
  }

  mutating func emitReturn(origin: Int32) {
    if current == 0 {
      buffer.emit(.finish, origin: origin)
    } else {
      buffer.emit(.returnToCaller, functions[current].returnAddress, origin: origin)
    }
  }

  mutating func origin(
    _ text: String, _ place: TextRange, operation: String = "", concernsPage: Bool = false
  ) -> Int32 {
    buffer.origin(
      InstructionOrigin(text: text, place: texts.range(place), operation: operation, concernsPage: concernsPage))
  }

  func notUnderstood(_ construct: String, at place: TextRange, help: [String] = []) -> NotUnderstood {
    texts.notUnderstood(construct, at: place, help: help)
  }

  /// A register for an intermediate result, free again at the end of the full expression.
  mutating func temporary() -> Int32 {
    let register = buffer.register()
    temporaries.append(register)
    return register
  }

  mutating func releaseTemporaries() {
    buffer.release(temporaries)
    temporaries.removeAll(keepingCapacity: true)
  }

  func variable(_ name: String) -> Variable? {
    for scope in scopes.reversed() {
      if let variable = scope[name] { return variable }
    }
    return nil
  }

  /// Refuses direct and mutual recursion, which registers without a stack cannot run (the kernel has none here either).
  private func refuseRecursion() throws(NotUnderstood) {
    // What only calls functions that end cannot recurse: take those away until nothing changes.
    var open = Set(functions.indices)
    var callers = [[Int]](repeating: [], count: functions.count)
    var unfinished = functions.map(\.calls.count)
    for (caller, function) in functions.enumerated() {
      for call in function.calls { callers[call.callee].append(caller) }
    }
    var ended = functions.indices.filter { unfinished[$0] == 0 }
    while let function = ended.popLast() {
      open.remove(function)
      for caller in callers[function] {
        unfinished[caller] -= 1
        if unfinished[caller] == 0 { ended.append(caller) }
      }
    }
    for caller in open.sorted() {
      for call in functions[caller].calls where open.contains(call.callee) && reaches(caller, from: call.callee) {
        let name = functions[call.callee].helper?.name.text ?? ""
        throw notUnderstood("recursion of '\(name)()'", at: call.place)
      }
    }
  }

  private func reaches(_ target: Int, from start: Int) -> Bool {
    var seen: Set<Int> = [start]
    var pending = [start]
    while let function = pending.popLast() {
      if function == target { return true }
      for call in functions[function].calls where seen.insert(call.callee).inserted { pending.append(call.callee) }
    }
    return false
  }
}
