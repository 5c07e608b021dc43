/// Two lists side by side: what both have, in the order of both, and what only one of them has.
enum Alignment {
  /// One row.
  enum Row: Equatable {
    /// Indices of elements that are the same.
    case both(Int, Int)
    /// The index of an element that only the old list has.
    case old(Int)
    /// The index of an element that only the new list has.
    case new(Int)
  }

  /// Longer lists are not aligned: all of the old one goes, all of the new one comes.
  private static let largestTable = 1 << 20

  /// The rows of a longest common subsequence; of a place that was changed, the old elements come first.
  /// - Complexity: O(old × new)
  static func rows<Element: Equatable>(_ old: [Element], _ new: [Element]) -> [Row] {
    guard !old.isEmpty, !new.isEmpty, old.count <= largestTable / new.count else {
      return old.indices.map { .old($0) } + new.indices.map { .new($0) }
    }
    let width = new.count + 1
    var length = [Int](repeating: 0, count: (old.count + 1) * width)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        length[i * width + j] =
          old[i] == new[j]
          ? length[(i + 1) * width + j + 1] + 1 : max(length[(i + 1) * width + j], length[i * width + j + 1])
      }
    }
    var rows: [Row] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        rows.append(.both(i, j))
        (i, j) = (i + 1, j + 1)
      } else if i < old.count, j == new.count || length[(i + 1) * width + j] >= length[i * width + j + 1] {
        rows.append(.old(i))
        i += 1
      } else {
        rows.append(.new(j))
        j += 1
      }
    }
    return rows
  }
}
