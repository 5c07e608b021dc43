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

  /// Negative, zero or positive, as this number lies before, at or behind `other`.
  func order(comparedTo other: KconfigNumber) -> Int {
    if case .signed(let left) = self, case .signed(let right) = other {
      return left < right ? -1 : left == right ? 0 : 1
    }
    return bits < other.bits ? -1 : bits == other.bits ? 0 : 1
  }

  /// Nil unless the whole text is a number that fits; base 0 takes `0x` for hexadecimal and `0` for octal.
  init?(signed text: some Collection<UInt8>, base: UInt64) {
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
  init?(unsignedHex text: some Collection<UInt8>) {
    guard let digits = Digits(text, base: 16) else { return nil }
    self = .unsigned(digits.isNegative ? 0 &- digits.magnitude : digits.magnitude)
  }
}

extension Int64 {
  /// The number that a text begins with, as `strtoll` of C reads it: the nearest one where it does not fit, 0 where
  /// there is none.
  init(saturating text: some Collection<UInt8>, base: UInt64) {
    var rest = text.drop(while: \.isSpace)[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    if base == 16, Digits.hasHexPrefix(rest), rest.dropFirst(2).first?.isHexDigit ?? false { rest = rest.dropFirst(2) }
    var magnitude: UInt64 = 0
    for byte in rest {
      guard let digit = Digits.value(of: byte), digit < base else { break }
      let scaled = magnitude.multipliedReportingOverflow(by: base)
      let sum = scaled.partialValue.addingReportingOverflow(digit)
      magnitude = scaled.overflow || sum.overflow ? .max : sum.partialValue
    }
    if isNegative {
      self = magnitude > Int64.min.magnitude ? .min : Int64(truncatingIfNeeded: 0 &- magnitude)
    } else {
      self = Int64(clamping: magnitude)
    }
  }
}

/// Sign and magnitude of a C number.
private struct Digits {
  var isNegative = false
  var magnitude: UInt64 = 0

  init?(_ text: some Collection<UInt8>, base: UInt64) {
    var rest = text.drop(while: \.isSpace)[...]
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

  static func hasHexPrefix(_ text: some Collection<UInt8>) -> Bool {
    text.count >= 2 && text.first == UInt8(ascii: "0") && text.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
  }

  static func value(of byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
