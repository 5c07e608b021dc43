import Architectures
import Diagnostics

/// A baseline of the first version with the stores that it really accepted. Nothing else is: of several findings under one
/// rule in one cell, only the first was ever shown, and only it could be accepted.
package struct BaselineConversion {
  /// What was accepted, store by store.
  package let baseline: Baseline
  /// Entries that accept nothing that is found now.
  package let dropped: [BaselineV1.Entry]

  /// Converts.
  /// - Parameters:
  ///   - old: what was accepted.
  ///   - findings: what is found now, in the order of a run.
  package init(_ old: BaselineV1, findings: [Finding]) {
    let shown = Self.firstOfEachCell(findings.filter(\.isAcceptable))
    let kernels = Dictionary(grouping: findings.map(\.id.scope.architecture), by: \.name).mapValues { Set($0).count }
    var entries: [Baseline.Entry] = []
    var dropped: [BaselineV1.Entry] = []
    for entry in old.entries {
      // An entry named no kernel, and accepted nothing where several were checked.
      let accepted = kernels[entry.architecture] == 1 ? shown.filter(entry.accepted) : []
      if accepted.isEmpty { dropped.append(entry) }
      entries += accepted.map { Baseline.Entry($0, reason: entry.reason, date: entry.date, range: entry.range) }
    }
    baseline = Baseline(entries: entries)
    self.dropped = dropped
  }

  /// The finding of each rule in each cell that the first version showed: that on the lowest struct page among those from
  /// the state in which the first was found.
  private static func firstOfEachCell(_ findings: [Finding]) -> [Finding] {
    struct Key: Hashable {
      var rule: String
      var scope: FindingScope
    }
    var groups: [Key: [Finding]] = [:]
    var order: [Key] = []
    for finding in findings {
      let key = Key(rule: finding.rule, scope: finding.id.scope)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(finding)
    }
    return order.flatMap { key -> [Finding] in
      let group = groups[key] ?? []
      // Rules that do not speak of runs showed all that they found.
      guard let first = group.first, let witness = first.witness else { return group }
      return group.filter { $0.witness?.scenario == witness.scenario }
        .min { ($0.witness?.firstIndex ?? .max) < ($1.witness?.firstIndex ?? .max) }.map { [$0] } ?? []
    }
  }
}

extension Baseline.Entry {
  /// An entry that accepts a finding.
  init(_ finding: Finding, reason: String, date: String, range: SourceRange) {
    self.init(
      rule: finding.rule, architecture: finding.id.scope.architecture, hugepage: finding.hugepage,
      assumptions: finding.assumptions, site: AcceptedSite(finding.id.site), reason: reason, date: date, range: range)
  }
}
