import Architectures
import ArgumentParser
import Diagnostics
import Policy
import Reports

/// The formats of `check`.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}

extension ColourChoice: ExpressibleByArgument {}

/// `hvocheck check`: simulate, evaluate the rules, report.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check descriptors: simulate every cell and evaluate the rules.",
    discussion: """
      EXAMPLES
        hvocheck check
        hvocheck check arches/arm64.yaml --no-baseline --verbose
        hvocheck check port.yaml --select ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP --format json
      """)

  @Argument(help: "Descriptor files, or folders with descriptors.")
  var paths: [String] = ["./arches"]

  @Option(name: .customLong("select"), help: "What if the architecture selected this symbol too? May be repeated.")
  var selects: [String] = []

  @Option(help: "The format of the report: \(CheckFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: CheckFormat = .text

  @Option(help: "Known findings; by default baseline.json beside the first path.")
  var baseline: String?

  @Flag(name: .customLong("no-baseline"), help: "Accept no known findings.")
  var ignoresBaseline = false

  @Flag(name: .shortAndLong, help: "Show notes and known findings too.")
  var verbose = false

  @Option(name: .customLong("color"), help: "auto, always or never; NO_COLOR and CLICOLOR_FORCE are honoured.")
  var colour: ColourChoice = .auto

  func validate() throws {
    if ignoresBaseline, baseline != nil {
      throw ValidationError("--baseline and --no-baseline exclude each other.")
    }
  }

  func run() throws {
    let workspace = try Workspace()
    try workspace.requireOptInSymbols(selects)
    let loaded = try workspace.load(paths, selecting: selects)
    let known = try knownFindings(workspace)
    let report = try report(workspace, loaded, known)
    var output = OutputStream.standardOutput
    switch format {
    case .text:
      let style = colour.styleOfStandardOutput
      (verbose ? TextReport.verbose(style: style) : TextReport.brief(style: style)).write(report, into: &output)
    case .json: try JSONReport.write(report, into: &output)
    }
    if report.count(.error) > 0 { throw ExitCode(ExitStatus.findings) }
  }

  private func knownFindings(_ workspace: Workspace) throws -> Baseline {
    if ignoresBaseline { return .empty }
    if let baseline { return try workspace.baseline(baseline) }
    return try workspace.baselineBeside(paths).map { path throws(CommandFailure) in
      try workspace.baseline(path)
    } ?? .empty
  }

  private func report(_ workspace: Workspace, _ loaded: Workspace.Loaded, _ known: Baseline) throws -> Report {
    let simulator = ArchitectureSimulator(catalog: workspace.catalog)
    let evaluator = Evaluator(rules: workspace.rules, catalog: workspace.catalog)
    var items: [Report.Item] = []
    var verdicts: [CellVerdict] = []
    var trusted: [Report.Trusted] = []
    var problems: [Diagnostic] = []
    for architecture in loaded.architectures {
      do throws(Diagnostics) {
        let checked = try simulator.simulate(architecture)
        let evaluation = evaluator.evaluate(checked)
        items += evaluation.findings.map { Report.Item(finding: $0, isKnown: known.accepts($0)) }
        verdicts += evaluation.verdicts
        trusted += checked.trusted.map { Report.Trusted(architecture: architecture.name, effect: $0) }
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw CommandFailure(problems, files: loaded.files) }
    return Report(
      toolVersion: HVOCheck.version, items: items, verdicts: verdicts, trusted: trusted,
      stale: known.stale(findings: items.map(\.finding), checked: Set(loaded.architectures.map(\.name))),
      descriptors: loaded.descriptors.count, architectures: loaded.architectures.count,
      rules: workspace.rules.count, files: loaded.files, simulationOptions: simulationOptions(loaded))
  }

  /// What `sim` must be told so that the reproduce lines of the report work as they are.
  private func simulationOptions(_ loaded: Workspace.Loaded) -> [String: String] {
    let whatIf = selects.map { " --select " + $0 }.joined()
    return loaded.architectures.reduce(into: [:]) { options, architecture in
      let isInDefaultFolder = architecture.path.hasPrefix("arches/")
      options[architecture.name] = (isInDefaultFolder ? "" : " --arches \(architecture.path)") + whatIf
    }
  }
}
