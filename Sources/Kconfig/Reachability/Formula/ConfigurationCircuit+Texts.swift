import Satisfiability

/// Numbers and strings.
extension ConfigurationCircuit {
  mutating func text(of symbol: SymbolID, visible: Literal) -> TextLiterals {
    var value = TextLiterals(initialText(of: symbol), circuit.always)
    let initial = value
    for number in model.index.defaults(of: symbol).reversed() {
      let property = model.index.defaults[number]
      let condition = truth(of: property.condition).some
      let given =
        model.expressions.kind(property.value) == .symbol
        ? taken(from: model.expressions.symbol(property.value)) : initial
      value = TextLiterals.choose(condition, given, value, in: &circuit)
    }
    if model.symbols[symbol].isTransitional || model.index.hasPrompt(symbol) {
      var wish = TextLiterals()
      var literals: [Literal] = []
      for text in domains.texts(of: symbol) {
        let literal = circuit.input()
        literals.append(literal)
        wish.add(text, where: literal, in: &circuit)
      }
      // Where nothing compares it, it does not matter what the user says.
      if !literals.isEmpty {
        circuit.requireAtMostOne(of: literals)
        circuit.solver.add(literals)
        let isMade = circuit.input()
        statements[symbol] = Statement(isMade: isMade, text: wish)
        let isUsed = circuit.and(isMade, visible)
        freedoms[symbol] = Freedom(isSaid: isMade, isUsed: isUsed, truth: nil)
        value = TextLiterals.choose(isUsed, wish, value, in: &circuit)
      }
    }
    return limited(value, symbol)
  }

  /// What a symbol has before anybody gives it a value.
  private func initialText(of symbol: SymbolID) -> [UInt8] {
    switch (model.symbols[symbol].type, model.language.has(.numbersBeginAtZero)) {
    case (.int, true): Array("0".utf8)
    case (.hex, true): Array("0x0".utf8)
    default: []
    }
  }

  /// The text that a default takes over from another symbol; `KconfigEvaluation` says why that of a bool is n.
  private mutating func taken(from symbol: SymbolID) -> TextLiterals {
    guard model.symbols[symbol].type.isLogical, !symbol.isTristateConstant else { return cases(of: symbol) }
    return TextLiterals(Array("n".utf8), circuit.always)
  }

  /// Moves numbers to the bounds that they lie beyond.
  private mutating func limited(_ value: TextLiterals, _ symbol: SymbolID) -> TextLiterals {
    guard let base = model.symbols[symbol].type.base else { return value }
    var result = value
    for number in model.index.ranges(of: symbol).reversed() {
      let property = model.index.ranges[number]
      let (lower, upper) = (model.expressions.symbol(property.value), model.expressions.rightSymbol(property.value))
      let condition = truth(of: property.condition).some
      var clamped = TextLiterals()
      for (text, holds) in value.cases {
        let written = Int64(saturating: text, base: base)
        for low in taken(from: lower).cases {
          for high in taken(from: upper).cases {
            let here = circuit.and(holds, circuit.and(low.holds, high.holds))
            let bounded =
              written < bound(lower, low.text, base)
              ? low.text : written > bound(upper, high.text, base) ? high.text : text
            clamped.add(bounded, where: here, in: &circuit)
          }
        }
      }
      result = TextLiterals.choose(condition, clamped, result, in: &circuit)
    }
    return result
  }

  private func bound(_ symbol: SymbolID, _ text: [UInt8], _ base: UInt64) -> Int64 {
    Int64(saturating: text, base: model.symbols[symbol].type.base ?? base)
  }
}
