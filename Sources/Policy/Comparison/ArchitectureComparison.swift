import Architectures
import Diagnostics
import LocatedYAML

/// What became of one architecture that both states have, and by which changes.
struct ArchitectureComparison {
  /// An architecture in one state.
  struct Side {
    var descriptor: Descriptor
    var resolved: Descriptor.Resolved
    var checked: Checked
  }

  /// How many mixtures of two states of an architecture are simulated at most.
  private static let mostEvaluations = 400

  private let old: Side
  private let new: Side
  private let causes: [Comparison.Cause]
  private var search: CauseSearch<Mixture>

  /// What comes of some of the changes.
  private struct Mixture {
    var findings: [Finding]
    var cells: [ComparedCell]

    init(_ checked: Checked) {
      findings = checked.evaluation.findings
      cells = ComparedCell.all(of: checked)
    }
  }

  init(old: Side, new: Side, rules: RuleDifference, catalog: KernelCatalog) {
    (self.old, self.new) = (old, new)
    let facts = DescriptorDifference(old: old.resolved.node, new: new.resolved.node)
    let count = facts.changes.count
    causes = facts.changes + rules.changes
    search = CauseSearch(changes: causes.count, budget: Self.mostEvaluations) { chosen in
      let ofRules = Set(chosen.filter { $0 >= count }.map { $0 - count })
      guard let node = facts.node(with: chosen.filter { $0 < count }) else { return nil }
      return Self.mixture(new, node, rules.rules(with: ofRules), catalog)
    }
  }

  /// A mixture of two states need not be a descriptor that could be read.
  private static func mixture(_ side: Side, _ node: Node, _ rules: [Rule], _ catalog: KernelCatalog) -> Mixture? {
    guard DescriptorLoader.isComplete(node),
      let architecture = try? ArchitectureReader(catalog: catalog).read(side.resolved.with(node), of: side.descriptor)
    else { return nil }
    return (try? Checker(rules: rules, catalog: catalog).check(architecture)).map(Mixture.init)
  }

  /// Findings of the new state that the old one does not have.
  mutating func appeared() -> [FindingChange] {
    let before = old.checked.evaluation.findings
    return new.checked.evaluation.findings.missing(in: before).map { finding -> FindingChange in
      let causes = causes { mixture in
        finding.isCovered(by: mixture.findings) && mixture.findings.missing(in: before).contains(where: finding.isSame)
      }
      return FindingChange(finding: finding, causes: causes)
    }
  }

  /// Findings of the old state that the new one does not have.
  mutating func vanished() -> [FindingChange] {
    let (before, after) = (old.checked.evaluation.findings, new.checked.evaluation.findings)
    return before.missing(in: after).map { finding -> FindingChange in
      let causes = causes { before.missing(in: $0.findings).contains(where: finding.isSame) }
      return FindingChange(finding: finding, causes: causes)
    }
  }

  /// Cells whose verdicts differ; gone ones last.
  mutating func cells() -> [Comparison.CellChange] {
    let (before, after) = (ComparedCell.all(of: old.checked), ComparedCell.all(of: new.checked))
    var changes: [Comparison.CellChange] = []
    for cell in after {
      let partners = before.filter(cell.isSame)
      if partners.isEmpty {
        let causes = causes { $0.cells.contains { $0.isSame(as: cell) && $0.state == cell.state } }
        changes.append(.init(old: nil, new: cell.verdict, direction: .appeared, causes: causes))
      }
      for partner in partners {
        guard let direction = cell.direction(from: partner) else { continue }
        let causes = causes { $0.cells.contains { $0.isSame(as: cell) && $0.state == cell.state } }
        changes.append(.init(old: partner.verdict, new: cell.verdict, direction: direction, causes: causes))
      }
    }
    for cell in before where !after.contains(where: cell.isSame) {
      let causes = causes { !$0.cells.contains { $0.isSame(as: cell) } }
      changes.append(.init(old: cell.verdict, new: nil, direction: .vanished, causes: causes))
    }
    return changes
  }

  private mutating func causes(_ isWanted: (Mixture) -> Bool) -> [Comparison.Cause] {
    search.smallestSet(giving: isWanted).map { causes[$0] }
  }
}
