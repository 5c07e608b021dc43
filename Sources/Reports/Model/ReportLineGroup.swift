import Architectures
import Diagnostics
import Policy

/// Findings that are one mistake to a reader: the same rule at the same place, for several HugeTLB page sizes or variants.
struct ReportLineGroup {
  /// The finding that is shown.
  let first: ReportLine
  /// The others, of which only where and how often is said.
  private(set) var others: [ReportLine] = []

  /// The findings of the group; empty for remarks.
  var findings: [Finding] { ([first] + others).compactMap(\.finding) }

  private struct Key: Hashable {
    var id: String
    var outcome: Finding.Outcome?
    var place: SourceRange?
    var site: FindingSite?
    var isAccepted: Bool
    var change: Report.Change?

    init(_ entry: ReportLine) {
      (id, outcome, place, site) = (entry.id, entry.outcome, entry.place, entry.finding?.id.site.place)
      (isAccepted, change) = (entry.acceptance != nil, entry.change)
    }
  }

  /// Groups entries in the order of the first of each group.
  static func groups(of entries: [ReportLine]) -> [ReportLineGroup] {
    var groups: [ReportLineGroup] = []
    var known: [Key: Int] = [:]
    for entry in entries {
      if let position = known[Key(entry)] {
        groups[position].others.append(entry)
      } else {
        known[Key(entry)] = groups.count
        groups.append(ReportLineGroup(first: entry))
      }
    }
    return groups
  }

  /// Where else, a line for each architecture: `also arm64-4k: 32M (127 of 8192), 1G (4095 of 262144)`.
  var elsewhere: [String] {
    var lines: [(architecture: String, cells: [String])] = []
    for entry in others {
      // Of one name at several kernels the reader has to know which.
      let kernel = entry.architecture == first.architecture && entry.kernel != first.kernel ? entry.kernel : nil
      let architecture = (entry.architecture ?? "") + (kernel.map { " at \($0)" } ?? "")
      if lines.last?.architecture != architecture { lines.append((architecture, [])) }
      let count = entry.witness.map { " (\($0.count) of \($0.structPages))" } ?? ""
      let assumed = entry.assumptions == first.assumptions ? "" : " with \(entry.assumptions)"
      if let hugepage = entry.hugepage { lines[lines.count - 1].cells.append(sizeText(hugepage) + count + assumed) }
    }
    return lines.map { line in
      "also \(line.architecture)" + (line.cells.isEmpty ? "" : ": " + line.cells.joined(separator: ", "))
    }
  }

  /// Where it was found: `arm64-4k 2M`, or the architecture alone.
  var cells: [String] {
    ([first] + others).compactMap { entry in
      entry.architecture.map { name in name + (entry.hugepage.map { " " + sizeText($0) } ?? "") }
    }
  }

  /// A finding that the new state does not have, in one line.
  var lineOfGone: String {
    let sizes = ([first] + others).compactMap { $0.hugepage.map(sizeText) }.uniqued()
    let cells = sizes.isEmpty ? "" : " at " + sizes.joined(separator: ", ")
    let architectures = ([first] + others).compactMap(\.architecture).uniqued().joined(separator: ", ")
    let causes = first.causes.map(\.inWords).joined(separator: "; ")
    return "gone: \(first.id) \(architectures)\(cells): \(first.message)"
      + (causes.isEmpty ? "" : ", because \(causes)")
  }

  /// The group as a message for people.
  var diagnostic: Diagnostic {
    var reasons = first.evidence + elsewhere
    if let place = first.kernelPlace { reasons.append("in the kernel tree: \(place)") }
    if !first.assumptions.isEmpty { reasons.append("assumed: \(first.assumptions)") }
    if let acceptance = first.acceptanceInWords { reasons.append(acceptance) }
    reasons += first.changeInWords
    var help = first.help
    if let reproduce = first.reproduce { help.append("reproduce: \(reproduce)") }
    if first.architecture != nil { help.append("explain:   hvocheck explain \(first.id)") }
    return Diagnostic(
      first.shownSeverity, id: first.id, first.headline, at: first.place, reasons: reasons, notes: first.notes,
      help: help)
  }
}
