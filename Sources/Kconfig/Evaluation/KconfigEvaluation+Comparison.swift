/// Comparing the values of symbols. Kernel: `expr_calc_value` and `expr_parse_string` in scripts/kconfig/expr.c.
extension KconfigEvaluation {
  /// Negative, zero or positive, as the value of one symbol lies before, at or behind that of another.
  func order(_ left: Int32, _ right: Int32) -> Int {
    let areTexts = type(left) == .string && type(right) == .string
    if !areTexts, let leftNumber = number(left), let rightNumber = number(right) {
      return leftNumber.order(comparedTo: rightNumber)
    }
    let (leftBytes, rightBytes) = (bytes(of: left), bytes(of: right))
    if leftBytes.elementsEqual(rightBytes) { return 0 }
    return leftBytes.lexicographicallyPrecedes(rightBytes) ? -1 : 1
  }

  private func type(_ symbol: Int32) -> KconfigType { model.symbols[Int(symbol)].type }

  private func number(_ symbol: Int32) -> KconfigNumber? {
    switch type(symbol) {
    case .bool, .tristate: .signed(Int64(truth[Int(symbol)]))
    case .int: KconfigNumber(signed: bytes(of: symbol), base: 10)
    case .hex: KconfigNumber(unsignedHex: bytes(of: symbol))
    case .string, .unknown: KconfigNumber(signed: bytes(of: symbol), base: 0)
    }
  }

  /// The value of a symbol as text, as a `.config` file has it but for quotes.
  func bytes(of symbol: Int32) -> ArraySlice<UInt8> {
    bytes(of: symbol, in: values)
  }

  func bytes(of symbol: Int32, in values: Values) -> ArraySlice<UInt8> {
    if type(symbol).isLogical { return Self.letters[Int(values.truth[Int(symbol)])] }
    let number = values.text[Int(symbol)]
    if number >= 0 { return model.names[number] }
    // A string that was set without quotes in a file has no text.
    let own = -1 - Int(number)
    return own < user.texts.count && own >= 0 ? user.texts[own][...] : []
  }

  private static let letters: [ArraySlice<UInt8>] = ["n", "m", "y"].map { Array($0.utf8)[...] }
}
