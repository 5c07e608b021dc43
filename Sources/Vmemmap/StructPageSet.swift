/// A set of struct pages of one HugeTLB page, by index (0 is the head).
public struct StructPageSet: Sendable, Hashable {
  private var words: [UInt64]

  /// The empty set of struct pages 0 ..< `count`.
  public init(of count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  /// The set of all struct pages 0 ..< `count`.
  public init(all count: Int) {
    self.init(of: count)
    for word in words.indices { words[word] = .max }
    if count % 64 != 0, let last = words.indices.last { words[last] = (1 << UInt64(count % 64)) - 1 }
  }

  /// Number of struct pages in the set.
  /// - Complexity: O(struct pages / 64)
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Is it empty?
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The lowest index.
  public var first: Int? {
    words.firstIndex { $0 != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
  }

  /// Is a struct page in the set?
  public func contains(_ index: Int) -> Bool {
    index >= 0 && index / 64 < words.count && words[index / 64] >> UInt64(index % 64) & 1 == 1
  }

  /// Puts a struct page into the set; indices outside it are ignored.
  public mutating func insert(_ index: Int) {
    guard index >= 0, index / 64 < words.count else { return }
    words[index / 64] |= 1 << UInt64(index % 64)
  }

  /// Adds all struct pages of another set of the same HugeTLB page.
  public mutating func formUnion(_ other: StructPageSet) {
    for index in words.indices where index < other.words.count { words[index] |= other.words[index] }
  }

  /// The indices, ascending.
  public var indices: [Int] {
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

  /// The indices for people: `64, 128, ..., 448`, `64..511`, or the runs.
  /// - Complexity: O(struct pages)
  public var summary: String {
    let indices = indices
    guard indices.count > 4, let first = indices.first, let last = indices.last else {
      return indices.map(String.init).joined(separator: ", ")
    }
    let step = indices[1] - first
    if step > 1, last - first == step * (indices.count - 1), zip(indices, indices.dropFirst()).allSatisfy({ $1 - $0 == step }) {
      return "\(first), \(first + step), ..., \(last)"
    }
    var runs: [(first: Int, last: Int)] = []
    for index in indices {
      if let end = runs.last?.last, end + 1 == index {
        runs[runs.count - 1].last = index
      } else {
        runs.append((index, index))
      }
    }
    let shown = runs.count <= 4 ? runs : Array(runs.prefix(2))
    var texts = shown.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)..\($0.last)" }
    if runs.count > 4, let end = runs.last {
      texts += ["...", end.first == end.last ? "\(end.first)" : "\(end.first)..\(end.last)"]
    }
    return texts.joined(separator: ", ")
  }
}
