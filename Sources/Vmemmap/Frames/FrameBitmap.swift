/// One bit per frame: in use or not.
struct FrameBitmap: Hashable, Sendable {
  private var words: [UInt64]
  private let count: Int

  init(count: Int) {
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  subscript(index: Int) -> Bool {
    get { words[index >> 6] >> UInt64(index & 63) & 1 != 0 }
    set {
      if newValue {
        words[index >> 6] |= 1 << UInt64(index & 63)
      } else {
        words[index >> 6] &= ~(1 << UInt64(index & 63))
      }
    }
  }

  /// Marks all frames of a range.
  mutating func set(_ range: Range<Int>, to used: Bool) {
    forEachWord(of: range) { word, mask in words[word] = used ? words[word] | mask : words[word] & ~mask }
  }

  /// The highest frame below `limit` that is not in use.
  func highestFree(below limit: Int) -> Int? {
    guard limit > 0 else { return nil }
    var word = (limit - 1) >> 6
    var candidates = ~words[word] & (~0 >> UInt64(63 - (limit - 1) & 63))
    while candidates == 0 {
      guard word > 0 else { return nil }
      word -= 1
      candidates = ~words[word]
    }
    return word << 6 + 63 - candidates.leadingZeroBitCount
  }

  /// The lowest frame of a range that is in use.
  func lowestUsed(in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      let used = words[index >> 6] >> UInt64(index & 63)
      if used == 0 {
        index = (index >> 6 + 1) << 6
      } else {
        let found = index + used.trailingZeroBitCount
        return found < range.upperBound ? found : nil
      }
    }
    return nil
  }

  /// The number of frames in use.
  var usedCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  private func forEachWord(of range: Range<Int>, _ body: (_ word: Int, _ mask: UInt64) -> Void) {
    guard !range.isEmpty else { return }
    let first = range.lowerBound >> 6
    let last = (range.upperBound - 1) >> 6
    for word in first...last {
      var mask = ~UInt64(0)
      if word == first { mask &= ~0 << UInt64(range.lowerBound & 63) }
      if word == last { mask &= ~0 >> UInt64(63 - (range.upperBound - 1) & 63) }
      body(word, mask)
    }
  }
}
