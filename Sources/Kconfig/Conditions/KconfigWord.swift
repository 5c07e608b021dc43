/// The words of Kconfig expressions.
enum KconfigWord {
  /// What the C preprocessor and `.config` files put in front of a symbol, and Kconfig files do not.
  static let configPrefix = "CONFIG_"

  /// Letters, digits and `_` as in symbols, and `.` as in the names of facts.
  static func holds(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".": true
    default: false
    }
  }

  /// Whether a word is a number; `64BIT` is none.
  static func isNumber(_ word: String) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    func isHexDigit(_ byte: UInt8) -> Bool {
      isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
    if word.hasPrefix("0x") || word.hasPrefix("0X") {
      return word.utf8.count > 2 && word.utf8.dropFirst(2).allSatisfy(isHexDigit)
    }
    return !word.isEmpty && word.utf8.allSatisfy(isDigit)
  }
}
