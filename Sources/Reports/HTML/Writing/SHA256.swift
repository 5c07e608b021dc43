/// The hash of FIPS 180-4, for the page's security policy: its style sheet and script are named by their hashes.
struct SHA256 {
  private var state: [UInt32] = SHA256.fractions(ofRoots: 2, count: 8)
  private static let constants = fractions(ofRoots: 3, count: 64)

  /// The hash of a text's UTF-8 in base64, as policies write it.
  static func base64(of text: String) -> String {
    var hash = SHA256()
    hash.absorb(Array(text.utf8))
    return encodedInBase64(hash.state.flatMap(bytes))
  }

  private mutating func absorb(_ message: [UInt8]) {
    var padded = message + [0x80]
    padded += [UInt8](repeating: 0, count: (64 + 56 - padded.count % 64) % 64)
    padded += Self.bytes(UInt64(message.count) * 8)
    for start in stride(from: 0, to: padded.count, by: 64) { absorb(block: padded[start..<start + 64]) }
  }

  private mutating func absorb(block: ArraySlice<UInt8>) {
    var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { position in
      block[position..<position + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = early.rotated(7) ^ early.rotated(18) ^ early >> 3
      let second = late.rotated(17) ^ late.rotated(19) ^ late >> 10
      words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let choice = e & f ^ ~e & g
      let majority = a & b ^ a & c ^ b & c
      let first = h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ choice &+ Self.constants[index] &+ words[index]
      let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }

  /// The first 32 bits of the fractional parts of the square (2) or cube (3) roots of the first primes, from which the
  /// standard takes its constants.
  private static func fractions(ofRoots degree: Int, count: Int) -> [UInt32] {
    let primes = (2...311).filter { number in !(2..<number).contains { number.isMultiple(of: $0) } }
    return primes.prefix(count).map { prime in
      // The largest r with r^degree <= prime * 2^(32 * degree); its low 32 bits are the fraction.
      var root: UInt64 = 0
      for bit in (0..<36).reversed() where isRoot(root | 1 << UInt64(bit), degree, of: UInt64(prime)) {
        root |= 1 << UInt64(bit)
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }

  private static func isRoot(_ root: UInt64, _ degree: Int, of prime: UInt64) -> Bool {
    let power = (1..<degree).reduce(UInt128(root)) { power, _ in power * UInt128(root) }
    return power <= UInt128(prime) << UInt128(32 * degree)
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian, Array.init)
  }

  private static func encodedInBase64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      let used = (0...group.count).map { digits[bits >> (18 - 6 * $0) & 63] }
      return String(used) + String(repeating: "=", count: 3 - group.count)
    }.joined()
  }
}

extension UInt32 {
  fileprivate func rotated(_ count: UInt32) -> UInt32 { self >> count | self << (32 - count) }
}
