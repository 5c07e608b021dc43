import ArgumentParser
import Diagnostics
import Files
import Reports
import Workspace

extension ColourChoice: ExpressibleByArgument {}
extension FailureThreshold: ExpressibleByArgument {}

/// A command whose result is a report.
protocol ReportingCommand: ParsableCommand {
  var output: OutputOptions { get }
}

/// How a report leaves the tool, for every command that reports findings: formats, files, colour, what fails.
struct OutputOptions: ParsableArguments {
  static let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")

  @Option(
    help: "The format of the report: \(formats). It holds for standard output, or for a FILE of -o that names none.",
    completion: .list(ReportFormat.allCases.map(\.rawValue)))
  var format: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write a report into a file, or with a format alone to standard output. May be repeated.",
      valueName: "[format=]file"), completion: .file())
  var output: [String] = []

  @Flag(name: .shortAndLong, help: "Show notes and known findings too.")
  var verbose = false

  @Option(name: .customLong("color"), help: "auto, always or never; NO_COLOR and CLICOLOR_FORCE are honoured.")
  var colour: ColourChoice = .auto

  @Option(
    name: .customLong("fail-on"),
    help:
      "The least severity with which an open finding gives exit status 1: error, warning or never; error by default.")
  private(set) var chosenThreshold: FailureThreshold?

  /// The least severity that fails.
  var threshold: FailureThreshold { chosenThreshold ?? .error }

  /// The options with what the command line does not say as the configuration file says it.
  func completed(by configuration: Settings) -> OutputOptions {
    var options = self
    // A file of -o names its own format.
    if output.isEmpty { options.format = format ?? configuration.format?.rawValue }
    options.chosenThreshold = chosenThreshold ?? configuration.threshold
    return options
  }

  /// What is written where.
  /// - Throws: words that name no format, two reports for one place.
  func plan() throws(CommandFailure) -> OutputPlan {
    do throws(Diagnostic) {
      return try OutputPlan(format: format, outputs: output)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// How a report looks: colour is for standard output, a file has it only on demand.
  func presentation(for target: OutputPlan.Target) -> Presentation {
    let style: DiagnosticRenderer.Style =
      switch target {
      case .standardOutput: colour.styleOfStandardOutput
      case .file: colour == .always ? .ansi : .plain
      }
    return Presentation(style: style, detail: verbose ? .full : .brief, threshold: threshold)
  }

  /// Ends a command whose report is written.
  /// - Parameter failure: what could not be checked; nil where everything was.
  /// - Throws: what could not be checked; else the status of findings, where some fail.
  func end(_ report: Report, _ failure: CommandFailure?) throws {
    if let failure { throw failure }
    if report.fails(at: threshold) { throw ExitStatus.findings.code }
  }

  /// Writes a report to all places of a plan.
  /// - Throws: where one of them could not be written; files are complete or as they were.
  func write(_ report: Report, to plan: OutputPlan) throws(CommandFailure) {
    do throws(Diagnostic) {
      try plan.write(report) { presentation(for: $0) }
    } catch {
      throw CommandFailure(error)
    }
  }
}
