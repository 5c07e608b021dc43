/// A set of struct pages of one HugeTLB page, by index (0 is the head).
package struct StructPageSet: Sendable, Hashable {
  private var words: [UInt64]

  /// The empty set of struct pages 0 ..< `count`.
  package init(of count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  /// The set of all struct pages 0 ..< `count`.
  package init(all count: Int) {
    self.init(of: count)
    for word in words.indices { words[word] = .max }
    if count % 64 != 0, let last = words.indices.last { words[last] = (1 << UInt64(count % 64)) - 1 }
  }

  /// Number of struct pages in the set.
  /// - Complexity: O(struct pages / 64)
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Is it empty?
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The lowest index.
  package var first: Int? {
    words.firstIndex { $0 != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
  }

  /// Is a struct page in the set?
  package func contains(_ index: Int) -> Bool {
    index >= 0 && index / 64 < words.count && words[index / 64] >> UInt64(index % 64) & 1 == 1
  }

  /// Puts a struct page into the set; indices outside it are ignored.
  package mutating func insert(_ index: Int) {
    guard index >= 0, index / 64 < words.count else { return }
    words[index / 64] |= 1 << UInt64(index % 64)
  }

  /// Adds all struct pages of another set of the same HugeTLB page.
  package mutating func formUnion(_ other: StructPageSet) {
    for index in words.indices where index < other.words.count { words[index] |= other.words[index] }
  }

  /// The indices, ascending.
  package var indices: [Int] {
    var indices: [Int] = []
    for (position, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        indices.append(position * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return indices
  }

  /// Puts copies of what the set holds in `range` behind each of `starts`.
  /// - Complexity: O(starts × range / 64) where both lie at multiples of 64, as vmemmap pages do
  package mutating func insertCopies(of range: Range<Int>, at starts: ArraySlice<Int>) {
    guard range.lowerBound % 64 == 0, range.count % 64 == 0 else {
      let offsets = range.filter(contains).map { $0 - range.lowerBound }
      for start in starts {
        for offset in offsets { insert(start + offset) }
      }
      return
    }
    let pattern = Array(words[range.lowerBound / 64..<min(range.upperBound / 64, words.count)])
    for start in starts where start % 64 == 0 {
      for (offset, word) in pattern.enumerated() where start / 64 + offset < words.count {
        words[start / 64 + offset] |= word
      }
    }
  }

  /// The runs of neighbouring indices, ascending.
  /// - Complexity: O(struct pages / 64 + runs)
  var runs: [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    var start: Int?
    for (position, word) in words.enumerated() {
      var bit = 0
      while bit < 64 {
        let rest = (start == nil ? word : ~word) >> UInt64(bit)
        guard rest != 0 else { break }
        bit += rest.trailingZeroBitCount
        if let first = start {
          runs.append(first...(position * 64 + bit - 1))
          start = nil
        } else {
          start = position * 64 + bit
        }
      }
    }
    if let first = start { runs.append(first...(words.count * 64 - 1)) }
    return runs
  }

  /// The indices for people: `64, 128, ..., 448`, `64..511`, or the first and the last runs.
  /// - Complexity: O(struct pages / 64 + runs)
  package var summary: String {
    let runs = runs
    guard runs.count > 4, let last = runs.last else { return runs.map(Self.text).joined(separator: ", ") }
    let step = runs[1].lowerBound - runs[0].lowerBound
    let isRegular = zip(runs, runs.dropFirst()).allSatisfy {
      $1.lowerBound - $0.lowerBound == step && $0.count == 1 && $1.count == 1
    }
    let shown = isRegular ? runs.prefix(2) : runs.prefix(3)
    return (shown.map(Self.text) + ["...", Self.text(last)]).joined(separator: ", ")
  }

  private static func text(_ run: ClosedRange<Int>) -> String {
    run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound)..\(run.upperBound)"
  }
}
