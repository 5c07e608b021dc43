import Architectures
package import Diagnostics
package import Policy
import Simulation

/// One thing that a report says: a finding, or a remark about the files. Formats that list do not tell them apart.
package struct ReportLine: Sendable {
  /// What it says.
  enum Content: Sendable {
    /// A finding, with who accepts it and what became of it.
    case finding(Report.Item)
    /// A remark about the files.
    case remark(Diagnostic)
    /// What is wrong with a file, so that what it says was not checked.
    case mistake(Diagnostic)
  }

  let content: Content
  /// The command line that shows it step by step, where there is one.
  package let reproduce: String?
  /// The same for the same mistake, whatever was edited elsewhere: see `Fingerprint`.
  package internal(set) var fingerprint = ""

  /// What a finding says.
  init(_ item: Report.Item, in report: Report) {
    content = .finding(item)
    reproduce = report.reproduceCommand(item.finding)
  }

  /// What a remark says.
  init(_ remark: Diagnostic) {
    content = .remark(remark)
    reproduce = nil
  }

  /// What a mistake says.
  init(mistake: Diagnostic) {
    content = .mistake(mistake)
    reproduce = nil
  }

  /// Is it about something that was not checked?
  var isMistake: Bool { if case .mistake = content { true } else { false } }

  private var item: Report.Item? { if case .finding(let item) = content { item } else { nil } }

  private var remark: Diagnostic? {
    switch content {
    case .finding: nil
    case .remark(let remark), .mistake(let remark): remark
    }
  }

  /// The finding itself; nil for remarks.
  var finding: Finding? { item?.finding }
  /// The rule's identity such as `HVO001`, or the remark's such as `BASE001`.
  package var id: String { finding?.rule ?? remark?.id ?? "" }
  /// The rule's name; nil for remarks.
  package var name: String? { finding?.ruleName }
  /// The part of the verdict to which the rule belongs; nil for remarks.
  package var axis: Rule.Axis? { finding?.axis }
  /// How much it weighs.
  package var severity: Severity { finding?.severity ?? remark?.severity ?? .error }
  /// Violated or undecided; nil for remarks.
  package var outcome: Finding.Outcome? { finding?.outcome }
  /// What it is about; nil for remarks.
  package var scope: FindingScope? { finding?.id.scope }
  /// The architecture with its variant; nil for remarks.
  package var architecture: String? { finding?.architecture }
  /// The kernel version with its patches; nil for remarks.
  package var kernel: String? { finding?.kernel }
  /// HugeTLB page size in bytes; nil where the rule does not speak of one.
  package var hugepage: UInt64? { finding?.hugepage }
  /// Assumptions about symbols on which the descriptor is silent; empty if there are none.
  package var assumptions: String { finding?.assumptions ?? "" }
  /// What is wrong, in one line, without the architecture.
  package var message: String { finding?.message ?? remark?.message ?? "" }
  /// What was seen, a line each.
  package var evidence: [String] { finding?.evidence ?? remark?.reasons ?? [] }
  /// The way out, a line each.
  package var help: [String] { finding?.help ?? remark?.help ?? [] }
  /// Where the descriptor says what is wrong; nil for remarks about no file.
  package var place: SourceRange? { finding?.place ?? remark?.place }
  /// Where the kernel tree says it: `path:line`.
  package var kernelPlace: String? { finding?.kernelPlace?.description }
  /// Other places that belong to it.
  package var notes: [Diagnostic.Note] { remark?.notes ?? [] }
  /// What the simulation saw, where the rule speaks of runs.
  package var witness: Finding.Witness? { finding?.witness }
  /// Who accepts it; nil where it counts.
  package var acceptance: Acceptance? { item?.acceptance }
  /// What became of it between two states; nil outside of comparisons, and where it was there before and still is.
  package var change: Report.Change? { item?.change }
  /// The changes of descriptors and rules by which it appeared or vanished.
  package var causes: [Comparison.Cause] { item?.causes ?? [] }

  /// Does it count? What is accepted or gone does not.
  package var isOpen: Bool { acceptance == nil && change != .vanished }

  /// How much it weighs to a reader: what is gone is good to know, and no error any more.
  var shownSeverity: Severity { change == .vanished ? .note : severity }

  /// The message with the architecture that it speaks of: `arm64-4k: HVO replaces live entries`.
  package var headline: String { (architecture.map { $0 + ": " } ?? "") + message }

  /// The message with its cell: `arm64-4k 2M: HVO replaces live entries`.
  package var cellHeadline: String {
    guard let architecture, let hugepage else { return headline }
    return "\(architecture) \(sizeText(hugepage)): \(message)"
  }

  /// How long it is accepted, and why; nil where it counts.
  var acceptanceInWords: String? {
    switch acceptance {
    case .baseline(let entry): "known: \(entry.reason)"
    case .suppression(let suppression): "accepted until \(suppression.until): \(suppression.reason)"
    case nil: nil
    }
  }

  /// What became of it and why, a line each; empty outside of comparisons.
  var changeInWords: [String] {
    let word: String? =
      switch change {
      case .appeared: "new"
      case .vanished: "gone"
      case nil: nil
      }
    guard let word else { return [] }
    return causes.isEmpty ? [word] : causes.map { "\(word) because: \($0.inWords)" }
  }
}

extension Report {
  /// Everything that it says in the order of findings, then remarks, then mistakes, each with its fingerprint.
  package var entries: [ReportLine] {
    var entries =
      items.map { ReportLine($0, in: self) } + remarks.map { ReportLine($0) }
      + mistakes.map { ReportLine(mistake: $0) }
    let fingerprints = Fingerprint.all(of: entries, files: files)
    for index in entries.indices { entries[index].fingerprint = fingerprints[index] }
    return entries
  }

  /// The place of an entry for formats that want one in any case: that of a statement about no file is the start of
  /// the first file.
  func place(of entry: ReportLine) -> SourceRange {
    entry.place ?? .startOfFile(files.first?.path ?? "hvocheck")
  }
}

extension Comparison.Cause {
  /// The change with its place: `page_kernel_ro: y -> n (port.yaml:10:1)`.
  var inWords: String { "\(change) (\(place.path):\(place.start.line):\(place.start.column))" }
}
