/// The functions of a program: the routine itself first, then each helper in the order of the first calls.
struct FunctionTable {
  struct Function {
    /// Nil for the routine itself.
    var helper: HelperFunction?
    var parameters: [Statement.Variable]
    var resultType: CType
    var parameterRegisters: [Int32]
    var result: Int32
    /// The register that keeps where the function returns to.
    var returnAddress: Int32
    var entry: InstructionBuffer.Label
    fileprivate var calls: [(callee: Int, place: TextRange)] = []
  }

  private(set) var functions: [Function] = []
  /// The function that is generated.
  private(set) var current = 0
  private var indexByName: [String: Int] = [:]

  /// Adds a function, with registers of its own; nil as helper stands for the routine.
  mutating func add(
    _ helper: HelperFunction?, parameters: [Statement.Variable], resultType: CType, in buffer: inout InstructionBuffer
  ) -> Int {
    if let helper { indexByName[helper.name.text] = functions.count }
    functions.append(
      Function(
        helper: helper, parameters: parameters, resultType: resultType,
        parameterRegisters: parameters.map { _ in buffer.permanentRegister() }, result: buffer.permanentRegister(),
        returnAddress: buffer.permanentRegister(), entry: buffer.label()))
    return functions.count - 1
  }

  /// The number of a helper that something calls.
  func index(of name: String) -> Int? { indexByName[name] }

  /// Notes that the present function calls another one.
  mutating func noteCall(of callee: Int, at place: TextRange) {
    functions[current].calls.append((callee, place))
  }

  /// Goes on to the next function that something calls; false behind the last.
  mutating func advance() -> Bool {
    guard current + 1 < functions.count else { return false }
    current += 1
    return true
  }

  // MARK: Recursion

  /// A call by which a function reaches itself, directly or through others, with the name that it calls.
  var recursiveCall: (name: String, place: TextRange)? {
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
        return (functions[call.callee].helper?.name.text ?? "", call.place)
      }
    }
    return nil
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
