import TestSupport
import Testing

@testable import Policy

/// Delta debugging, and the alignment of lists behind it.
struct CauseSearchTests {
  /// Needs all of some changes; a change may also make it impossible.
  private func smallest(of count: Int, needing needed: Set<Int>, budget: Int = 1000, failing: Set<Int> = []) -> [Int] {
    var search = CauseSearch<Bool>(changes: count, budget: budget) { chosen in
      !chosen.isDisjoint(with: failing) && chosen.count < count ? nil : needed.isSubset(of: chosen)
    }
    return search.smallestSet { $0 }
  }

  @Test(arguments: [
    (1, [0]), (5, [3]), (5, [0, 4]), (8, [1, 2, 7]), (40, [3, 17, 18, 39]), (6, [0, 1, 2, 3, 4, 5]), (100, [99]),
  ])
  func `the smallest set is found`(count: Int, needed: [Int]) {
    #expect(smallest(of: count, needing: Set(needed)) == needed)
  }

  @Test func `what all changes together do not give has no cause`() {
    #expect(smallest(of: 4, needing: [7]) == [])
    #expect(smallest(of: 0, needing: [1]) == [])
  }

  @Test func `mixtures that cannot be evaluated are no causes`() {
    #expect(smallest(of: 4, needing: [1], failing: [0]) == [1])
    #expect(Set(smallest(of: 4, needing: [0, 1], failing: [0])).isSuperset(of: [0, 1]))
  }

  @Test func `where patience ends the set suffices`() {
    for budget in 1...30 {
      let found = Set(smallest(of: 20, needing: [3, 11], budget: budget))
      #expect(found.isSuperset(of: [3, 11]), "budget \(budget)")
    }
    #expect(smallest(of: 20, needing: [3], budget: 0) == [])
  }

  @Test func `what was evaluated once is not evaluated again`() {
    let counter = Counter()
    var search = CauseSearch<Int>(changes: 6, budget: 1000) { chosen in
      counter.count += 1
      return chosen.count
    }
    _ = search.smallestSet { $0 >= 3 }
    let first = counter.count
    _ = search.smallestSet { $0 >= 3 }
    #expect(counter.count == first)
  }

  private final class Counter {
    var count = 0
  }

  @Test(arguments: [
    ("", "", ""), ("abc", "abc", "aa bb cc"), ("abc", "ac", "aa b- cc"), ("ac", "abc", "aa -b cc"),
    ("ab", "ba", "a- bb -a"),
    ("abc", "xyz", "a- b- c- -x -y -z"), ("aab", "ab", "aa a- bb"),
  ])
  func `lists are laid side by side`(old: String, new: String, rows: String) {
    let (before, after) = (Array(old), Array(new))
    let found = Alignment.rows(before, after).map { row in
      switch row {
      case .both(let i, let j): "\(before[i])\(after[j])"
      case .old(let i): "\(before[i])-"
      case .new(let j): "-\(after[j])"
      }
    }
    #expect(found.joined(separator: " ") == rows)
  }

  @Test func `random lists are laid side by side in their orders`() {
    var generator = SeededGenerator(seed: 20_261_123)
    for round in 0..<200 {
      let old = (0..<Int.random(in: 0...12, using: &generator)).map { _ in Int.random(in: 0...4, using: &generator) }
      let new = (0..<Int.random(in: 0...12, using: &generator)).map { _ in Int.random(in: 0...4, using: &generator) }
      let rows = Alignment.rows(old, new)
      let left = rows.compactMap { row -> Int? in
        switch row {
        case .both(let i, _), .old(let i): i
        case .new: nil
        }
      }
      let right = rows.compactMap { row -> Int? in
        switch row {
        case .both(_, let j), .new(let j): j
        case .old: nil
        }
      }
      #expect(left == Array(old.indices) && right == Array(new.indices), "seed 20261123, round \(round)")
    }
  }
}
