/// A number as the C library's `strtoll` and `strtoull` read it, which Kconfig comparisons are defined by.
enum KconfigNumber: Hashable {
  case signed(Int64)
  case unsigned(UInt64)

  /// What C compares when one side is unsigned.
  var bits: UInt64 {
    switch self {
    case .signed(let value): UInt64(bitPattern: value)
    case .unsigned(let value): value
    }
  }

  /// Nil unless the whole text is a number that fits; base 0 takes `0x` for hexadecimal and `0` for octal.
  init?(signed text: String, base: UInt64) {
    guard let digits = Digits(text, base: base) else { return nil }
    if digits.isNegative {
      guard digits.magnitude <= Int64.min.magnitude else { return nil }
      self = .signed(Int64(truncatingIfNeeded: 0 &- digits.magnitude))
    } else {
      guard let value = Int64(exactly: digits.magnitude) else { return nil }
      self = .signed(value)
    }
  }

  /// Nil unless the whole text is a hexadecimal number that fits; a minus sign wraps around.
  init?(unsignedHex text: String) {
    guard let digits = Digits(text, base: 16) else { return nil }
    self = .unsigned(digits.isNegative ? 0 &- digits.magnitude : digits.magnitude)
  }
}

/// Sign and magnitude of a C number.
private struct Digits {
  var isNegative = false
  var magnitude: UInt64 = 0

  init?(_ text: String, base: UInt64) {
    var rest = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var base = base
    if base == 0 || base == 16, Self.hasHexPrefix(rest) {
      base = 16
      rest = rest.dropFirst(2)
    } else if base == 0 {
      base = rest.first == UInt8(ascii: "0") ? 8 : 10
    }
    guard !rest.isEmpty else { return nil }
    for byte in rest {
      guard let digit = Self.value(of: byte), digit < base else { return nil }
      let scaled = magnitude.multipliedReportingOverflow(by: base)
      let sum = scaled.partialValue.addingReportingOverflow(digit)
      guard !scaled.overflow, !sum.overflow else { return nil }
      magnitude = sum.partialValue
    }
  }

  private static func hasHexPrefix(_ text: Substring.UTF8View) -> Bool {
    text.count >= 2 && text.first == UInt8(ascii: "0") && text.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
  }

  private static func value(of byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
