import Diagnostics

/// Carries out the instructions that concern memory, and keeps what they did on the present path.
struct MemoryAccesses {
  private(set) var stores: [ExecutionPath.Store] = []
  private(set) var faults: [ExecutionPath.Fault] = []
  private(set) var loads = 0
  private(set) var asked = AskedFlags.none
  private var inDoubt: BitsInDoubt
  /// The stores that faulted, by the origins of their instruction and of the calls that lead to it.
  private var faulted: Set<[Int32]> = []
  /// How many conditions the path has met.
  private var conditionsMet = 0
  private let program: Program
  private let limits: Limits

  init(of program: Program, limits: Limits) {
    self.program = program
    self.limits = limits
    inDoubt = BitsInDoubt(structPageSize: program.structPageSize)
  }

  /// Forgets what the last path did.
  mutating func restart() {
    if !stores.isEmpty { stores = [] }
    if !faults.isEmpty {
      faults = []
      faulted.removeAll()
      inDoubt.removeAll()
    }
    loads = 0
    asked = .none
  }

  /// Executes one instruction, `conditions` undecided conditions after the start of the path.
  mutating func execute<Memory: PageMemory>(
    _ instruction: Instruction, after conditions: Int, registers: inout RegisterFile, on memory: inout Memory
  ) throws(PathEnd) {
    conditionsMet = conditions
    switch instruction.operation {
    case .load:
      try load(instruction, &registers, &memory)
    case .store:
      let address = try knownAddress(instruction.a, instruction, registers)
      try store(instruction, at: address, registers, &memory)
    case .loadOpaque:
      try checkOpaque(instruction.b, instruction, registers)
      registers[instruction.a] = registers.freshElsewhere(origin: instruction.origin)
    case .storeOpaque:
      try checkOpaque(instruction.a, instruction, registers)
    case .testBit:
      try testBit(instruction, &registers, &memory)
    case .modifyBit:
      try modifyBit(instruction, &registers, &memory)
    case .touch:
      let address = try knownAddress(instruction.a, instruction, registers)
      let word = try word(at: address, instruction, registers, &memory)
      _ = try store(word, before: word, writing: 0, at: address, instruction, registers, &memory)
    case .predicate:
      let isTrue = memory.predicate(program.predicateNames[Int(instruction.b)])
      registers[instruction.a] = Value(known: isTrue ? 1 : 0)
    default:
      try question(instruction, &registers, &memory)
    }
  }

  /// Asks the memory about a struct page; the answer about an unknown one is unknown.
  private mutating func question<Memory: PageMemory>(
    _ instruction: Instruction, _ registers: inout RegisterFile, _ memory: inout Memory
  ) throws(PathEnd) {
    let page = registers[instruction.b]
    guard page.isKnown else {
      registers[instruction.a] = registers.fresh(instruction)
      return
    }
    let answer: UInt64
    do {
      switch instruction.operation {
      case .compoundHead: answer = try memory.compoundHead(of: page.bits)
      case .pageHuge: answer = try memory.pageHuge(page.bits) ? 1 : 0
      case .compoundPages: answer = try memory.compoundPages(page.bits)
      case .frameOfPage: answer = try memory.pageFrameNumber(of: page.bits)
      default: answer = try memory.page(ofFrame: page.bits)
      }
    } catch {
      throw stop(error, instruction, registers)
    }
    registers[instruction.a] = Value(known: answer)
  }

  // MARK: Words and bits

  private mutating func load<Memory: PageMemory>(
    _ instruction: Instruction, _ registers: inout RegisterFile, _ memory: inout Memory
  ) throws(PathEnd) {
    let address = registers[instruction.b]
    guard address.isKnown else {
      registers[instruction.a] = registers.fresh(instruction)
      return
    }
    if program.mayBeFlags(address.bits) { asked.isWholeWord = true }
    let word = try word(at: address.bits, instruction, registers, &memory)
    registers[instruction.a] =
      inDoubt[address.bits] == 0 ? Value(known: word) : registers.doubted(word, instruction)
  }

  private mutating func store<Memory: PageMemory>(
    _ instruction: Instruction, at address: UInt64, _ registers: RegisterFile, _ memory: inout Memory
  ) throws(PathEnd) {
    let value = registers[instruction.b]
    if let word = registers.bits(of: value) {
      let happened = try store(word, before: nil, writing: .max, at: address, instruction, registers, &memory)
      if happened, !value.isKnown { inDoubt.add(.max, at: address) }
      return
    }
    // A store that the MMU refuses faults whatever the word; the present one changes nothing where it is not refused.
    do {
      try memory.store((try? memory.load(at: address)) ?? 0, at: address)
    } catch {
      return try refuse(error, writing: .max, instruction, registers)
    }
    throw notUnderstood("store of an unknown value to a struct page", instruction)
  }

  private mutating func testBit<Memory: PageMemory>(
    _ instruction: Instruction, _ registers: inout RegisterFile, _ memory: inout Memory
  ) throws(PathEnd) {
    let base = registers[instruction.c]
    guard base.isKnown else {
      registers[instruction.a] = registers.fresh(instruction)
      return
    }
    let number = try bitNumber(instruction, registers)
    let address = Self.wordAddress(of: number, at: base.bits)
    let word = try word(at: address, instruction, registers, &memory)
    asked.bits |= 1 << (number & 63)
    registers[instruction.a] = bit(number, of: word, at: address, instruction, &registers)
  }

  private mutating func modifyBit<Memory: PageMemory>(
    _ instruction: Instruction, _ registers: inout RegisterFile, _ memory: inout Memory
  ) throws(PathEnd) {
    let base = try knownAddress(instruction.c, instruction, registers)
    let number = try bitNumber(instruction, registers)
    let address = Self.wordAddress(of: number, at: base)
    let mask: UInt64 = 1 << (number & 63)
    let before = try word(at: address, instruction, registers, &memory)
    // The old value may be asked for; a plain clear_bit() of a flag that is not set must not hide that it may be.
    asked.bits |= mask
    let modification = BitModification(rawValue: instruction.detail) ?? .set
    let after = modification.apply(mask, to: before)
    let happened = try store(after, before: before, writing: mask, at: address, instruction, registers, &memory)
    // Once it is mended, the old bit may be that of another struct page.
    registers[instruction.a] =
      happened
      ? bit(number, of: before, at: address, instruction, &registers)
      : registers.doubted(before & mask == 0 ? 0 : 1, instruction)
  }

  /// One bit of a word as a value.
  private func bit(
    _ number: UInt64, of word: UInt64, at address: UInt64, _ instruction: Instruction, _ registers: inout RegisterFile
  ) -> Value {
    let bit = word >> (number & 63) & 1
    return inDoubt[address] >> (number & 63) & 1 == 0 ? Value(known: bit) : registers.doubted(bit, instruction)
  }

  private func bitNumber(_ instruction: Instruction, _ registers: RegisterFile) throws(PathEnd) -> UInt64 {
    guard let number = registers.bits(of: registers[instruction.b]) else {
      throw notUnderstood("bit number that is not known", instruction)
    }
    return number
  }

  /// The word that holds a bit: `BIT_WORD` (include/linux/bits.h) on a signed number.
  private static func wordAddress(of number: UInt64, at base: UInt64) -> UInt64 {
    base &+ UInt64(bitPattern: Int64(bitPattern: number) >> 6) &* 8
  }

  /// The address of a store.
  private func knownAddress(
    _ register: Int32, _ instruction: Instruction, _ registers: RegisterFile
  ) throws(PathEnd) -> UInt64 {
    guard let address = registers.bits(of: registers[register]) else {
      throw notUnderstood("store through an unknown pointer that may point to a struct page", instruction)
    }
    return address
  }

  /// An object that is no struct page is only ever found through an unknown pointer that no struct page gave.
  private func checkOpaque(
    _ register: Int32, _ instruction: Instruction, _ registers: RegisterFile
  ) throws(PathEnd) {
    let pointer = registers[register]
    if pointer.isKnown, pointer.bits == 0 { throw notUnderstood("access through a null pointer", instruction) }
    if pointer.isKnown || registers.isFromPage(pointer) {
      throw notUnderstood("access of a struct page as another type", instruction)
    }
  }

  private func notUnderstood(_ construct: String, _ instruction: Instruction) -> PathEnd {
    .notUnderstood(NotUnderstood(construct, at: program.origins[Int(instruction.origin)].place))
  }

  // MARK: Single accesses

  private mutating func word<Memory: PageMemory>(
    at address: UInt64, _ instruction: Instruction, _ registers: RegisterFile, _ memory: inout Memory
  ) throws(PathEnd) -> UInt64 {
    do {
      let word = try memory.load(at: address)
      loads &+= 1
      return word
    } catch {
      throw stop(error, instruction, registers)
    }
  }

  /// Stores a word of which it writes some bits; false if the MMU refuses it.
  private mutating func store<Memory: PageMemory>(
    _ word: UInt64, before: UInt64?, writing bits: UInt64, at address: UInt64, _ instruction: Instruction,
    _ registers: RegisterFile, _ memory: inout Memory
  ) throws(PathEnd) -> Bool {
    do {
      try memory.store(word, at: address)
    } catch {
      try refuse(error, writing: bits, instruction, registers)
      return false
    }
    let origin = program.origins[Int(instruction.origin)]
    stores.append(
      ExecutionPath.Store(
        address: address, before: before, after: word, operation: origin.operation, place: origin.place,
        calls: program.calls(to: instruction, registers)))
    return true
  }

  // MARK: Faults

  /// Goes on behind a store that the MMU refuses; the same store is one fault, however often the path comes by.
  private mutating func refuse(
    _ access: AccessFault, writing bits: UInt64, _ instruction: Instruction, _ registers: RegisterFile
  ) throws(PathEnd) {
    guard access.kind == .readOnly else { throw stop(access, instruction, registers) }
    inDoubt.add(bits, at: access.address)
    guard faulted.insert(program.callOrigins(to: instruction, registers)).inserted else { return }
    guard faults.count < limits.faults else {
      throw notUnderstood("more than \(limits.faults) stores that fault on one path", instruction)
    }
    append(access, instruction, registers)
  }

  /// Ends the path: at a fault, except where this model does not cover what is at the address.
  private mutating func stop(
    _ access: AccessFault, _ instruction: Instruction, _ registers: RegisterFile
  ) -> PathEnd {
    if access.kind == .outsideVmemmap {
      let address = "0x" + String(access.address, radix: 16)
      let text = program.origins[Int(instruction.origin)].text
      return notUnderstood("access outside the vmemmap at \(address) in '\(text)'", instruction)
    }
    append(access, instruction, registers)
    return .stopped
  }

  private mutating func append(_ access: AccessFault, _ instruction: Instruction, _ registers: RegisterFile) {
    let origin = program.origins[Int(instruction.origin)]
    faults.append(
      ExecutionPath.Fault(
        access: access, operation: origin.operation, place: origin.place,
        calls: program.calls(to: instruction, registers), conditionsBefore: conditionsMet, storesBefore: stores.count))
  }
}
