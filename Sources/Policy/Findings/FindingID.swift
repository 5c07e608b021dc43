package import Architectures
package import Simulation

/// What makes two findings the same, in reports, baselines, comparisons and caches: the rule, the store or fact that
/// violates it, and the cell. Two stores are two findings even under one rule in one cell.
///
/// It names no line, so that edits elsewhere leave it as it is.
package struct FindingID: Hashable, Sendable {
  /// The rule's identity: `HVO001`.
  package var rule: String
  /// What violates the rule.
  package var site: FindingSite
  /// Where it does.
  package var scope: FindingScope

  /// Makes an identity.
  package init(rule: String, site: FindingSite, scope: FindingScope) {
    self.rule = rule
    self.site = site
    self.scope = scope
  }
}

/// The part of the world that a finding is about.
package enum FindingScope: Hashable, Sendable {
  /// All configurations of an architecture.
  case architecture(ArchitectureID)
  /// All HugeTLB page sizes of a configuration.
  case configuration(ConfigurationID)
  /// One HugeTLB page size.
  case cell(CellID)

  /// The architecture.
  package var architecture: ArchitectureID {
    switch self {
    case .architecture(let id): id
    case .configuration(let id): id.architecture
    case .cell(let id): id.architecture
    }
  }

  /// What is assumed of symbols on which the descriptor is silent; empty if nothing is.
  package var assumptions: String {
    switch self {
    case .architecture: ""
    case .configuration(let id): id.assumptions
    case .cell(let id): id.configuration.assumptions
    }
  }

  /// HugeTLB page size in bytes; nil where the rule does not speak of one.
  ///
  /// Inlined into closures over findings, it makes the optimizer of Swift 6.3.1 stop with an ownership error.
  @inline(never) package var hugepage: UInt64? {
    switch self {
    case .architecture, .configuration: nil
    case .cell(let id): id.hugepage
    }
  }

  /// Does it contain a cell?
  package func includes(_ cell: CellID) -> Bool {
    switch self {
    case .architecture(let id): id == cell.architecture
    case .configuration(let id): id == cell.configuration
    case .cell(let id): id == cell
    }
  }
}
