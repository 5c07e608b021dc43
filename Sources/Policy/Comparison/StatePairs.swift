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
  init(old: [Side], new: [Side]) {
    vanished = old
    var partners: [Int: Side] = [:]
    let criteria: [(Side, Side) -> Bool] = [
      { $0.judged.architecture.id == $1.judged.architecture.id },
      { $0.resolved.name == $1.resolved.name },
      { DescriptorDifference(old: $0.resolved.node, new: $1.resolved.node).changes.isEmpty },
    ]
    for isPartner in criteria {
      for (position, side) in new.enumerated() where partners[position] == nil {
        // Of several candidates none is known to be it.
        let candidates = vanished.indices.filter { isPartner(vanished[$0], side) }
        let rivals = new.indices.filter { partners[$0] == nil && isPartner(side, new[$0]) }
        guard let candidate = candidates.first, candidates.count == 1, rivals == [position] else { continue }
        partners[position] = vanished.remove(at: candidate)
      }
    }
    for (position, side) in new.enumerated() {
      if let partner = partners[position] { pairs.append((partner, side)) } else { appeared.append(side) }
    }
  }
}
