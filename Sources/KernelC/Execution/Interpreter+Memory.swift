import Diagnostics

extension Interpreter {
  /// Instructions that concern memory.
  mutating func access<Memory: PageMemory>(
    _ instruction: Instruction, on memory: inout Memory
  ) throws(PathEnd) {
    switch instruction.operation {
    case .load:
      let address = operand(instruction.b)
      if address.isKnown, program.mayBeFlags(address.bits) { asked.isWholeWord = true }
      registers[Int(instruction.a)] =
        address.isKnown
        ? Value(known: try load(at: address.bits, instruction, on: &memory)) : fresh(instruction)
    case .store:
      let address = try knownAddress(instruction.a, instruction)
      let value = try storable(instruction.b, instruction)
      try store(value, before: nil, at: address, instruction, on: &memory)
    case .loadOpaque:
      try checkOpaque(instruction.b, instruction)
      registers[Int(instruction.a)] = unknowns.fresh(origin: instruction.origin, isFromPage: false)
    case .storeOpaque:
      try checkOpaque(instruction.a, instruction)
    case .testBit:
      try testBit(instruction, on: &memory)
    case .modifyBit:
      try modifyBit(instruction, on: &memory)
    case .touch:
      let address = try knownAddress(instruction.a, instruction)
      let word = try load(at: address, instruction, on: &memory)
      try store(word, before: word, at: address, instruction, on: &memory)
    case .predicate:
      let isTrue = memory.predicate(program.predicateNames[Int(instruction.b)])
      registers[Int(instruction.a)] = Value(known: isTrue ? 1 : 0)
    default:
      try question(instruction, on: &memory)
    }
  }

  /// Asks the memory about a struct page; the answer about an unknown one is unknown.
  private mutating func question<Memory: PageMemory>(
    _ instruction: Instruction, on memory: inout Memory
  ) throws(PathEnd) {
    let page = operand(instruction.b)
    guard page.isKnown else {
      registers[Int(instruction.a)] = fresh(instruction)
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
      throw ending(of: error, instruction)
    }
    registers[Int(instruction.a)] = Value(known: answer)
  }

  private mutating func testBit<Memory: PageMemory>(
    _ instruction: Instruction, on memory: inout Memory
  ) throws(PathEnd) {
    let (number, base) = (operand(instruction.b), operand(instruction.c))
    guard base.isKnown else {
      registers[Int(instruction.a)] = fresh(instruction)
      return
    }
    guard number.isKnown else { throw notUnderstood("bit number that is not known", instruction) }
    let word = try load(at: Self.wordAddress(of: number.bits, at: base.bits), instruction, on: &memory)
    asked.bits |= 1 << (number.bits & 63)
    registers[Int(instruction.a)] = Value(known: word >> (number.bits & 63) & 1)
  }

  private mutating func modifyBit<Memory: PageMemory>(
    _ instruction: Instruction, on memory: inout Memory
  ) throws(PathEnd) {
    let base = try knownAddress(instruction.c, instruction)
    let number = operand(instruction.b)
    guard number.isKnown else { throw notUnderstood("bit number that is not known", instruction) }
    let address = Self.wordAddress(of: number.bits, at: base)
    let mask: UInt64 = 1 << (number.bits & 63)
    let before = try load(at: address, instruction, on: &memory)
    // The old value may be asked for; a plain clear_bit() of a flag that is not set must not hide that it may be.
    asked.bits |= mask
    let modification = BitModification(rawValue: instruction.detail) ?? .set
    try store(modification.apply(mask, to: before), before: before, at: address, instruction, on: &memory)
    registers[Int(instruction.a)] = Value(known: before & mask == 0 ? 0 : 1)
  }

  /// The word that holds a bit: `BIT_WORD` (include/linux/bits.h) on a signed number.
  private static func wordAddress(of number: UInt64, at base: UInt64) -> UInt64 {
    base &+ UInt64(bitPattern: Int64(bitPattern: number) >> 6) &* 8
  }

  // MARK: Single accesses

  private mutating func load<Memory: PageMemory>(
    at address: UInt64, _ instruction: Instruction, on memory: inout Memory
  ) throws(PathEnd) -> UInt64 {
    do {
      let word = try memory.load(at: address)
      loads &+= 1
      return word
    } catch {
      throw ending(of: error, instruction)
    }
  }

  private mutating func store<Memory: PageMemory>(
    _ word: UInt64, before: UInt64?, at address: UInt64, _ instruction: Instruction, on memory: inout Memory
  ) throws(PathEnd) {
    do {
      try memory.store(word, at: address)
    } catch {
      throw ending(of: error, instruction)
    }
    let origin = program.origins[Int(instruction.origin)]
    stores.append(
      ExecutionPath.Store(
        address: address, before: before, after: word, operation: origin.operation, place: origin.place))
  }

  /// The address of a store.
  private func knownAddress(_ register: Int32, _ instruction: Instruction) throws(PathEnd) -> UInt64 {
    let address = operand(register)
    guard address.isKnown else {
      throw notUnderstood("store through an unknown pointer that may point to a struct page", instruction)
    }
    return address.bits
  }

  private func storable(_ register: Int32, _ instruction: Instruction) throws(PathEnd) -> UInt64 {
    let value = operand(register)
    guard value.isKnown else { throw notUnderstood("store of an unknown value to a struct page", instruction) }
    return value.bits
  }

  /// An object that is no struct page is only ever found through an unknown pointer that no struct page gave.
  private func checkOpaque(_ register: Int32, _ instruction: Instruction) throws(PathEnd) {
    let pointer = operand(register)
    if pointer.isKnown, pointer.bits == 0 { throw notUnderstood("access through a null pointer", instruction) }
    if pointer.isKnown || unknowns.isFromPage(pointer) {
      throw notUnderstood("access of a struct page as another type", instruction)
    }
  }

  private func notUnderstood(_ construct: String, _ instruction: Instruction) -> PathEnd {
    .notUnderstood(NotUnderstood(construct, at: program.origins[Int(instruction.origin)].place))
  }

  /// A refused access oopses, except where this model does not cover what is at the address.
  private func ending(of fault: AccessFault, _ instruction: Instruction) -> PathEnd {
    let origin = program.origins[Int(instruction.origin)]
    if fault.kind == .outsideVmemmap {
      let address = "0x" + String(fault.address, radix: 16)
      return notUnderstood("access outside the vmemmap at \(address) in '\(origin.text)'", instruction)
    }
    return .fault(fault, operation: origin.operation, place: origin.place)
  }
}
