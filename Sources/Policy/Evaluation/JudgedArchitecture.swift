package import Architectures
package import KernelC
package import Simulation

/// One architecture with what the rules say of everything that was simulated on it.
package struct JudgedArchitecture: Sendable {
  /// The architecture.
  package var architecture: Architecture
  /// Declared effects on which the verdicts rest.
  package var trusted: [TrustedEffect]
  /// Its configurations.
  package var configurations: [JudgedConfiguration]
  /// The findings that speak of no configuration: of select lines, and of the architecture as a whole.
  package var ownFindings: [Finding]

  /// All findings in the order of rules, each rule's in that of configurations and HugeTLB page sizes.
  package var findings: [Finding] {
    (ownFindings + configurations.flatMap { $0.ownFindings + $0.cells.flatMap(\.ownFindings) }).inOrderOfRules
  }

  /// The findings that concern a cell: its own, and those of its configuration and of the architecture.
  package func findings(of cell: JudgedCell, in configuration: JudgedConfiguration) -> [Finding] {
    (findings(of: configuration) + cell.ownFindings).inOrderOfRules
  }

  /// The findings that concern a configuration and speak of no HugeTLB page size.
  package func findings(of configuration: JudgedConfiguration) -> [Finding] {
    (ownFindings + configuration.ownFindings).inOrderOfRules
  }

  /// The verdict of every cell.
  package var verdicts: [CellVerdict] { configurations.flatMap { $0.cells.map(\.verdict) } }
}

/// One configuration with its cells.
package struct JudgedConfiguration: Sendable {
  /// What was simulated.
  package var simulated: SimulatedConfiguration
  /// The findings that speak of no HugeTLB page size.
  package var ownFindings: [Finding]
  /// One for each HugeTLB page size.
  package var cells: [JudgedCell]
}

/// One HugeTLB page size with its verdict.
package struct JudgedCell: Sendable {
  /// What was simulated.
  package var simulated: SimulatedCell
  /// The findings that speak of this size.
  package var ownFindings: [Finding]
  /// The verdict.
  package var verdict: CellVerdict
}

extension [Finding] {
  /// Sorted by the identities of their rules; the order of one rule's findings stays.
  fileprivate var inOrderOfRules: [Finding] {
    enumerated().sorted { ($0.element.rule, $0.offset) < ($1.element.rule, $1.offset) }.map(\.element)
  }
}
