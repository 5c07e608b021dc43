/// Where `break` and `continue` lead.
struct LoopLabels {
  private var breaks: [InstructionBuffer.Label] = []
  private var continues: [InstructionBuffer.Label] = []

  /// Where `break` leads; nil outside of loops and `switch`.
  var breakLabel: InstructionBuffer.Label? { breaks.last }

  /// Where `continue` leads; nil outside of loops.
  var continueLabel: InstructionBuffer.Label? { continues.last }

  mutating func enterLoop(breakTo end: InstructionBuffer.Label, continueTo next: InstructionBuffer.Label) {
    breaks.append(end)
    continues.append(next)
  }

  mutating func leaveLoop() {
    breaks.removeLast()
    continues.removeLast()
  }

  mutating func enterSwitch(breakTo end: InstructionBuffer.Label) { breaks.append(end) }

  mutating func leaveSwitch() { breaks.removeLast() }
}
