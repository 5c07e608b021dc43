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
        Report.Item(finding: finding, acceptance: baseline.acceptance(of: finding).map { .baseline($0) })
      },
      verdicts: checked.flatMap(\.evaluation.verdicts),
      trusted: checked.flatMap { checked in
        checked.simulated.trusted.map { Report.Trusted(architecture: checked.architecture.name, effect: $0) }
      },
      remarks: baseline.stale(findings: findings, checked: Set(loaded.architectures.map(\.name))).map(\.staleRemark),
      descriptors: loaded.descriptors.count, architectures: loaded.architectures.count, rules: workspace.rules,
      files: loaded.files, simulationOptions: simulationOptions)
  }

  /// The compatibility matrix of the run.
  func matrix(by grouping: Matrix.Grouping) -> Matrix {
    // An entry of the baseline names no kernel: which of several it knows is not known.
    let names = Dictionary(loaded.architectures.map { ($0.name, 1) }, uniquingKeysWith: +)
    let builder = MatrixBuilder(checker: checker) { [baseline] finding in
      names[finding.architecture] == 1 && baseline.acceptance(of: finding) != nil
    }
    return builder.matrix(
      of: checked, by: grouping,
      stamp: Matrix.Stamp(toolVersion: HVOCheck.version, rules: workspace.rules.count, digest: workspace.digest))
  }

  /// The matrix as a page, with the evidence of every cell.
  var matrixPage: MatrixPage {
    let matrix = matrix(by: .hugepage)
    return MatrixPage(
      matrix: matrix,
      evidence: matrix.rows.map { row in row.example.flatMap { CellEvidence(of: $0, architecture: row.architecture) } },
      simulationOptions: matrix.rows.map { row in
        let whatIf = row.isWhatIf ? row.architecture.kernel.optInSymbol.map { [$0] } ?? [] : []
        return Self.folderOption(for: row.architecture) + (input.selects + whatIf).map { " --select " + $0 }.joined()
      }, report: report)
  }

  private static func baseline(_ input: CheckInput, _ workspace: Workspace) throws(CommandFailure) -> Baseline {
    if input.ignoresBaseline { return .empty }
    if let path = input.baseline ?? workspace.baselineBeside(input.paths) { return try workspace.baseline(path) }
    return .empty
  }

  /// What `sim` must be told so that the reproduce lines of the report work as they are.
  private var simulationOptions: [String: String] {
    let whatIf = input.selects.map { " --select " + $0 }.joined()
    return loaded.architectures.reduce(into: [:]) { options, architecture in
      options[architecture.name] = Self.folderOption(for: architecture) + whatIf
    }
  }

  private static func folderOption(for architecture: Architecture) -> String {
    architecture.path.hasPrefix("arches/") ? "" : " --arches \(architecture.path)"
  }
}
