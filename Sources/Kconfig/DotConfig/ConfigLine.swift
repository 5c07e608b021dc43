/// One symbol of a `.config` file.
struct ConfigLine {
  let evaluation: KconfigEvaluation
  let prefix: [UInt8]

  /// Adds the line of a symbol as `.config` files have it: `is not set` for n.
  func append(_ symbol: SymbolID, to text: inout [UInt8]) {
    let type = evaluation.model.symbols[symbol].type
    guard type.isLogical, evaluation.truth(symbol) == .n else {
      return appendAssignment(of: symbol, to: &text)
    }
    text += Array(ascii: "# ")
    text += prefix
    text += evaluation.model.nameText(of: symbol)
    text += Array(ascii: " is not set\n")
  }

  /// Adds the line of a symbol with its value, n as any other.
  func appendAssignment(of symbol: SymbolID, to text: inout [UInt8]) {
    let type = evaluation.model.symbols[symbol].type
    guard type != .unknown else { return }
    text += prefix
    text += evaluation.model.nameText(of: symbol)
    text.append(UInt8(ascii: "="))
    let value = evaluation.bytes(of: symbol)
    if type == .string {
      text += Self.quoted(value)
    } else {
      text += value
    }
    text.append(.newline)
  }

  /// A text between quotes, with backslashes before quotes and backslashes.
  static func quoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var text = [UInt8(ascii: "\"")]
    for byte in value {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
      text.append(byte)
    }
    text.append(UInt8(ascii: "\""))
    return text
  }
}
