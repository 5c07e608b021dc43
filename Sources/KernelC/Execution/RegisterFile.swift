/// The registers of one path: known bits, or unknown values with what the path has assumed of them.
struct RegisterFile {
  private var values: [Value]
  private var unknowns = UnknownValues()
  /// What the registers hold before a path: zero, and the constants.
  private let initial: [Value]
  private let origins: [InstructionOrigin]

  init(of program: Program) {
    initial = program.registers
    values = program.registers
    origins = program.origins
  }

  /// Goes back to the state before a path.
  mutating func restart() {
    values = initial
    unknowns.removeAll()
  }

  /// What a register holds, known if the path has assumed it.
  subscript(_ register: Int32) -> Value {
    get {
      let value = values[Int(register)]
      return value.isKnown ? value : unknowns.resolved(value)
    }
    set { values[Int(register)] = newValue }
  }

  /// Copies a register as it is.
  mutating func move(_ source: Int32, to target: Int32) {
    values[Int(target)] = values[Int(source)]
  }

  /// A new unknown value.
  mutating func fresh(_ instruction: Instruction) -> Value {
    unknowns.fresh(origin: instruction.origin, isFromPage: origins[Int(instruction.origin)].concernsPage)
  }

  /// A new unknown value of something that no struct page gave.
  mutating func freshElsewhere(origin: Int32) -> Value {
    unknowns.fresh(origin: origin, isFromPage: false)
  }

  /// A new unknown value in whose place `standIn` is stored or followed.
  mutating func doubted(_ standIn: UInt64, _ instruction: Instruction) -> Value {
    let concernsPage = origins[Int(instruction.origin)].concernsPage
    return unknowns.doubted(standIn, origin: instruction.origin, isFromPage: concernsPage)
  }

  /// The bits of a value: its own, or those that stand in for it; nil where nothing does.
  func bits(of value: Value) -> UInt64? {
    value.isKnown ? value.bits : unknowns.standIn(for: value)
  }

  func isFromPage(_ value: Value) -> Bool { unknowns.isFromPage(value) }

  /// Computes; false where C leaves the result undefined.
  mutating func compute(_ instruction: Instruction) -> Bool {
    let (left, right) = (self[instruction.b], self[instruction.c])
    let operation = Arithmetic(rawValue: instruction.detail) ?? .truth
    if left.unknown | right.unknown == 0 {
      guard let bits = operation.result(left.bits, right.bits) else { return false }
      values[Int(instruction.a)] = Value(known: bits)
      return true
    }
    let concernsPage = origins[Int(instruction.origin)].concernsPage
    values[Int(instruction.a)] = unknowns.compute(
      operation, left, right, origin: instruction.origin, concernsPage: concernsPage)
    return true
  }

  // MARK: Conditions

  /// What a condition on an unknown value really asks; see `UnknownValues.question(_:)`.
  func question(_ value: Value) -> (index: Int, isNegated: Bool) { unknowns.question(value) }

  /// What the path has assumed of the truth of an unknown value.
  func truth(of index: Int) -> Bool? { unknowns.truth(of: index) }

  /// Where an unknown value comes from.
  func origin(of index: Int) -> InstructionOrigin { origins[Int(unknowns.origin(of: index))] }

  mutating func assume(_ truth: Bool, of index: Int) { unknowns.assume(truth, of: index) }
}
