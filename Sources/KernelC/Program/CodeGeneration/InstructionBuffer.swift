/// The instructions, constants, registers and origins that generation collects.
struct InstructionBuffer {
  /// A place in the code that jumps name before it is known.
  struct Label {
    fileprivate let index: Int32
  }

  /// Register 0 is written by instructions whose result nobody needs, and never read.
  static let scratch: Int32 = 0

  private(set) var instructions: [Instruction] = []
  private(set) var origins: [InstructionOrigin] = []
  private var constants: [UInt64] = []
  private var constantIndex: [UInt64: Int32] = [:]
  private var labels: [Int32] = []
  private var registerCount: Int32 = 1
  private var free: [Int32] = []
  /// The registers of intermediate results of the present full expression.
  private var temporaries: [Int32] = []

  mutating func emit(
    _ operation: Instruction.Operation, detail: UInt8 = 0, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, origin: Int32
  ) {
    instructions.append(Instruction(operation: operation, detail: detail, a: a, b: b, c: c, origin: origin))
  }

  mutating func jump(_ operation: Instruction.Operation, to label: Label, if condition: Int32 = 0, origin: Int32) {
    emit(operation, label.index, condition, origin: origin)
  }

  mutating func label() -> Label {
    labels.append(-1)
    return Label(index: Int32(labels.count - 1))
  }

  /// Says where a label is: at the next instruction.
  mutating func bind(_ label: Label) {
    labels[Int(label.index)] = Int32(instructions.count)
  }

  mutating func origin(_ origin: InstructionOrigin) -> Int32 {
    origins.append(origin)
    return Int32(origins.count - 1)
  }

  /// The operand number of a constant; constants follow the registers when the code is finished.
  mutating func constant(_ value: UInt64) -> Int32 {
    if let index = constantIndex[value] { return -1 - index }
    let index = Int32(constants.count)
    constants.append(value)
    constantIndex[value] = index
    return -1 - index
  }

  /// A register that nothing else of this function uses.
  mutating func register() -> Int32 {
    if let register = free.popLast() { return register }
    return permanentRegister()
  }

  /// A register that is never given away again: parameters and results of functions.
  mutating func permanentRegister() -> Int32 {
    registerCount += 1
    return registerCount - 1
  }

  mutating func release(_ registers: [Int32]) {
    free.append(contentsOf: registers)
  }

  /// A register for an intermediate result, free again at the end of the full expression.
  mutating func temporary() -> Int32 {
    let register = register()
    temporaries.append(register)
    return register
  }

  mutating func releaseTemporaries() {
    release(temporaries)
    temporaries.removeAll(keepingCapacity: true)
  }

  /// A new function starts: it must not share registers with those before it, which may be active when it runs.
  mutating func beginFunction() {
    free.removeAll()
  }

  /// Resolves labels, function entries and constants.
  func finished(entries: [Label]) -> (code: [Instruction], registers: [Value]) {
    var code = instructions
    for index in code.indices {
      switch code[index].operation {
      case .jump, .jumpIfZero, .jumpIfNotZero, .loopBack:
        code[index].a = labels[Int(code[index].a)]
      case .call:
        code[index].a = labels[Int(entries[Int(code[index].a)].index)]
      default:
        code[index].a = operand(code[index].a)
      }
      code[index].b = operand(code[index].b)
      code[index].c = operand(code[index].c)
    }
    let registers = Array(repeating: Value(known: 0), count: Int(registerCount)) + constants.map(Value.init(known:))
    return (code, registers)
  }

  private func operand(_ number: Int32) -> Int32 {
    number < 0 ? registerCount - 1 - number : number
  }
}
