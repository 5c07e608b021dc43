import Diagnostics

/// Executes a program, one path at a time.
struct Interpreter {
  let program: Program
  let limits: Limits
  var choices = PathChoices()
  var registers: [Value]
  var unknowns = UnknownValues()
  var facts: [Value]
  var conditions: [ExecutionPath.Condition] = []
  var stores: [ExecutionPath.Store] = []
  var loads = 0
  var asked = AskedFlags.none
  /// How often each undecided jump forked in this path.
  var forks: [Int: Int] = [:]
  var steps = 0
  private var innermostLoop: Int32?
  private var lastCondition: Int32 = 0

  init(program: Program, limits: Limits) {
    self.program = program
    self.limits = limits
    registers = program.registers
    // A fact that this path has not met yet is marked by known zero bits.
    facts = Array(repeating: Value(known: 0), count: program.factCount)
  }

  mutating func runPath<Memory: PageMemory>(page: UInt64, on memory: inout Memory) -> ExecutionPath {
    restart(page: page)
    let ending: ExecutionPath.Ending
    do {
      try execute(on: &memory)
      ending = .returned
    } catch {
      ending = error.ending
    }
    return ExecutionPath(
      ending: ending, conditions: conditions, stores: stores, loads: loads, steps: steps, asked: asked)
  }

  private mutating func restart(page: UInt64) {
    if !conditions.isEmpty || steps > 0 {
      registers = program.registers
      for index in facts.indices { facts[index] = Value(known: 0) }
      unknowns.removeAll()
      conditions = []
      stores = []
      forks.removeAll()
      innermostLoop = nil
    }
    (loads, steps) = (0, 0)
    asked = .none
    choices.restart()
    for parameter in program.parameters {
      registers[Int(parameter.register)] =
        parameter.kind.carriesPage ? Value(known: page) : unknowns.fresh(origin: 0, isFromPage: false)
    }
  }

  /// The path that stands for all that the path budget leaves unexplored.
  func pathBudgetExhausted() -> ExecutionPath {
    let place = program.origins.indices.contains(Int(lastCondition)) ? program.origins[Int(lastCondition)].place : nil
    let reason = NotUnderstood(
      "path budget of \(limits.paths) exhausted", at: place ?? .startOfFile(""),
      help: ["declare the effect of the functions whose results fork, or set what they ask for"])
    return ExecutionPath(ending: .notUnderstood(reason), conditions: [], stores: [], loads: 0, steps: 0)
  }

  private mutating func execute<Memory: PageMemory>(on memory: inout Memory) throws(PathEnd) {
    var counter = 0
    let code = program.code
    while true {
      let instruction = code[counter]
      steps &+= 1
      if steps > limits.steps { throw stepBudgetExhausted(instruction) }
      counter &+= 1
      switch instruction.operation {
      case .finish: return
      case .jump: counter = Int(instruction.a)
      case .jumpIfZero:
        if try !truth(instruction, at: counter) { counter = Int(instruction.a) }
      case .jumpIfNotZero:
        if try truth(instruction, at: counter) { counter = Int(instruction.a) }
      case .loopBack:
        innermostLoop = instruction.origin
        counter = Int(instruction.a)
      case .call:
        registers[Int(instruction.b)] = Value(known: UInt64(counter))
        counter = Int(instruction.a)
      case .returnToCaller:
        counter = Int(truncatingIfNeeded: registers[Int(instruction.a)].bits)
      case .move:
        registers[Int(instruction.a)] = registers[Int(instruction.b)]
      case .compute:
        try compute(instruction)
      case .fresh:
        registers[Int(instruction.a)] = fresh(instruction)
      case .stable:
        registers[Int(instruction.a)] = fact(instruction)
      default:
        try access(instruction, on: &memory)
      }
    }
  }

  private func stepBudgetExhausted(_ instruction: Instruction) -> PathEnd {
    let origin = program.origins[Int(innermostLoop ?? instruction.origin)]
    let scope = innermostLoop == nil ? "" : " in loop"
    return .notUnderstood(NotUnderstood("step budget of \(limits.steps) exhausted\(scope)", at: origin.place))
  }

  // MARK: Values

  func operand(_ register: Int32) -> Value {
    let value = registers[Int(register)]
    return value.isKnown ? value : unknowns.resolved(value)
  }

  mutating func fresh(_ instruction: Instruction) -> Value {
    unknowns.fresh(origin: instruction.origin, isFromPage: program.origins[Int(instruction.origin)].concernsPage)
  }

  private mutating func fact(_ instruction: Instruction) -> Value {
    let index = Int(instruction.b)
    if facts[index].isKnown { facts[index] = fresh(instruction) }
    return facts[index]
  }

  private mutating func compute(_ instruction: Instruction) throws(PathEnd) {
    let (left, right) = (operand(instruction.b), operand(instruction.c))
    let operation = Arithmetic(rawValue: instruction.detail) ?? .truth
    if left.unknown | right.unknown == 0 {
      guard let bits = operation.result(left.bits, right.bits) else {
        let origin = program.origins[Int(instruction.origin)]
        throw .notUnderstood(NotUnderstood("undefined result of '\(origin.text)'", at: origin.place))
      }
      registers[Int(instruction.a)] = Value(known: bits)
      return
    }
    let concernsPage = program.origins[Int(instruction.origin)].concernsPage
    registers[Int(instruction.a)] = unknowns.compute(
      operation, left, right, origin: instruction.origin, concernsPage: concernsPage)
  }

  /// The truth of the condition of a jump; forks if nothing known decides it.
  private mutating func truth(_ instruction: Instruction, at counter: Int) throws(PathEnd) -> Bool {
    let value = operand(instruction.b)
    if value.isKnown { return value.bits != 0 }
    let (index, isNegated) = unknowns.question(value)
    if let assumed = unknowns.truth(of: index) { return assumed != isNegated }
    let origin = program.origins[Int(instruction.origin)]
    forks[counter, default: 0] += 1
    if forks[counter, default: 0] > limits.undecidedTurns {
      throw .notUnderstood(
        NotUnderstood(
          "loop that no known condition ends: '\(origin.text)' stayed undecided \(limits.undecidedTurns) times",
          at: origin.place, help: ["move the loop into a function and declare its effect in calls:"]))
    }
    lastCondition = instruction.origin
    let choice = choices.next()
    unknowns.assume(choice, of: index)
    let text = program.origins[Int(unknowns.origin(of: index))].text
    conditions.append(ExecutionPath.Condition(text: text, isTrue: choice, place: origin.place))
    return choice != isNegated
  }
}

/// Why a path does not return.
enum PathEnd: Error {
  case fault(AccessFault, operation: String, place: SourceRange)
  case notUnderstood(NotUnderstood)

  var ending: ExecutionPath.Ending {
    switch self {
    case .fault(let fault, let operation, let place): .fault(fault, operation: operation, place: place)
    case .notUnderstood(let reason): .notUnderstood(reason)
    }
  }
}
