import Architectures
import Simulation

/// Which architecture of one state is which of the other.
struct StatePairs {
  typealias Side = ArchitectureComparison.Side

  /// Architectures that both states have, in the order of the new state.
  private(set) var pairs: [(old: Side, new: Side)] = []
  /// Those that only the new state has.
  private(set) var appeared: [Side] = []
  /// Those that only the old state has.
  private(set) var vanished: [Side]

  /// Pairs what has one identity; then what has one name, where the kernel is another; then what says the same under
  /// another name, as a renamed file does.
  /// - Complexity: O(architectures)
  init(old: [Side], new: [Side]) {
    vanished = old
    var partners: [Int: Side] = [:]
    pair(with: new, &partners, by: { $0.judged.architecture.id })
    pair(with: new, &partners, by: { $0.resolved.name })
    pair(with: new, &partners, by: { $0.resolved.node.meaningfulText() }) {
      DescriptorDifference(old: $0.resolved.node, new: $1.resolved.node).changes.isEmpty
    }
    for (position, side) in new.enumerated() {
      if let partner = partners[position] { pairs.append((partner, side)) } else { appeared.append(side) }
    }
  }

  /// Pairs what has a key in common, where each state has one left with it: of several none is known to be it.
  /// - Parameter confirms: what has the key in common may still differ.
  private mutating func pair<Key: Hashable>(
    with new: [Side], _ partners: inout [Int: Side], by key: (Side) -> Key,
    where confirms: (Side, Side) -> Bool = { _, _ in true }
  ) {
    let left = Dictionary(grouping: new.indices.filter { partners[$0] == nil }) { key(new[$0]) }
    var taken: Set<Int> = []
    for (key, candidates) in Dictionary(grouping: vanished.indices, by: { key(vanished[$0]) }) {
      guard candidates.count == 1, let positions = left[key], positions.count == 1,
        confirms(vanished[candidates[0]], new[positions[0]])
      else { continue }
      partners[positions[0]] = vanished[candidates[0]]
      taken.insert(candidates[0])
    }
    vanished = vanished.indices.filter { !taken.contains($0) }.map { vanished[$0] }
  }
}
