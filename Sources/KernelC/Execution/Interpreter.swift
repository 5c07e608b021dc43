import Diagnostics

/// Executes a program, one path at a time.
struct Interpreter {
  private let program: Program
  private let limits: Limits
  private var choices = PathChoices()
  private var registers: RegisterFile
  private var accesses: MemoryAccesses
  private var facts: [Value]
  private var conditions: [ExecutionPath.Condition] = []
  /// How often each undecided jump forked in this path.
  private var forks: [Int: Int] = [:]
  private var steps = 0
  private var stepsToFirstFault: Int?
  private var innermostLoop: Int32?
  private var lastCondition: Int32 = 0
  /// The origin of the instruction by which the path returned.
  private var exit: Int32 = 0

  init(program: Program, limits: Limits) {
    self.program = program
    self.limits = limits
    registers = RegisterFile(of: program)
    accesses = MemoryAccesses(of: program, limits: limits)
    // A fact that this path has not met yet is marked by known zero bits.
    facts = Array(repeating: Value(known: 0), count: program.factCount)
  }

  // MARK: Paths

  /// Runs the routine on the struct page at address `page`, on the path that the choices say.
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
      ending: ending, faults: accesses.faults, conditions: conditions, stores: accesses.stores, loads: accesses.loads,
      steps: steps, stepsToFirstFault: accesses.faults.isEmpty ? nil : stepsToFirstFault ?? steps,
      asked: accesses.asked, exit: ending == .returned ? returnStatement : nil)
  }

  /// The `return` that ended the path; nil where the body ran to its end.
  private var returnStatement: SourceRange? {
    let origin = program.origins[Int(exit)]
    return origin.isReturn ? origin.place : nil
  }

  private mutating func restart(page: UInt64) {
    if !conditions.isEmpty || steps > 0 {
      registers.restart()
      for index in facts.indices { facts[index] = Value(known: 0) }
      conditions = []
      forks.removeAll()
      innermostLoop = nil
    }
    steps = 0
    stepsToFirstFault = nil
    accesses.restart()
    choices.restart()
    for parameter in program.parameters {
      registers[parameter.register] =
        parameter.kind.carriesPage ? Value(known: page) : registers.freshElsewhere(origin: 0)
    }
  }

  /// Chooses the next path; false if there is none.
  mutating func advance() -> Bool { choices.advance() }

  /// The path that stands for all that the path budget leaves unexplored; nil while the budget lasts.
  func pathBudgetExhausted() -> ExecutionPath? {
    guard choices.beginnings > limits.paths else { return nil }
    let place = program.origins.indices.contains(Int(lastCondition)) ? program.origins[Int(lastCondition)].place : nil
    let reason = NotUnderstood(
      "path budget of \(limits.paths) exhausted", at: place ?? .startOfFile(""),
      help: ["declare the effect of the functions whose results fork, or set what they ask for"])
    return ExecutionPath(ending: .notUnderstood(reason), conditions: [], stores: [], loads: 0, steps: 0)
  }

  /// The path that stands for those behind the first fault of `path` that are not followed; nil if all are.
  mutating func continuationsGivenUp(after path: ExecutionPath) -> ExecutionPath? {
    guard choices.continuations + 1 >= limits.pathsBehindFault, limits.pathsBehindFault > 0,
      let first = path.faults.first, choices.giveUpContinuations()
    else { return nil }
    var rest = path.upToFirstFault
    rest.steps = 0
    rest.stepsToFirstFault = 0
    rest.ending = .notUnderstood(
      notFollowed("more than \(limits.pathsBehindFault) paths behind the store that faults first", first))
    return rest
  }

  private func notFollowed(_ construct: String, _ fault: ExecutionPath.Fault) -> NotUnderstood {
    NotUnderstood(
      construct, at: fault.place,
      help: ["mend the stores that fault, or declare the effect of the functions whose results fork"])
  }

  // MARK: Control flow

  private mutating func execute<Memory: PageMemory>(on memory: inout Memory) throws(PathEnd) {
    var counter = 0
    let code = program.code
    while true {
      let instruction = code[counter]
      steps &+= 1
      if steps > limits.steps { throw stepBudgetExhausted(instruction) }
      counter &+= 1
      switch instruction.operation {
      case .finish:
        exit = instruction.origin
        return
      case .jump: counter = Int(instruction.a)
      case .jumpIfZero:
        if try !truth(instruction, at: counter) { counter = Int(instruction.a) }
      case .jumpIfNotZero:
        if try truth(instruction, at: counter) { counter = Int(instruction.a) }
      case .loopBack:
        innermostLoop = instruction.origin
        counter = Int(instruction.a)
      case .call:
        registers[instruction.b] = Value(known: UInt64(counter))
        counter = Int(instruction.a)
      case .returnToCaller:
        counter = Int(truncatingIfNeeded: registers[instruction.a].bits)
      case .move:
        registers.move(instruction.b, to: instruction.a)
      case .compute:
        guard registers.compute(instruction) else { throw undefinedResult(instruction) }
      case .fresh:
        registers[instruction.a] = registers.fresh(instruction)
      case .stable:
        registers[instruction.a] = fact(instruction)
      default:
        try accesses.execute(instruction, after: conditions.count, registers: &registers, on: &memory)
        if stepsToFirstFault == nil, let first = accesses.faults.first { try goOn(behind: first) }
      }
    }
  }

  private mutating func goOn(behind first: ExecutionPath.Fault) throws(PathEnd) {
    stepsToFirstFault = steps
    choices.noteFault()
    guard limits.pathsBehindFault > 0 else {
      throw .notUnderstood(notFollowed("what follows the store that faults first is not run", first))
    }
  }

  private func stepBudgetExhausted(_ instruction: Instruction) -> PathEnd {
    let origin = program.origins[Int(innermostLoop ?? instruction.origin)]
    let scope = innermostLoop == nil ? "" : " in loop"
    return .notUnderstood(NotUnderstood("step budget of \(limits.steps) exhausted\(scope)", at: origin.place))
  }

  private func undefinedResult(_ instruction: Instruction) -> PathEnd {
    let origin = program.origins[Int(instruction.origin)]
    return .notUnderstood(NotUnderstood("undefined result of '\(origin.text)'", at: origin.place))
  }

  private mutating func fact(_ instruction: Instruction) -> Value {
    let index = Int(instruction.b)
    if facts[index].isKnown { facts[index] = registers.fresh(instruction) }
    return facts[index]
  }

  /// The truth of the condition of a jump; forks if nothing known decides it.
  private mutating func truth(_ instruction: Instruction, at counter: Int) throws(PathEnd) -> Bool {
    let value = registers[instruction.b]
    if value.isKnown { return value.bits != 0 }
    let (index, isNegated) = registers.question(value)
    if let assumed = registers.truth(of: index) { return assumed != isNegated }
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
    registers.assume(choice, of: index)
    conditions.append(
      ExecutionPath.Condition(text: registers.origin(of: index).text, isTrue: choice, place: origin.place))
    return choice != isNegated
  }
}
