package import Architectures
import Diagnostics

/// One state of descriptors and rules, checked.
package struct ComparedState: Sendable {
  /// The state as it was named on the command line.
  package var name: String
  /// The descriptors.
  package var descriptors: [Descriptor]
  /// What they describe, judged by the rules.
  package var judged: [JudgedArchitecture]
  /// The rules.
  package var rules: [Rule]

  /// Makes a state.
  package init(name: String, descriptors: [Descriptor], judged: [JudgedArchitecture], rules: [Rule]) {
    self.name = name
    self.descriptors = descriptors
    self.judged = judged
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
/// Architectures are the same where name and kernel are; see `StatePairs` for what is left. By which change of the files a
/// verdict or a finding changed is not guessed: mixtures of both states are simulated until a smallest set of changes is
/// found that suffices.
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
    let states = StatePairs(old: old.sides, new: new.sides)
    for (before, after) in states.pairs {
      if before.resolved.name != after.resolved.name {
        verdicts.renames.append(.init(old: before.judged.architecture.id, new: after.judged.architecture.id))
      }
      var comparison = ArchitectureComparison(old: before, new: after, rules: rules, catalog: catalog)
      verdicts.cells += comparison.cells()
      appeared += comparison.appeared()
      vanished += comparison.vanished()
    }
    for side in states.appeared {
      let cause = Comparison.Cause("+ architecture \(side.resolved.name)", at: side.resolved.place)
      verdicts.cells += side.judged.verdicts.map {
        .init(old: nil, new: $0, direction: .appeared, causes: [cause])
      }
      appeared += side.judged.findings.map { FindingChange(finding: $0, causes: [cause]) }
    }
    for side in states.vanished {
      let cause = Comparison.Cause("- architecture \(side.resolved.name)", at: side.resolved.place)
      verdicts.cells += side.judged.verdicts.map {
        .init(old: $0, new: nil, direction: .vanished, causes: [cause])
      }
      vanished += side.judged.findings.map { FindingChange(finding: $0, causes: [cause]) }
    }
  }
}

extension ComparedState {
  /// The architectures with the descriptors that they came from.
  fileprivate var sides: [ArchitectureComparison.Side] {
    judged.compactMap { judged in
      guard let descriptor = descriptors.first(where: { FilePath($0.path) == FilePath(judged.architecture.path) }),
        let resolved = descriptor.variants.first(where: { $0.name == judged.architecture.name })
      else { return nil }
      return ArchitectureComparison.Side(descriptor: descriptor, resolved: resolved, judged: judged)
    }
  }
}
