import ArgumentParser
import Diagnostics
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

  @OptionGroup var input: CheckInput

  @Option(help: "The format of the report: \(CheckFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: CheckFormat?

  @Flag(name: .shortAndLong, help: "Show notes and known findings too.")
  var verbose = false

  @Option(name: .customLong("color"), help: "auto, always or never; NO_COLOR and CLICOLOR_FORCE are honoured.")
  var colour: ColourChoice = .auto

  func run() throws {
    let run = try CheckRun(input)
    let report = run.report
    if verbose {
      var errors = OutputStream.standardError
      errors.write("hvocheck: \(run.settings.origin)".printable + "\n")
    }
    var output = OutputStream.standardOutput
    switch format ?? run.settings.configuration.format ?? .text {
    case .text:
      let style = colour.styleOfStandardOutput
      (verbose ? TextReport.verbose(style: style) : TextReport.brief(style: style)).write(report, into: &output)
    case .json: try JSONReport.write(report, into: &output)
    }
    if report.count(.error) > 0 { throw ExitCode(ExitStatus.findings) }
  }
}
