public import Diagnostics
public import KernelC
public import Policy

/// Everything that a run of `check` has to say; formats write it in their own way.
public struct Report: Sendable {
  /// A finding, and whether the baseline accepts it.
  public struct Item: Sendable {
    /// The finding.
    public var finding: Finding
    /// Is it known and accepted?
    public var isKnown: Bool

    /// Makes an item.
    public init(finding: Finding, isKnown: Bool) {
      self.finding = finding
      self.isKnown = isKnown
    }
  }

  /// A declared effect of one architecture.
  public struct Trusted: Sendable {
    /// The architecture's name with its variant.
    public var architecture: String
    /// What is declared, and where it is first relied on.
    public var effect: TrustedEffect

    /// Makes an entry.
    public init(architecture: String, effect: TrustedEffect) {
      self.architecture = architecture
      self.effect = effect
    }
  }

  /// The version of the tool.
  public var toolVersion: String
  /// All findings in the order of architectures and rules.
  public var items: [Item]
  /// The verdict of every cell.
  public var verdicts: [CellVerdict]
  /// Declared effects on which the verdicts rest, with the architecture that declares them.
  public var trusted: [Trusted]
  /// Baseline entries whose finding is gone.
  public var stale: [Baseline.Entry]
  /// Number of descriptor files.
  public var descriptors: Int
  /// Number of architectures with their variants.
  public var architectures: Int
  /// Number of rules.
  public var rules: Int
  /// The files, for source lines.
  public var files: [SourceFile]
  /// Options with which `sim` sees an architecture as this run did, by its name; each starts with a blank.
  public var simulationOptions: [String: String]

  /// Makes a report.
  public init(
    toolVersion: String, items: [Item], verdicts: [CellVerdict], trusted: [Trusted], stale: [Baseline.Entry],
    descriptors: Int,
    architectures: Int, rules: Int, files: [SourceFile], simulationOptions: [String: String] = [:]
  ) {
    self.toolVersion = toolVersion
    self.items = items
    self.verdicts = verdicts
    self.trusted = trusted
    self.stale = stale
    self.descriptors = descriptors
    self.architectures = architectures
    self.rules = rules
    self.files = files
    self.simulationOptions = simulationOptions
  }

  /// Findings of a severity that the baseline does not accept.
  public func count(_ severity: Severity) -> Int {
    items.count { !$0.isKnown && $0.finding.severity == severity }
  }

  /// Findings that the baseline accepts.
  public var knownCount: Int { items.count { $0.isKnown } }
}
