package import Architectures
package import Diagnostics
package import Policy
package import Reports
package import Simulation

/// One run over everything that a request names, with what accepts its findings.
package struct CheckRun {
  let request: CheckRequest
  let descriptors: CheckedDescriptors
  let acceptances: Acceptances

  var workspace: Workspace { descriptors.workspace }
  var loaded: Workspace.Loaded { descriptors.loaded }
  var checked: [Checked] { descriptors.checked }

  /// Runs over the files of the file system.
  /// - Throws: everything that is wrong with the files; nothing to check.
  init(_ request: CheckRequest) throws(CommandFailure) {
    let workspace = try Workspace(request.rules)
    try workspace.requireOptInSymbols(request.selects, files: request.rules.files)
    try self.init(request, workspace, try workspace.load(request.paths, selecting: request.selects.map(\.text)))
  }

  /// Runs over descriptors that have been read.
  /// - Throws: everything that is wrong with them.
  init(_ request: CheckRequest, _ workspace: Workspace, _ loaded: Workspace.Loaded) throws(CommandFailure) {
    self.request = request
    let baseline = try Self.baseline(request, workspace)
    do throws(Diagnostics) {
      let suppressions = try SuppressionReader(rules: workspace.library.rules).read(loaded.files)
      acceptances = Acceptances(baseline: baseline, suppressions: suppressions, today: request.today)
    } catch {
      throw CommandFailure(error.all, files: loaded.files)
    }
    descriptors = try CheckedDescriptors(workspace, loaded)
  }

  /// All findings, whether accepted or not.
  var findings: [Finding] { checked.flatMap(\.evaluation.findings) }

  /// What the run has to say.
  var report: Report {
    let findings = findings
    return Report(
      toolVersion: toolVersion,
      items: findings.map { Report.Item(finding: $0, acceptance: acceptance(of: $0)) },
      verdicts: checked.flatMap(\.evaluation.verdicts), trusted: descriptors.trusted, remarks: remarks(on: findings),
      descriptors: loaded.descriptors.count, architectures: loaded.architectures.count, rules: workspace.rules,
      ignoredRules: workspace.ignoredRules.map(\.id), files: loaded.files, simulationOptions: simulationOptions,
      today: acceptances.suppressions.dependOnDate ? acceptances.today : nil)
  }

  /// Has a suppression ended? Then somebody has to decide anew, and until then the input is not valid.
  var needsDecision: Bool { !acceptances.suppressions.ended(on: acceptances.today).isEmpty }

  /// Entries of the baseline whose findings are gone; of rules that are left out nobody knows.
  var staleEntries: [Baseline.Entry] {
    let names = Set(loaded.architectures.map(\.name)).subtracting(ambiguousNames)
    let ignored = Set(workspace.ignoredRules.map(\.id))
    return acceptances.baseline.stale(findings: findings, checked: names).filter { !ignored.contains($0.rule) }
  }

  /// The compatibility matrix of the run.
  func matrix(by grouping: Matrix.Grouping) -> Matrix {
    let isKnown = { @Sendable [acceptances, ambiguousNames] finding in
      acceptances.acceptance(of: finding, ambiguousNames: ambiguousNames) != nil
    }
    return MatrixBuilder(checker: descriptors.checker, isKnown: isKnown).matrix(
      of: checked, by: grouping,
      stamp: Matrix.Stamp(toolVersion: toolVersion, rules: workspace.rules.count, digest: workspace.digest))
  }

  /// A matrix of the run as a page, with the evidence of every cell.
  func page(of matrix: Matrix) -> MatrixPage {
    MatrixPage(
      matrix: matrix,
      evidence: matrix.rows.map { row in row.example.flatMap { CellEvidence(of: $0, architecture: row.architecture) } },
      report: report)
  }

  // MARK: what is accepted

  private var ambiguousNames: Set<String> { descriptors.ambiguousNames }

  /// An entry of the baseline names no kernel: where several are checked, what was accepted of one would hide another's.
  private func acceptance(of finding: Finding) -> Acceptance? {
    acceptances.acceptance(of: finding, ambiguousNames: ambiguousNames)
  }

  private var ambiguousEntries: [Diagnostic] {
    ambiguousNames.sorted().compactMap { name in
      guard let entry = acceptances.baseline.entries.first(where: { $0.architecture == name }) else { return nil }
      let kernels = loaded.architectures.filter { $0.name == name }.map(\.kernelDescription)
      return Diagnostic(
        .warning, id: "BASE004", "the baseline accepts nothing of \(name), which is checked at several kernels",
        at: entry.range,
        reasons: ["kernels: " + kernels.joined(separator: ", "), "an entry does not say which it means"],
        help: ["check each kernel in a run of its own, with a baseline of its own"])
    }
  }

  private func remarks(on findings: [Finding]) -> [Diagnostic] {
    ambiguousEntries + staleEntries.map { $0.staleRemark(request.severityOfStaleEntries, prune: pruneCommand) }
      + acceptances.suppressions.remarks(
        on: findings, today: acceptances.today, checked: Set(loaded.descriptors.map(\.path)),
        rules: workspace.library.rules, evaluated: workspace.rules)
  }

  /// The command that removes stale entries of the baseline that this run reads.
  private var pruneCommand: String {
    var words = ["hvocheck baseline prune"]
    if request.paths != ["./arches"] { words += request.paths }
    if case .file(let path) = request.baseline { words.append("--baseline \(path)") }
    return words.joined(separator: " ")
  }

  private static func baseline(_ request: CheckRequest, _ workspace: Workspace) throws(CommandFailure) -> Baseline {
    switch request.baseline {
    case .none: return .empty
    case .file(let path): return try workspace.baseline(path)
    case .besideFirstPath:
      guard let path = workspace.baselineBeside(request.paths) else { return .empty }
      return try workspace.baseline(path)
    }
  }

  /// What `sim` must be told so that the reproduce lines of the report work as they are.
  var simulationOptions: [Report.Subject: String] {
    let whatIf = request.selects.map { " --select " + $0.text }.joined()
    return loaded.architectures.reduce(into: [:]) { options, architecture in
      let isFound = architecture.path.hasPrefix("arches/") && !ambiguousNames.contains(architecture.name)
      options[Report.Subject(architecture)] = (isFound ? "" : " --arches \(architecture.path)") + whatIf
    }
  }
}
