import Architectures
import Diagnostics
import Policy
import Reports

/// One run over everything that the command line names: descriptors read, simulated, evaluated.
struct CheckRun {
  private let input: CheckInput
  let workspace: Workspace
  let loaded: Workspace.Loaded
  let checked: [Checked]
  private let checker: Checker
  let baseline: Baseline

  /// Runs.
  /// - Throws: everything that is wrong with the files; nothing to check.
  init(_ input: CheckInput) throws(CommandFailure) {
    self.input = input
    workspace = try Workspace()
    try workspace.requireOptInSymbols(input.selects)
    loaded = try workspace.load(input.paths, selecting: input.selects)
    baseline = try Self.baseline(input, workspace)
    checker = Checker(rules: workspace.rules, catalog: workspace.catalog)
    do throws(Diagnostics) {
      checked = try checker.check(loaded.architectures)
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
        Report.Item(finding: finding, acceptance: acceptance(of: finding).map { .baseline($0) })
      },
      verdicts: checked.flatMap(\.evaluation.verdicts),
      trusted: checked.flatMap { checked in
        checked.simulated.trusted.map { Report.Trusted(architecture: checked.architecture.name, effect: $0) }
      },
      remarks: baseline.stale(findings: findings, checked: names.subtracting(ambiguousNames)).map(\.staleRemark)
        + ambiguousEntries,
      descriptors: loaded.descriptors.count, architectures: loaded.architectures.count, rules: workspace.rules,
      files: loaded.files, simulationOptions: simulationOptions)
  }

  /// The compatibility matrix of the run.
  func matrix(by grouping: Matrix.Grouping) -> Matrix {
    let ambiguous = ambiguousNames
    let builder = MatrixBuilder(checker: checker) { [baseline] finding in
      !ambiguous.contains(finding.architecture) && baseline.acceptance(of: finding) != nil
    }
    return builder.matrix(
      of: checked, by: grouping,
      stamp: Matrix.Stamp(toolVersion: HVOCheck.version, rules: workspace.rules.count, digest: workspace.digest))
  }

  /// A matrix of the run as a page, with the evidence of every cell.
  func page(of matrix: Matrix) -> MatrixPage {
    MatrixPage(
      matrix: matrix,
      evidence: matrix.rows.map { row in row.example.flatMap { CellEvidence(of: $0, architecture: row.architecture) } },
      report: report)
  }

  // MARK: known findings

  private var names: Set<String> { Set(loaded.architectures.map(\.name)) }

  /// Names that several descriptors share, each for another kernel.
  private var ambiguousNames: Set<String> {
    Set(Dictionary(grouping: loaded.architectures, by: \.name).filter { $0.value.count > 1 }.keys)
  }

  /// An entry of the baseline names no kernel: where several are checked, what was accepted of one would hide another's.
  private func acceptance(of finding: Finding) -> Baseline.Entry? {
    ambiguousNames.contains(finding.architecture) ? nil : baseline.acceptance(of: finding)
  }

  private var ambiguousEntries: [Diagnostic] {
    ambiguousNames.sorted().compactMap { name in
      guard let entry = baseline.entries.first(where: { $0.architecture == name }) else { return nil }
      let kernels = loaded.architectures.filter { $0.name == name }.map(\.kernelDescription)
      return Diagnostic(
        .warning, id: "BASE004", "the baseline accepts nothing of \(name), which is checked at several kernels",
        at: entry.range,
        reasons: ["kernels: " + kernels.joined(separator: ", "), "an entry does not say which it means"],
        help: ["check each kernel in a run of its own, with a baseline of its own"])
    }
  }

  private static func baseline(_ input: CheckInput, _ workspace: Workspace) throws(CommandFailure) -> Baseline {
    if input.ignoresBaseline { return .empty }
    if let path = input.baseline ?? workspace.baselineBeside(input.paths) { return try workspace.baseline(path) }
    return .empty
  }

  /// What `sim` must be told so that the reproduce lines of the report work as they are.
  private var simulationOptions: [Report.Subject: String] {
    let whatIf = input.selects.map { " --select " + $0 }.joined()
    let ambiguous = ambiguousNames
    return loaded.architectures.reduce(into: [:]) { options, architecture in
      let isFound = architecture.path.hasPrefix("arches/") && !ambiguous.contains(architecture.name)
      options[Report.Subject(architecture)] = (isFound ? "" : " --arches \(architecture.path)") + whatIf
    }
  }
}
