import Architectures
import Diagnostics
import Policy
import Reports

/// One run over everything that the command line names: descriptors read, simulated, evaluated.
struct CheckRun {
  let settings: CheckSettings
  let workspace: Workspace
  let loaded: Workspace.Loaded
  let checked: [Checked]
  let baseline: Baseline

  /// Runs.
  /// - Throws: everything that is wrong with the files; nothing to check.
  init(_ input: CheckInput) throws(CommandFailure) {
    try self.init(try CheckSettings(input))
  }

  /// Runs with these settings.
  /// - Throws: everything that is wrong with the files; nothing to check.
  init(_ settings: CheckSettings) throws(CommandFailure) {
    self.settings = settings
    workspace = try Workspace(settings.rules)
    try workspace.requireOptInSymbols(settings.selects, files: settings.configuration.files)
    loaded = try workspace.load(settings.paths, selecting: settings.selects.map(\.text))
    baseline = try Self.baseline(settings, workspace)
    let progress = ProgressLine(architectures: loaded.architectures.count)
    defer { progress.end() }
    do throws(Diagnostics) {
      checked = try Checker(rules: workspace.rules, catalog: workspace.catalog)
        .check(loaded.architectures, beforeCell: progress.begin)
    } catch {
      throw CommandFailure(error.all, files: loaded.files)
    }
  }

  /// What the run has to say.
  var report: Report {
    let findings = checked.flatMap(\.evaluation.findings)
    return Report(
      toolVersion: HVOCheck.version,
      items: findings.map { finding in
        Report.Item(finding: finding, acceptance: baseline.acceptance(of: finding).map { .baseline($0) })
      },
      verdicts: checked.flatMap(\.evaluation.verdicts),
      trusted: checked.flatMap { checked in
        checked.simulated.trusted.map { Report.Trusted(architecture: checked.architecture.name, effect: $0) }
      },
      remarks: staleEntries(findings).map(\.staleRemark),
      descriptors: loaded.descriptors.count, architectures: loaded.architectures.count, rules: workspace.rules,
      ignoredRules: workspace.ignoredRules.map(\.id), files: loaded.files, simulationOptions: simulationOptions)
  }

  /// Entries whose finding is gone; of rules that are left out nobody knows.
  private func staleEntries(_ findings: [Finding]) -> [Baseline.Entry] {
    let ignored = Set(workspace.ignoredRules.map(\.id))
    return baseline.stale(findings: findings, checked: Set(loaded.architectures.map(\.name)))
      .filter { !ignored.contains($0.rule) }
  }

  private static func baseline(_ settings: CheckSettings, _ workspace: Workspace) throws(CommandFailure) -> Baseline {
    if settings.ignoresBaseline { return .empty }
    if let path = settings.baseline ?? workspace.baselineBeside(settings.paths) { return try workspace.baseline(path) }
    return .empty
  }

  /// What `sim` must be told so that the reproduce lines of the report work as they are.
  private var simulationOptions: [String: String] {
    let whatIf = settings.selects.map { " --select " + $0.text }.joined()
    return loaded.architectures.reduce(into: [:]) { options, architecture in
      let isInDefaultFolder = architecture.path.hasPrefix("arches/")
      options[architecture.name] = (isInDefaultFolder ? "" : " --arches \(architecture.path)") + whatIf
    }
  }
}
