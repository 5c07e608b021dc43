package import Architectures
package import KernelC

/// One architecture with everything that was simulated on it; no rule has judged it.
package struct SimulatedArchitecture: Sendable {
  /// The architecture.
  package var architecture: Architecture
  /// What knows the values of Kconfig symbols.
  package let space: ConfigurationSpace
  /// Its configurations.
  package var configurations: [SimulatedConfiguration]

  /// Wraps what was simulated.
  package init(space: ConfigurationSpace, configurations: [SimulatedConfiguration]) {
    architecture = space.architecture
    self.space = space
    self.configurations = configurations
  }

  /// Declared effects on which the verdicts rest: somebody's reading of a function, not a run of it.
  package var trusted: [TrustedEffect] {
    var seen: Set<TrustedEffect> = []
    return configurations.flatMap(\.trusted).filter { seen.insert($0).inserted }
  }
}

/// One configuration with its cells.
package struct SimulatedConfiguration: Sendable {
  /// What makes it this configuration.
  package var id: ConfigurationID
  /// The configuration.
  package var configuration: Configuration
  /// Is the feature built in?
  package var isEnabled: Bool
  /// Does the architecture opt in?
  package var optsIn: Bool
  /// `sizeof(struct page)`.
  package var structPageSize: Fact<UInt64>
  /// The macros that are defined.
  package var macros: [Architecture.Define]
  /// One for each HugeTLB page size.
  package var cells: [SimulatedCell]
  /// Declared effects on which the runs rest.
  package var trusted: [TrustedEffect] = []
}

/// One HugeTLB page size with what the simulation saw.
package struct SimulatedCell: Sendable {
  /// What makes it this cell.
  package var id: CellID
  /// The size in bytes.
  package var hugepage: Fact<UInt64>
  /// What was seen; nil where the feature is not built in, so that there was nothing to run.
  package var observation: Observation?
}
