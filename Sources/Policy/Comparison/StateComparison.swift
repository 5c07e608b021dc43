package import Architectures
import Diagnostics

/// One state of descriptors and rules, checked.
package struct ComparedState: Sendable {
  /// The state as it was named on the command line.
  package var name: String
  /// The descriptors.
  package var descriptors: [Descriptor]
  /// What they describe, checked with the rules.
  package var checked: [Checked]
  /// The rules.
  package var rules: [Rule]

  /// Makes a state.
  package init(name: String, descriptors: [Descriptor], checked: [Checked], rules: [Rule]) {
    self.name = name
    self.descriptors = descriptors
    self.checked = checked
    self.rules = rules
  }
}

/// A finding that only one of two states has.
package struct FindingChange: Sendable {
  /// The finding.
  package var finding: Finding
  /// The smallest set of changes that brings it or takes it away.
  package var causes: [Comparison.Cause]
}

/// Compares what two states of descriptors and rules mean.
///
/// Architectures are the same where their names are. By which change of the files a verdict or a finding changed is not
/// guessed: mixtures of both states are simulated until a smallest set of changes is found that suffices.
package struct StateComparison: Sendable {
  /// What became of the verdicts.
  package private(set) var verdicts: Comparison
  /// Findings that only the new state has.
  package private(set) var appeared: [FindingChange] = []
  /// Findings that only the old state has.
  package private(set) var vanished: [FindingChange] = []

  /// Compares two states.
  package init(old: ComparedState, new: ComparedState, catalog: KernelCatalog) {
    verdicts = Comparison(oldName: old.name, newName: new.name, cells: [])
    let rules = RuleDifference(old: old.rules, new: new.rules)
    let (before, after) = (old.sides, new.sides)
    for side in after {
      let name = side.resolved.name
      if let partner = before.first(where: { $0.resolved.name == name }) {
        var comparison = ArchitectureComparison(old: partner, new: side, rules: rules, catalog: catalog)
        verdicts.cells += comparison.cells()
        appeared += comparison.appeared()
        vanished += comparison.vanished()
      } else {
        let cause = Comparison.Cause("+ architecture \(name)", at: side.resolved.place)
        verdicts.cells += side.checked.evaluation.verdicts.map {
          .init(old: nil, new: $0, direction: .appeared, causes: [cause])
        }
        appeared += side.checked.evaluation.findings.map { FindingChange(finding: $0, causes: [cause]) }
      }
    }
    for side in before where !after.contains(where: { $0.resolved.name == side.resolved.name }) {
      let cause = Comparison.Cause("- architecture \(side.resolved.name)", at: side.resolved.place)
      verdicts.cells += side.checked.evaluation.verdicts.map {
        .init(old: $0, new: nil, direction: .vanished, causes: [cause])
      }
      vanished += side.checked.evaluation.findings.map { FindingChange(finding: $0, causes: [cause]) }
    }
  }
}

extension ComparedState {
  /// The architectures with the descriptors that they came from.
  fileprivate var sides: [ArchitectureComparison.Side] {
    descriptors.flatMap { descriptor in
      descriptor.variants.compactMap { resolved in
        checked.first { $0.architecture.name == resolved.name }.map {
          ArchitectureComparison.Side(descriptor: descriptor, resolved: resolved, checked: $0)
        }
      }
    }
  }
}
