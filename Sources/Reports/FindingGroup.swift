import Architectures
import Diagnostics
import Policy

/// Findings that are one mistake to a reader: the same rule at the same place, for several HugeTLB page sizes or variants.
struct FindingGroup {
  /// The finding that is shown.
  let first: Report.Item
  /// The others, of which only where and how often is said.
  private(set) var others: [Report.Item] = []

  private struct Key: Hashable {
    var rule: String
    var outcome: Finding.Outcome
    var place: SourceRange
    var isAccepted: Bool
    var change: Report.Change?

    init(_ item: Report.Item) {
      (rule, outcome, place) = (item.finding.rule, item.finding.outcome, item.finding.place)
      (isAccepted, change) = (item.acceptance != nil, item.change)
    }
  }

  /// Groups findings in the order of the first of each group.
  static func groups(of items: [Report.Item]) -> [FindingGroup] {
    var groups: [FindingGroup] = []
    var known: [Key: Int] = [:]
    for item in items {
      if let position = known[Key(item)] {
        groups[position].others.append(item)
      } else {
        known[Key(item)] = groups.count
        groups.append(FindingGroup(first: item))
      }
    }
    return groups
  }

  /// Where else, a line for each architecture: `also arm64-4k: 32M (127 of 8192), 1G (4095 of 262144)`.
  var elsewhere: [String] {
    var lines: [(architecture: String, cells: [String])] = []
    for finding in others.map(\.finding) {
      if lines.last?.architecture != finding.architecture { lines.append((finding.architecture, [])) }
      let count = finding.witness.map { " (\($0.count) of \($0.structPages))" } ?? ""
      if let hugepage = finding.hugepage { lines[lines.count - 1].cells.append(sizeText(hugepage) + count) }
    }
    return lines.map { line in
      "also \(line.architecture)" + (line.cells.isEmpty ? "" : ": " + line.cells.joined(separator: ", "))
    }
  }
}
