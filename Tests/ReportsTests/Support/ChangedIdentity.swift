import Architectures
import KernelC
import Policy
import Simulation

extension Finding {
  /// The same finding about something else.
  func changed(
    rule: String? = nil, site: FindingSite? = nil, architecture: String? = nil, kernel: String? = nil,
    assumptions: String? = nil, hugepage: UInt64?? = .none
  ) -> Finding {
    var finding = self
    let own = id.scope.architecture
    let configuration = ConfigurationID(
      architecture: ArchitectureID(name: architecture ?? own.name, kernel: kernel ?? own.kernel),
      assumptions: assumptions ?? self.assumptions)
    let size = hugepage ?? self.hugepage
    let scope: FindingScope =
      if let size {
        .cell(CellID(configuration: configuration, hugepage: size))
      } else {
        .configuration(configuration)
      }
    finding.id = FindingID(rule: rule ?? self.rule, site: site ?? id.site, scope: scope)
    return finding
  }
}

extension CellVerdict {
  /// The same verdict of another cell.
  func changed(architecture: String? = nil, kernel: String? = nil, assumptions: String? = nil) -> CellVerdict {
    var verdict = self
    verdict.cell.configuration = ConfigurationID(
      architecture: ArchitectureID(name: architecture ?? self.architecture, kernel: kernel ?? self.kernel),
      assumptions: assumptions ?? self.assumptions)
    return verdict
  }
}
