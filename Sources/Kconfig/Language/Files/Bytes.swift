extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")

  var isBlank: Bool { self == .space || self == .tab }

  /// A character of a bare word: names may begin with digits and hold hyphens.
  var isKconfigWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// As `isspace` of C.
  var isSpace: Bool { self == .space || (0x09...0x0D).contains(self) }

  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isHexDigit: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}

/// Searches that look at many bytes at once: a tree has megabytes of text.
extension Span<UInt8> {
  /// Whether a byte is 0. Looks at all of them, since a loop that only ends at the end needs no branch for each.
  var holdsNul: Bool {
    var least = UInt8.max
    for index in indices { least = Swift.min(least, self[unchecked: index]) }
    return least == 0
  }

  /// The first newline from a position on; the last byte where there is none.
  func lineEnd(from start: Int) -> Int {
    var position = start
    while position + 8 < count {
      let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
      let difference = word ^ 0x0A0A_0A0A_0A0A_0A0A
      // The lowest bit that is set here belongs to the first byte without a difference.
      let equal = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if equal != 0 { return position + equal.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < count - 1, self[position] != .newline { position += 1 }
    return position
  }

  /// Whether both hold the same bytes.
  func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    let (mine, others) = (bytes, other.bytes)
    var position = 0
    while position + 8 <= count {
      let word = mine.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      if word != others.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self) { return false }
      position += 8
    }
    while position < count {
      if self[position] != other[position] { return false }
      position += 1
    }
    return true
  }
}
