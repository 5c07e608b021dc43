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
    func holds(_ assumed: [String: Tristate], in configuration: [String: Tristate]) -> Bool {
      assumed.allSatisfy { configuration[$0.key] == $0.value }
    }
    let common = first.filter { assumption in group.allSatisfy { $0[assumption.key] == assumption.value } }
    // What they share is enough to tell them from the others, or each is named.
    if all.count(where: { holds(common, in: $0) }) == group.count {
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
