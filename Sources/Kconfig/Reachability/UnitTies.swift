import Satisfiability

/// Ties the value of each symbol, or of a choice with its members, to what the files say about it: where the literal of a
/// unit does not hold, its value is free. What cannot hold although some units are free does not depend on them.
struct UnitTies: Sendable {
  /// By unit; a symbol, or a choice on behalf of its members.
  private(set) var literals: [Int32: Literal] = [:]

  init() {}

  mutating func add(_ literal: Literal, of unit: Int32) {
    literals[unit] = literal
  }
}

extension ConfigurationCircuit {
  /// Puts free values in the place of a unit's own, and ties them to these.
  mutating func loosen(_ unit: Int32) {
    guard ties != nil else { return }
    let tie = circuit.input()
    ties?.add(tie, of: unit)
    loosen(unit, by: tie)
    guard model.symbols[Int(unit)].isChoice else { return }
    for entry in model.choiceEntries[unit] ?? [] { loosen(entry, by: tie) }
  }

  private mutating func loosen(_ symbol: Int32, by tie: Literal) {
    let index = Int(symbol)
    guard model.symbols[index].type.isLogical else {
      guard let text = texts[symbol] else { return }
      var free = TextLiterals()
      for (text, holds) in text.cases {
        let literal = circuit.input()
        circuit.solver.add([!tie, !literal, holds])
        circuit.solver.add([!tie, literal, !holds])
        free.add(text, where: literal, in: &circuit)
      }
      circuit.requireAtMostOne(of: free.cases.map(\.holds))
      circuit.solver.add(free.cases.map(\.holds))
      texts[symbol] = free
      return
    }
    let own = truths[index]
    let free = model.symbols[index].type == .tristate ? circuit.freeTruth() : TruthLiterals(circuit.input())
    for (literal, holds) in [(free.some, own.some), (free.full, own.full)] {
      circuit.solver.add([!tie, !literal, holds])
      circuit.solver.add([!tie, literal, !holds])
    }
    truths[index] = free
  }
}
