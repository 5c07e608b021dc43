/// The value and type of an integer or character constant.
struct IntegerLiteral {
  var bits: UInt64
  var type: CType

  /// Nil for a floating constant, a bad suffix, a value above 64 bits, or a character constant of several characters.
  init?(_ token: Token) {
    switch token.kind {
    case .number: self.init(number: token.text.utf8)
    case .character: self.init(character: Array(token.text.utf8))
    default: return nil
    }
  }

  private init?(number: String.UTF8View) {
    var digits = Array(number).map { $0 | ($0 >= UInt8(ascii: "A") ? 0x20 : 0) }
    let suffixStart = digits.lastIndex { $0 != UInt8(ascii: "u") && $0 != UInt8(ascii: "l") }.map { $0 + 1 } ?? 0
    let suffix = String(decoding: digits[suffixStart...], as: UTF8.self)
    guard ["", "u", "l", "ul", "lu", "ll", "ull", "llu"].contains(suffix) else { return nil }
    digits.removeSubrange(suffixStart...)
    var radix: UInt64 = 10
    if digits.first == UInt8(ascii: "0"), digits.count > 1 {
      let isHexadecimal = digits[1] == UInt8(ascii: "x")
      let isBinary = digits[1] == UInt8(ascii: "b")
      radix = isHexadecimal ? 16 : isBinary ? 2 : 8
      digits.removeFirst(isHexadecimal || isBinary ? 2 : 1)
    }
    guard let value = Self.value(of: digits, radix: radix) else { return nil }
    bits = value
    let isLong = suffix.contains("l") || value > (suffix.contains("u") || radix != 10 ? 0xFFFF_FFFF : 0x7FFF_FFFF)
    let limit: UInt64 = isLong ? 0x7FFF_FFFF_FFFF_FFFF : 0x7FFF_FFFF
    type = .integer(bits: isLong ? 64 : 32, signed: !suffix.contains("u") && value <= limit)
  }

  private static func value(of digits: [UInt8], radix: UInt64) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      let digit = UInt64(byte >= UInt8(ascii: "a") ? byte &- UInt8(ascii: "a") &+ 10 : byte &- UInt8(ascii: "0"))
      let (product, overflows) = value.multipliedReportingOverflow(by: radix)
      let (sum, carries) = product.addingReportingOverflow(digit)
      guard digit < radix, !overflows, !carries else { return nil }
      value = sum
    }
    return value
  }

  private init?(character quoted: [UInt8]) {
    let inside = quoted.dropFirst().dropLast()
    type = .int
    if inside.count == 1, let byte = inside.first, byte < 0x80 {
      bits = UInt64(byte)
      return
    }
    let escapes: [String: UInt64] = ["n": 10, "t": 9, "r": 13, "0": 0, "\\": 92, "'": 39, "\"": 34, "a": 7, "b": 8]
    guard inside.count == 2, inside.first == UInt8(ascii: "\\"),
      let value = escapes[String(decoding: inside.dropFirst(), as: UTF8.self)]
    else { return nil }
    bits = value
  }
}
