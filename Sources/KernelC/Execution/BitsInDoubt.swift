/// The bits that a mended kernel might hold otherwise than memory does, behind stores that the MMU refused.
///
/// Nobody knows how a refused store will be mended: left out, or done to the head instead, whose frame the tails may
/// show. So the bits that it writes are in doubt wherever a struct page has that word.
struct BitsInDoubt {
  /// Bits by offset of the word in struct page.
  private var bits: [UInt64: UInt64] = [:]
  /// For the offset; 0 where struct pages do not lie at multiples of their size, so that all words are one.
  private let offsetMask: UInt64

  init(structPageSize: UInt64) {
    offsetMask = structPageSize.nonzeroBitCount == 1 ? structPageSize - 1 : 0
  }

  mutating func removeAll() { bits.removeAll() }

  /// Adds the bits that a refused store writes.
  mutating func add(_ written: UInt64, at address: UInt64) {
    bits[address & offsetMask, default: 0] |= written
  }

  /// The bits in doubt of the word at an address.
  subscript(address: UInt64) -> UInt64 {
    bits.isEmpty ? 0 : bits[address & offsetMask] ?? 0
  }
}
