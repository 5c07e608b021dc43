import ArgumentParser
import Diagnostics
import Files
import Reports
import Workspace

/// `hvocheck check`: simulate, evaluate the rules, report.
struct Check: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check descriptors: simulate every cell and evaluate the rules.",
    discussion: """
      EXAMPLES
        hvocheck check
        hvocheck check arches/arm64.yaml --no-baseline --verbose
        hvocheck check port.yaml --select ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP --format json
        hvocheck check -o text -o sarif=hvocheck.sarif -o junit=hvocheck.xml
      """)

  @OptionGroup var input: CheckInput

  @OptionGroup var output: OutputOptions

  func run() throws {
    let settings = try CheckSettings(input)
    let output = output.completed(by: settings.configuration)
    let plan = try output.plan()
    let run = try CheckRun(settings.request)
    let report = run.report
    if output.verbose {
      var messages = OutputStream.standardError
      messages.write("hvocheck: \(settings.origin)".printable + "\n")
    }
    try output.write(report, to: plan)
    if run.failure == nil, run.needsDecision { throw ExitStatus.badInput.code }
    try output.end(report, run.failure)
  }
}
