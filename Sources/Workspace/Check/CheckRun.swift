import Architectures
package import Diagnostics
package import Policy
package import Reports
import Simulation

/// One run over everything that a request names, with what accepts its findings.
package struct CheckRun {
  package let request: CheckRequest
  package let descriptors: CheckedDescriptors
  package let acceptances: AcceptedFindings
  /// What is wrong with files; everything else was checked.
  package let mistakes: [Diagnostic]
  /// All findings, whether accepted or not.
  package let findings: [Finding]

  package var workspace: Workspace { descriptors.workspace }
  package var loaded: LoadedDescriptors { descriptors.loaded }
  package var judged: [JudgedArchitecture] { descriptors.judged }

  /// Runs over the files of the file system.
  /// - Throws: everything that is wrong with the files; nothing to check.
  package init(_ request: CheckRequest) throws(CommandFailure) {
    let workspace = try Workspace(request.rules)
    try workspace.requireOptInSymbols(request.selects, files: request.rules.files)
    try self.init(request, workspace, try workspace.load(request.paths, selecting: request.selects.map(\.text)))
  }

  /// Runs over descriptors that have been read.
  /// - Throws: everything that is wrong with the baseline.
  init(_ request: CheckRequest, _ workspace: Workspace, _ loaded: LoadedDescriptors) throws(CommandFailure) {
    self.request = request
    let baseline = try Self.baseline(request, workspace)
    let (suppressions, mistakes) = SuppressionReader(rules: workspace.library.rules).readAll(loaded.files)
    descriptors = CheckedDescriptors(workspace, loaded)
    self.mistakes = descriptors.mistakes + mistakes
    findings = descriptors.judged.flatMap(\.findings)
    acceptances = AcceptedFindings(
      baseline: baseline, suppressions: suppressions.accepting(oneStoreEachOf: findings), today: request.today)
  }

  /// What is wrong with files, as what ends a command; nil where nothing is.
  package var failure: CommandFailure? {
    mistakes.isEmpty ? nil : CommandFailure(mistakes, files: loaded.files)
  }

  /// What the run has to say.
  package var report: Report {
    Report(
      toolVersion: toolVersion,
      items: findings.map { Report.Item(finding: $0, acceptance: acceptances.acceptance(of: $0)) },
      verdicts: judged.flatMap(\.verdicts), trusted: descriptors.trusted, remarks: remarks,
      mistakes: mistakes, descriptors: loaded.descriptors.count, architectures: judged.count, rules: workspace.rules,
      ignoredRules: workspace.ignoredRules.map(\.id), files: loaded.files, simulationOptions: simulationOptions,
      today: acceptances.suppressions.dependOnDate ? acceptances.today : nil)
  }

  /// Has a suppression ended? Then somebody has to decide anew, and until then the input is not valid.
  package var needsDecision: Bool { !acceptances.suppressions.ended(on: acceptances.today).isEmpty }

  /// Entries of the baseline whose findings are gone; of rules that are left out nobody knows.
  package var staleEntries: [Baseline.Entry] {
    let ignored = Set(workspace.ignoredRules.map(\.id))
    return acceptances.baseline.stale(findings: findings, checked: Set(judged.map(\.architecture.id))).filter {
      !ignored.contains($0.rule)
    }
  }

  /// The compatibility matrix of the run.
  package func matrix(by grouping: Matrix.Grouping) -> Matrix {
    let isKnown = { @Sendable [acceptances] finding in acceptances.acceptance(of: finding) != nil }
    return MatrixBuilder(checker: descriptors.checker, isKnown: isKnown).matrix(
      of: judged, by: grouping,
      stamp: Matrix.Stamp(toolVersion: toolVersion, rules: workspace.rules.count, digest: workspace.digest))
  }

  /// A matrix of the run as a page, with the evidence of every cell.
  package func page(of matrix: Matrix) -> MatrixPage {
    MatrixPage(
      matrix: matrix,
      evidence: matrix.rows.map { row in row.example.flatMap { CellEvidence(of: $0, architecture: row.architecture) } },
      report: report)
  }

  // MARK: what is accepted

  private var remarks: [Diagnostic] {
    staleEntries.map { $0.staleRemark(request.severityOfStaleEntries, prune: pruneCommand) }
      + acceptances.suppressions.remarks(
        on: findings, today: acceptances.today, checked: descriptors.whole,
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
  var simulationOptions: [ArchitectureID: String] {
    let names = Dictionary(grouping: loaded.architectures, by: \.name)
    let whatIf = request.selects.map { " --select " + $0.text }.joined()
    return loaded.architectures.reduce(into: [:]) { options, architecture in
      let isFound = architecture.path.hasPrefix("arches/") && names[architecture.name]?.count == 1
      options[architecture.id] = (isFound ? "" : " --arches \(architecture.path)") + whatIf
    }
  }
}
