import Satisfiability

/// A selector literal for each unit (a symbol, or a choice with its members): where the selector holds, the unit has the
/// value that the files and the user give it; where it does not, the unit may have any value. An unsatisfiable core of
/// selectors names the units that a contradiction rests on.
struct SelectorLiterals: Sendable {
  /// By unit.
  private(set) var literals: [SymbolID: Literal] = [:]

  init() {}

  mutating func add(_ literal: Literal, of unit: SymbolID) {
    literals[unit] = literal
  }
}

extension ConfigurationCircuit {
  /// Gives a unit free values, which are its own ones where its selector holds.
  mutating func relax(_ unit: SymbolID) {
    guard selectors != nil else { return }
    let selector = circuit.input()
    selectors?.add(selector, of: unit)
    relax(unit, by: selector)
    guard model.symbols[unit].isChoice else { return }
    for entry in model.choiceEntries[unit] ?? [] { relax(entry, by: selector) }
  }

  private mutating func relax(_ symbol: SymbolID, by selector: Literal) {
    guard model.symbols[symbol].type.isLogical else {
      guard let text = texts[symbol] else { return }
      var free = TextLiterals()
      for (text, holds) in text.cases {
        let literal = circuit.input()
        circuit.solver.add([!selector, !literal, holds])
        circuit.solver.add([!selector, literal, !holds])
        free.add(text, where: literal, in: &circuit)
      }
      circuit.requireAtMostOne(of: free.cases.map(\.holds))
      circuit.solver.add(free.cases.map(\.holds))
      texts[symbol] = free
      return
    }
    let own = truths[symbol]
    let free = model.symbols[symbol].type == .tristate ? circuit.freeTruth() : TruthLiterals(circuit.input())
    for (literal, holds) in [(free.some, own.some), (free.full, own.full)] {
      circuit.solver.add([!selector, !literal, holds])
      circuit.solver.add([!selector, literal, !holds])
    }
    truths[symbol] = free
  }
}
