import Architectures
package import Diagnostics
package import Policy

/// One thing that a report says: a finding, or a remark about the files. Formats that list do not tell them apart.
package struct Entry: Sendable {
  /// The rule's identity such as `HVO001`, or the remark's such as `BASE001`.
  package var id: String
  /// The finding itself; nil for remarks.
  var finding: Finding?
  /// The rule's name; nil for remarks.
  package var name: String?
  /// The part of the verdict to which the rule belongs; nil for remarks.
  package var axis: Rule.Axis?
  /// How much it weighs.
  package var severity: Severity
  /// Violated or undecided; nil for remarks.
  package var outcome: Finding.Outcome?
  /// The architecture with its variant; nil for remarks.
  package var architecture: String?
  /// The kernel version with its patches; nil for remarks.
  package var kernel: String?
  /// HugeTLB page size in bytes; nil where the rule does not speak of one.
  package var hugepage: UInt64?
  /// Assumptions about symbols on which the descriptor is silent; empty if there are none.
  package var assumptions: String
  /// The assumptions of every configuration in which it was found; empty where the rule does not speak of one.
  var configurations: [String]
  /// What is wrong, in one line, without the architecture.
  package var message: String
  /// What was seen, a line each.
  package var evidence: [String]
  /// The way out, a line each.
  package var help: [String]
  /// Where the descriptor says what is wrong; nil for remarks about no file.
  package var place: SourceRange?
  /// Where the kernel tree says it: `path:line`.
  package var kernelPlace: String?
  /// Other places that belong to it.
  package var notes: [Diagnostic.Note]
  /// What the simulation saw, where the rule speaks of runs.
  package var witness: Finding.Witness?
  /// The command line that shows it step by step, where there is one.
  package var reproduce: String?
  /// Who accepts it; nil where it counts.
  package var acceptance: Acceptance?
  /// What became of it between two states; nil outside of comparisons, and where it was there before and still is.
  package var change: Report.Change?
  /// The changes of descriptors and rules by which it appeared or vanished.
  package var causes: [Comparison.Cause]
  /// The same for the same mistake, whatever was edited elsewhere: see `Fingerprint`.
  package var fingerprint: String

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

extension Entry {
  /// What a finding says.
  init(_ item: Report.Item, in report: Report) {
    let finding = item.finding
    self.finding = finding
    id = finding.rule
    name = finding.ruleName
    axis = finding.axis
    severity = finding.severity
    outcome = finding.outcome
    architecture = finding.architecture
    kernel = finding.kernel
    hugepage = finding.hugepage
    assumptions = finding.assumptions
    configurations = finding.configurations.map(\.assumptions)
    message = finding.message
    evidence = finding.evidence
    help = finding.help
    place = finding.place
    kernelPlace = finding.kernelPlace?.description
    notes = []
    witness = finding.witness
    reproduce = report.reproduceCommand(finding)
    acceptance = item.acceptance
    change = item.change
    causes = item.causes
    fingerprint = ""
  }

  /// What a remark says.
  init(_ remark: Diagnostic) {
    id = remark.id
    severity = remark.severity
    assumptions = ""
    configurations = []
    message = remark.message
    evidence = remark.reasons
    help = remark.help
    place = remark.place
    notes = remark.notes
    causes = []
    fingerprint = ""
  }
}

extension Report {
  /// Everything that it says in the order of findings, then remarks, each with its fingerprint.
  package var entries: [Entry] {
    var entries = items.map { Entry($0, in: self) } + remarks.map { Entry($0) }
    let fingerprints = Fingerprint.all(of: entries, files: files)
    for index in entries.indices { entries[index].fingerprint = fingerprints[index] }
    return entries
  }

  /// The place of an entry for formats that want one in any case: that of a statement about no file is the start of
  /// the first file.
  func place(of entry: Entry) -> SourceRange {
    entry.place ?? .startOfFile(files.first?.path ?? "hvocheck")
  }
}

extension Comparison.Cause {
  /// The change with its place: `page_kernel_ro: y -> n (port.yaml:10:1)`.
  var inWords: String { "\(change) (\(place.path):\(place.start.line):\(place.start.column))" }
}
