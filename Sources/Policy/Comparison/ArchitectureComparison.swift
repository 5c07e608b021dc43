import Architectures
import Diagnostics
import LocatedYAML

/// What became of one architecture that both states have, and by which changes.
struct ArchitectureComparison {
  /// An architecture in one state.
  struct Side {
    var descriptor: Descriptor
    var resolved: Descriptor.Resolved
    var judged: JudgedArchitecture
  }

  /// How many mixtures of two states of an architecture are simulated at most.
  private static let mostEvaluations = 400

  private let old: Side
  private let new: Side
  private let causes: [Comparison.Cause]
  private var search: CauseSearch<Mixture>

  /// What comes of some of the changes.
  private struct Mixture {
    var judged: JudgedArchitecture
    var cells: [ComparedCell]

    init(_ judged: JudgedArchitecture) {
      self.judged = judged
      cells = ComparedCell.all(of: judged)
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
  private static func mixture(
    _ side: Side, _ node: Node, _ rules: [Rule], _ catalog: KernelCatalog
  ) -> Mixture? {
    guard DescriptorLoader.isComplete(node),
      let architecture = try? ArchitectureReader(catalog: catalog).read(side.resolved.with(node), of: side.descriptor)
    else { return nil }
    return (try? Checker(rules: rules, catalog: catalog).check(architecture)).map(Mixture.init)
  }

  /// Findings of the new state that the old one does not know.
  mutating func appeared() -> [FindingChange] {
    let before = old.judged
    return new.judged.findings.filter { !before.knows($0) }.map { finding -> FindingChange in
      let causes = causes { mixture in
        mixture.judged.knows(finding)
          && mixture.judged.findings.contains { $0.includes(finding) && !before.knows($0) }
      }
      return FindingChange(finding: finding, causes: causes)
    }
  }

  /// Findings of the old state that the new one does not have any more.
  mutating func vanished() -> [FindingChange] {
    old.judged.findings.filter { !new.judged.stillHas($0) }.map { finding -> FindingChange in
      FindingChange(finding: finding, causes: causes { !$0.judged.stillHas(finding) })
    }
  }

  /// Cells whose verdicts differ; gone ones last.
  mutating func cells() -> [Comparison.CellChange] {
    let (before, after) = (ComparedCell.all(of: old.judged), ComparedCell.all(of: new.judged))
    var changes: [Comparison.CellChange] = []
    for cell in after {
      let partners = before.filter(cell.isSame)
      func causes() -> [Comparison.Cause] {
        self.causes { mixture in
          mixture.cells.contains { $0.isSame(as: cell) && $0.state == cell.state }
        }
      }
      if partners.isEmpty {
        changes.append(.init(old: nil, new: cell.verdict, direction: .appeared, causes: causes()))
      }
      for partner in partners {
        guard let direction = cell.direction(from: partner) else { continue }
        changes.append(.init(old: partner.verdict, new: cell.verdict, direction: direction, causes: causes()))
      }
    }
    for cell in before where !after.contains(where: cell.isSame) {
      let causes = causes { !$0.cells.contains(where: cell.isSame) }
      changes.append(.init(old: cell.verdict, new: nil, direction: .vanished, causes: causes))
    }
    return changes
  }

  private mutating func causes(_ isWanted: (Mixture) -> Bool) -> [Comparison.Cause] {
    search.smallestSet(giving: isWanted).map { causes[$0] }
  }
}
