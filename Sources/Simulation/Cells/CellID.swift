package import Architectures

/// One reachable configuration of one architecture.
package struct ConfigurationID: Hashable, Sendable {
  /// The architecture.
  package var architecture: ArchitectureID
  /// What it assumes of symbols on which the descriptor is silent: `MEMCG=y, NUMA=n`; empty if there are none.
  package var assumptions: String

  /// Makes an identity.
  package init(architecture: ArchitectureID, assumptions: String) {
    self.architecture = architecture
    self.assumptions = assumptions
  }
}

/// One HugeTLB page size in one reachable configuration of one architecture.
package struct CellID: Hashable, Sendable {
  /// The configuration.
  package var configuration: ConfigurationID
  /// Bytes.
  package var hugepage: UInt64

  /// Makes an identity.
  package init(configuration: ConfigurationID, hugepage: UInt64) {
    self.configuration = configuration
    self.hugepage = hugepage
  }

  /// The architecture.
  package var architecture: ArchitectureID { configuration.architecture }
}
