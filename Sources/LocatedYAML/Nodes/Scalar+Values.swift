package import Diagnostics

/// Typed readings of a scalar. Plain and quoted scalars read alike, block scalars are refused.
extension Scalar {
  /// A value of a Kconfig bool or tristate symbol.
  package enum KconfigValue: String, Sendable, Hashable, CaseIterable {
    /// Off.
    case n
    /// A module.
    case m
    /// Built in.
    case y
  }

  /// The number that the text writes in decimal (`64`, `-1`) or hexadecimal (`0x40`).
  ///
  /// Leading zeros are refused: C and YAML 1.1 would read `010` as 8, most people as 10.
  /// - Throws: `YAML021` with the text and what is expected.
  package func asInteger() throws(Diagnostic) -> Int {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let digits = try magnitude(isNegative ? text.dropFirst() : text[...], "YAML021", expected: Self.integerWords)
    guard let value = Int((isNegative ? "-" : "") + digits.digits, radix: digits.radix) else {
      throw refused("YAML021", expected: Self.integerWords, because: "the number does not fit into 64 bits")
    }
    return value
  }

  /// The number of bytes that a size says: `4K`, `2M`, `1G`, `2T` (powers of 1024), plain bytes, or `0x...` bytes.
  /// - Throws: `YAML022` with the text and what is expected.
  package func asSize() throws(Diagnostic) -> UInt64 {
    let shifts: [Character: UInt64] = ["K": 10, "M": 20, "G": 30, "T": 40]
    let shift = text.last.flatMap { shifts[$0] } ?? 0
    let digits = try magnitude(shift == 0 ? text[...] : text.dropLast(), "YAML022", expected: Self.sizeWords)
    if shift != 0, digits.radix != 10 {
      throw refused("YAML022", expected: Self.sizeWords, because: "a hexadecimal size takes no unit")
    }
    let value = UInt64(digits.digits, radix: digits.radix)?.multipliedReportingOverflow(by: 1 << shift)
    guard let value, !value.overflow else {
      throw refused("YAML022", expected: Self.sizeWords, because: "the size does not fit into 64 bits")
    }
    return value.partialValue
  }

  /// The value of a bool or tristate symbol, written as in a `.config` file.
  /// - Throws: `YAML023` with the text and what is expected.
  package func asKconfigValue() throws(Diagnostic) -> KconfigValue {
    guard let value = KconfigValue(rawValue: text), !style.isBlock else {
      throw refused("YAML023", expected: "y, m or n", help: letterHelp)
    }
    return value
  }

  /// True for `y`, false for `n`; there are no other words for it.
  /// - Throws: `YAML024` with the text and what is expected.
  package func asBool() throws(Diagnostic) -> Bool {
    switch text {
    case "y" where !style.isBlock: return true
    case "n" where !style.isBlock: return false
    default: throw refused("YAML024", expected: "y or n", help: letterHelp)
    }
  }

  private static let integerWords = "a whole number such as 64 or 0x40"
  private static let sizeWords = "a size such as 4K, 2M, 1G, 2T or 4096"

  /// The digits of a number without sign and unit.
  private func magnitude(
    _ number: Substring, _ id: String, expected: String
  ) throws(Diagnostic) -> (digits: Substring, radix: Int) {
    guard !style.isBlock else { throw refused(id, expected: expected) }
    if number.hasPrefix("0x") || number.hasPrefix("0X") {
      let digits = number.dropFirst(2)
      guard !digits.isEmpty, digits.utf8.allSatisfy(\.isHexDigit) else { throw refused(id, expected: expected) }
      return (digits, 16)
    }
    guard !number.isEmpty, number.utf8.allSatisfy(\.isDecimalDigit) else {
      throw refused(id, expected: expected, help: sizeHelp)
    }
    guard number.utf8.first != UInt8(ascii: "0") || number.utf8.count == 1 else {
      throw refused(
        id, expected: expected, because: "a leading zero means octal to some readers and nothing to others",
        help: ["write it without the leading zero, or in hexadecimal with 0x"])
    }
    return (number, 10)
  }

  private var letterHelp: [String] {
    switch text.lowercased() {
    case "yes", "true", "on", "1", "y": ["write y"]
    case "no", "false", "off", "0", "n": ["write n"]
    case "module", "mod", "m": ["write m"]
    default: []
    }
  }

  private var sizeHelp: [String] {
    let isUnitWrittenOtherwise = text.first?.isNumber == true && text.last?.isLetter == true
    return isUnitWrittenOtherwise ? ["units are the single capital letters K, M, G and T"] : []
  }

  private func refused(
    _ id: String, expected: String, because reason: String? = nil, help: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      id: id, "expected \(expected), found \(quoted)", at: range, reasons: reason.map { [$0] } ?? [], help: help)
  }

  /// The text as a message shows it: one line of bounded length.
  var quoted: String {
    if isNull { return text.isEmpty ? "no value" : text }
    if style.isBlock { return "a block of text" }
    let limit = 60
    return "'\(text.prefix(limit).replacing("\n", with: " "))\(text.count > limit ? "..." : "")'"
  }
}

extension Scalar.Style {
  fileprivate var isBlock: Bool {
    self == .literal || self == .folded
  }
}

extension UInt8 {
  fileprivate var isDecimalDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }

  fileprivate var isHexDigit: Bool {
    isDecimalDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}
