import Kconfig

/// What a group of configurations assumes that the others do not.
struct Assumptions {
  /// `MEMCG=y`, or `MEMCG=y, SLUB=n or MEMCG=n, SLUB=y`; empty where there are no others, or nothing is assumed.
  let description: String

  /// More alternatives than this are counted.
  private static let mostShown = 3

  init(of group: [[String: Tristate]], among all: [[String: Tristate]]) {
    guard group.count < all.count, let first = group.first else {
      description = ""
      return
    }
    let common = first.filter { assumption in group.allSatisfy { $0[assumption.key] == assumption.value } }
    // Configurations that look alike are listed once, so what the group has in common stands for it only where all
    // combinations of the rest are there.
    let varied = first.keys.filter { common[$0] == nil }
    let combinations = varied.map { name in Set(group.map { $0[name] }).count }.reduce(1, *)
    if Set(group).count == combinations, all.allSatisfy({ group.contains($0) || !$0.agrees(with: common) }) {
      description = Self.text(common)
    } else {
      let shown = group.prefix(Self.mostShown).map(Self.text).joined(separator: " or ")
      description = group.count > Self.mostShown ? shown + " or \(group.count - Self.mostShown) more" : shown
    }
  }

  private static func text(_ assumed: [String: Tristate]) -> String {
    assumed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.letter)" }.joined(separator: ", ")
  }
}

extension [String: Tristate] {
  fileprivate func agrees(with other: [String: Tristate]) -> Bool {
    other.allSatisfy { self[$0.key] == $0.value }
  }
}
