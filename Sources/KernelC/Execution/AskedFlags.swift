/// The flags that a run read: other values of them may lead it elsewhere.
package struct AskedFlags: Hashable, Sendable {
  /// Bits that bit operations tested, by number in their word.
  package var bits: UInt64
  /// Was a flags word read as a number, so that any of its bits may matter?
  package var isWholeWord: Bool

  /// Nothing was read.
  package static let none = AskedFlags(bits: 0, isWholeWord: false)

  /// Adds what another run read.
  package mutating func formUnion(_ other: AskedFlags) {
    bits |= other.bits
    isWholeWord = isWholeWord || other.isWholeWord
  }
}
