package import Architectures
import Diagnostics
package import Policy
import Simulation

/// Findings as plain-text mails for kernel lists, in the order in which a reader of such a list asks: what, in which tree,
/// how much, then each finding with its evidence, how to see it, and the way out.
///
/// One mail is about one architecture at one kernel: it has one maintainer and one tree.
package struct MailReport {
  /// Where an architecture was read.
  package struct Source: Sendable {
    /// The git tree, if the descriptor names one.
    package var tree: String?
    /// The commit, if the descriptor names one.
    package var commit: String?
    /// What was changed by hand.
    package var localChanges: [String]

    /// Makes a source.
    package init(tree: String?, commit: String?, localChanges: [String]) {
      self.tree = tree
      self.commit = commit
      self.localChanges = localChanges
    }
  }

  private let report: Report
  private let judged: [ArchitectureID: JudgedArchitecture]
  private let sources: [ArchitectureID: Source]
  private let fix: ([Finding]) -> String?
  private let whatIf: [String]

  /// Mails about the findings of a report that count and are no notes.
  /// - Parameters:
  ///   - report: the report.
  ///   - checked: the architectures of the report.
  ///   - sources: where each was read.
  ///   - whatIf: symbols that were selected for the run only.
  ///   - fix: the difference in a descriptor after which findings of one rule are gone, if one is known.
  package init(
    _ report: Report, judged: [JudgedArchitecture], sources: [ArchitectureID: Source], whatIf: [String],
    fix: @escaping ([Finding]) -> String?
  ) {
    self.report = report
    self.judged = Dictionary(judged.map { ($0.architecture.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.sources = sources
    self.whatIf = whatIf
    self.fix = fix
  }

  /// The mails, each with its subject line first; none where there is nothing to tell.
  package var mails: [String] {
    var topics: [(topic: Topic, entries: [ReportLine])] = []
    for entry in report.entries where entry.isOpen && entry.severity != .note {
      guard let finding = entry.finding, let architecture = judged[finding.id.scope.architecture]?.architecture
      else { continue }
      let topic = Topic(architecture)
      if let position = topics.firstIndex(where: { $0.topic == topic }) {
        topics[position].entries.append(entry)
      } else {
        topics.append((topic, [entry]))
      }
    }
    return topics.map { topic, entries in
      // What fails comes first, and gives the mail its subject.
      let errors = entries.filter { $0.severity == .error }
      let others = entries.filter { $0.severity != .error }
      return mail(topic, ReportLineGroup.groups(of: errors + others))
    }
  }

  /// What one mail is about.
  private struct Topic: Hashable {
    var directory: String
    var kernel: String

    init(_ architecture: Architecture) {
      (directory, kernel) = (architecture.directory.value, architecture.kernelDescription)
    }
  }

  // MARK: the mail

  private func mail(_ topic: Topic, _ groups: [ReportLineGroup]) -> String {
    var mail = MailText()
    guard let first = groups.first?.findings.first, let architecture = judged[first.id.scope.architecture]?.architecture
    else {
      return ""
    }
    let more = groups.count > 1 ? " (and \(groups.count - 1) more)" : ""
    mail.paragraph(first.message + more, first: "Subject: [\(topic.directory)] ", indentation: 1)
    mail.gap()
    mail.paragraph(
      "hvocheck \(report.toolVersion) ran the page-flag code of arch/\(topic.directory) on a simulated vmemmap, as the "
        + "HugeTLB vmemmap optimization (HVO) of this kernel remaps it, and found:")
    mail.gap()
    for (number, group) in groups.enumerated() {
      let entry = group.first
      mail.paragraph(
        entry.message, first: "  \(number + 1). \(entry.severity.rawValue) \(entry.id): ", indentation: 5)
    }
    mail.gap()
    provenance(architecture, first, into: &mail)
    picture(groups, into: &mail)
    var fixes: [String: Int] = [:]
    for (number, group) in groups.enumerated() {
      mail.gap()
      describe(group, number: number + 1, &fixes, into: &mail)
    }
    mail.gap()
    tags(groups, into: &mail)
    return mail.text
  }

  private func provenance(_ architecture: Architecture, _ finding: Finding, into mail: inout MailText) {
    let source = sources[architecture.id]
    func entry(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      mail.paragraph(value, first: name + String(repeating: " ", count: 12 - name.count))
    }
    entry("tree:", source?.tree)
    entry("version:", architecture.version.value.description)
    entry("commit:", source?.commit)
    for (index, patch) in architecture.patches.enumerated() {
      entry(index == 0 ? "patches:" : "", "https://lore.kernel.org/r/\(patch)")
    }
    for (index, change) in (source?.localChanges ?? []).enumerated() { entry(index == 0 ? "changed:" : "", change) }
    entry("descriptor:", "\(architecture.path) (\(architecture.name))")
    entry("config:", architecture.configLines.joined(separator: " "))
    entry("assumed:", finding.assumptions)
    entry("what if:", whatIf.map { "select \($0)" }.joined(separator: ", "))
  }

  /// The page tables of the first finding that is about an optimized page.
  private func picture(_ groups: [ReportLineGroup], into mail: inout MailText) {
    for finding in groups.compactMap(\.findings.first) {
      guard let architecture = judged[finding.id.scope.architecture],
        let configuration = architecture.configurations.first(where: {
          $0.simulated.configuration == finding.configuration
        }),
        let cell = configuration.cells.first(where: { $0.verdict.hugepage == finding.hugepage }),
        let picture = VmemmapPicture(of: cell.simulated, in: configuration.simulated, architecture.architecture)
      else { continue }
      mail.gap()
      mail.paragraph("With HVO, \(picture.title):")
      mail.gap()
      for line in picture.lines { mail.verbatim("  " + line) }
      return
    }
  }

  private func describe(
    _ group: ReportLineGroup, number: Int, _ fixes: inout [String: Int], into mail: inout MailText
  ) {
    guard let finding = group.findings.first else { return }
    let place = "\(finding.place.path):\(finding.place.start.line):\(finding.place.start.column)"
    mail.paragraph("\(finding.architecture): \(finding.message) [\(finding.rule)]", first: "\(number). ")
    mail.gap()
    let oops = finding.witness.flatMap { witness in
      judged[finding.id.scope.architecture]?.architecture.oopsSentence(at: witness.address)
    }
    for line in finding.evidence {
      if line == oops {
        // As the console shows it, so that a search finds it.
        mail.verbatim(">> \(line)")
        mail.gap()
      } else {
        mail.paragraph(line, first: "   ", indentation: 5)
      }
    }
    for line in group.elsewhere { mail.paragraph(line, first: "   ", indentation: 5) }
    mail.gap()
    if let kernelPlace = finding.kernelPlace { mail.paragraph(kernelPlace.description, first: "   in the tree:  ") }
    mail.paragraph(place, first: "   described at: ")
    if let line = sourceLine(finding.place) { mail.verbatim("     \(line)") }
    if let command = report.reproduceCommand(finding) {
      mail.gap()
      mail.paragraph("reproduce:", first: "   ")
      mail.command(command, indentation: 5)
    }
    mail.gap()
    wayOut(group, number: number, &fixes, into: &mail)
  }

  private func wayOut(_ group: ReportLineGroup, number: Int, _ fixes: inout [String: Int], into mail: inout MailText) {
    guard let difference = fix(group.findings) else {
      for (index, line) in group.first.help.enumerated() {
        if line.hasPrefix("    ") {
          mail.verbatim("   \(line)")
        } else {
          mail.paragraph(line, first: index == 0 ? "   way out: " : "   ", indentation: 5)
        }
      }
      return
    }
    if let earlier = fixes[difference] {
      mail.paragraph("The change shown for \(earlier). is the way out of this one too.", first: "   ")
      return
    }
    fixes[difference] = number
    mail.paragraph(
      "With this change hvocheck does not find it any more. It is made to the descriptor, whose text does the same stores "
        + "as the function in the tree:", first: "   ")
    mail.gap()
    // Not indented: it can be applied as it is.
    for line in difference.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      mail.verbatim(String(line))
    }
  }

  private func tags(_ groups: [ReportLineGroup], into mail: inout MailText) {
    mail.paragraph("If you fix this in a patch of its own, kindly add (filled in by whoever sends this mail):")
    mail.gap()
    mail.verbatim("| Reported-by: NAME <ADDRESS>")
    mail.verbatim("| Closes: https://lore.kernel.org/r/MESSAGE-ID")
    var seen: Set<String> = []
    let rules = groups.map(\.first.id)
    let references = report.rules.filter { rules.contains($0.id) }.flatMap(\.references)
    let unseen = references.filter { seen.insert($0).inserted }
    guard !unseen.isEmpty else { return }
    mail.gap()
    mail.paragraph("References:")
    for reference in unseen { mail.paragraph(reference, first: "  ", indentation: 4) }
  }

  private func sourceLine(_ place: SourceRange) -> String? {
    let line = report.files.first { $0.identity == place.file }?.line(place.start.line)
    return line.map { String($0.drop(while: \.isWhitespace)) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
