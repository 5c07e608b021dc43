package import Kconfig

/// One reachable configuration of an architecture: every Kconfig symbol that matters has a value.
package struct Configuration: Sendable, Hashable {
  /// What a cell is made of where it depends on the configuration.
  struct Outcome: Hashable {
    var optsIn = false
    var isEnabled = false
    /// Which of `struct_page:` is the first that fits.
    var structPage: Int?
    /// Which of `define:` hold.
    var defines: [Int] = []
  }

  /// Symbols on which the descriptor is silent, with the value that this configuration gives them, by name.
  package let assumed: [String: Tristate]
  /// The values of the symbols that matter.
  package let values: [String: Tristate]
  let outcome: Outcome

  /// The assumptions for people, sorted: `MEMCG=y, NUMA=n`; empty if there are none.
  package var assumptions: String {
    assumed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.letter)" }.joined(separator: ", ")
  }
}
