/// A value at run time: known bits, or a number of an unknown value.
struct Value: Sendable {
  var bits: UInt64
  /// 0 if the bits are known, else the index of the unknown value plus 1.
  var unknown: Int32

  init(known bits: UInt64) {
    self.bits = bits
    unknown = 0
  }

  init(unknown index: Int) {
    bits = 0
    unknown = Int32(truncatingIfNeeded: index &+ 1)
  }

  var isKnown: Bool { unknown == 0 }
  var unknownIndex: Int { Int(unknown) &- 1 }
}
