import Architectures
import Simulation

/// What makes a finding of one state the finding of another: the rule, the outcome and the store or fact at the same
/// size, never its line or its wording. Whether both states mean the same architecture is known already.
extension Finding {
  /// Does a state that has this finding know the other one, in whatever configuration?
  func includes(_ other: Finding) -> Bool {
    rule == other.rule && outcome == other.outcome && id.site.includes(other.id.site) && hugepage == other.hugepage
  }

  /// Is it at the same place, in whatever configuration?
  func isAtSamePlace(as other: Finding) -> Bool {
    rule == other.rule && outcome == other.outcome && id.site.isSamePlace(as: other.id.site)
      && hugepage == other.hugepage
  }
}

extension JudgedArchitecture {
  /// Is a finding of another state known here, wherever its part of the world is? A symbol about which one state is silent
  /// has a value in the other: then it has to be known with each.
  func knows(_ finding: Finding) -> Bool { isFound(finding) { $0.includes(finding) } }

  /// Is what a finding of another state is about still found here?
  func stillHas(_ finding: Finding) -> Bool { isFound(finding) { $0.isAtSamePlace(as: finding) } }

  private func isFound(_ finding: Finding, _ isWanted: (Finding) -> Bool) -> Bool {
    guard let configuration = finding.configuration else { return ownFindings.contains(where: isWanted) }
    let partners = configurations.filter { $0.simulated.configuration.isCompatible(with: configuration) }
    guard let hugepage = finding.hugepage else {
      return !partners.isEmpty && partners.allSatisfy { $0.ownFindings.contains(where: isWanted) }
    }
    let cells = partners.flatMap(\.cells).filter { $0.verdict.hugepage == hugepage }
    return !cells.isEmpty && cells.allSatisfy { $0.ownFindings.contains(where: isWanted) }
  }
}

extension Configuration {
  /// Can both be the same configuration? A symbol about which one state is silent has a value in the other.
  func isCompatible(with other: Configuration) -> Bool {
    Set(assumed.keys).union(other.assumed.keys).allSatisfy { symbol in
      guard let own = values[symbol], let others = other.values[symbol] else { return true }
      return own == others
    }
  }
}
