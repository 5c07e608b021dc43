import Diagnostics

/// How an instruction is reached: registers without a stack still keep where each active function returns to.
extension Program {
  /// The calls of helpers and uses of macros that lead to an instruction, outermost first.
  func calls(to instruction: Instruction, _ registers: RegisterFile) -> [SourceRange] {
    let origin = origins[Int(instruction.origin)]
    // Most stores stand in the body itself.
    if origin.function == 0, origin.use == nil { return [] }
    var calls: [SourceRange] = []
    if let use = origin.use { calls.append(use) }
    for index in callOrigins(to: instruction, registers).dropFirst() {
      let call = origins[Int(index)]
      calls.append(call.place)
      if let use = call.use { calls.append(use) }
    }
    return calls.reversed()
  }

  /// The origins of an instruction and of the calls that lead to it, innermost first.
  func callOrigins(to instruction: Instruction, _ registers: RegisterFile) -> [Int32] {
    var chain = [instruction.origin]
    var function = origins[Int(instruction.origin)].function
    while function != 0 {
      let call = code[Int(truncatingIfNeeded: registers[returnAddresses[Int(function)]].bits) &- 1]
      chain.append(call.origin)
      function = origins[Int(call.origin)].function
    }
    return chain
  }
}
