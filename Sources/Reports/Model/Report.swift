package import Architectures
package import Diagnostics
package import KernelC
package import Policy

/// Everything that a run of `check` or `diff` has to say; formats write it in their own way.
package struct Report: Sendable {
  /// What became of a finding between two states.
  package enum Change: String, Sendable {
    /// The old state did not have it.
    case appeared
    /// The new state does not have it.
    case vanished
  }

  /// A finding, who accepts it, and in a comparison what became of it.
  package struct Item: Sendable {
    /// The finding.
    package var finding: Finding
    /// Who accepts it; nil where it counts.
    package var acceptance: Acceptance?
    /// What became of it; nil outside of comparisons.
    package var change: Change?
    /// The changes of descriptors and rules by which it appeared or vanished; empty outside of comparisons.
    package var causes: [Comparison.Cause]

    /// Makes an item.
    package init(
      finding: Finding, acceptance: Acceptance?, change: Change? = nil, causes: [Comparison.Cause] = []
    ) {
      self.finding = finding
      self.acceptance = acceptance
      self.change = change
      self.causes = causes
    }

    /// Does it count? What is accepted or gone does not.
    package var isOpen: Bool { acceptance == nil && change != .vanished }
  }

  /// A declared effect of one architecture.
  package struct Trusted: Sendable {
    /// The architecture's name with its variant.
    package var architecture: String
    /// What is declared, and where it is first relied on.
    package var effect: TrustedEffect

    /// Makes an entry.
    package init(architecture: String, effect: TrustedEffect) {
      self.architecture = architecture
      self.effect = effect
    }
  }

  /// The version of the tool.
  package var toolVersion: String
  /// All findings in the order of architectures and rules.
  package var items: [Item]
  /// The verdict of every cell.
  package var verdicts: [CellVerdict]
  /// Declared effects on which the verdicts rest, with the architecture that declares them.
  package var trusted: [Trusted]
  /// What is to be said of the files themselves: a baseline entry whose finding is gone, a suppression without use.
  package var remarks: [Diagnostic]
  /// What is wrong with files, so that what they say could not be checked.
  package var mistakes: [Diagnostic]
  /// Number of descriptor files.
  package var descriptors: Int
  /// Number of architectures with their variants.
  package var architectures: Int
  /// The rules that were evaluated.
  package var rules: [Rule]
  /// Identities of the rules that the user left out.
  package var ignoredRules: [String]
  /// The files, for source lines.
  package var files: [SourceFile]
  /// Options with which `sim` sees an architecture as this run did; each starts with a blank.
  package var simulationOptions: [ArchitectureID: String]
  /// What became of the verdicts between two states; nil for a check of one.
  package var comparison: Comparison?
  /// The day on which suppressions were judged; nil where there are none and no day mattered.
  package var today: CalendarDate?

  /// Makes a report.
  package init(
    toolVersion: String, items: [Item], verdicts: [CellVerdict], trusted: [Trusted], remarks: [Diagnostic],
    mistakes: [Diagnostic] = [], descriptors: Int, architectures: Int, rules: [Rule], ignoredRules: [String] = [],
    files: [SourceFile],
    simulationOptions: [ArchitectureID: String] = [:], comparison: Comparison? = nil, today: CalendarDate? = nil
  ) {
    self.toolVersion = toolVersion
    self.items = items
    self.verdicts = verdicts
    self.trusted = trusted
    self.remarks = remarks
    self.mistakes = mistakes
    self.descriptors = descriptors
    self.architectures = architectures
    self.rules = rules
    self.ignoredRules = ignoredRules
    self.files = files
    self.simulationOptions = simulationOptions
    self.comparison = comparison
    self.today = today
  }

  /// The command that shows how a finding comes about; nil where nothing is simulated for its rule.
  func reproduceCommand(_ finding: Finding) -> String? {
    guard let hugepage = finding.hugepage, finding.axis != .kconfig else { return nil }
    let options = simulationOptions[finding.id.scope.architecture] ?? ""
    return "hvocheck sim \(finding.architecture) --hugepage \(sizeText(hugepage)) --trace\(options)"
  }

  /// Findings and remarks of a severity that count.
  package func count(_ severity: Severity) -> Int {
    items.count { $0.isOpen && $0.finding.severity == severity } + remarks.count { $0.severity == severity }
  }

  /// What is to be said of the rules that were left out, so that no `ok` is bought silently; nil where there are none.
  var ignoredSummary: String? {
    guard !ignoredRules.isEmpty else { return nil }
    let named = ignoredRules.count <= 4 ? ": " + ignoredRules.joined(separator: ", ") : ""
    return "\(ignoredRules.count) rule\(ignoredRules.count == 1 ? "" : "s") ignored\(named)"
  }

  /// Findings that somebody accepts.
  package var acceptedCount: Int { items.count { $0.acceptance != nil } }
}
