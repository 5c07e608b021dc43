public import Kconfig

/// One reachable configuration of an architecture: every Kconfig symbol that matters has a value.
public struct Configuration: Sendable, Hashable {
  /// Symbols on which the descriptor is silent, with the value that this configuration gives them, by name.
  public let assumed: [String: Tristate]
  /// The values of the symbols that matter.
  public let values: [String: Tristate]

  /// Makes a configuration.
  public init(assumed: [String: Tristate], values: [String: Tristate]) {
    self.assumed = assumed
    self.values = values
  }

  /// The assumptions for people, sorted: `MEMCG=y, NUMA=n`; empty if there are none.
  public var assumptions: String {
    assumed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.letter)" }.joined(separator: ", ")
  }
}
