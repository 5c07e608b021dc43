import ArgumentParser
import Diagnostics
import Files
import Glibc
import Workspace

/// The tool: one file for each command, argument parsing and exit codes only.
@main struct HVOCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hvocheck",
    abstract: "Make sure that an architecture is ready for the HugeTLB vmemmap optimization (HVO).",
    discussion: """
      Runs the full remap simulation on every reachable configuration of an architecture, executes its own \
      flush_dcache_page() on every struct page of each HugeTLB page size, and reports what would break.

      EXAMPLES
        hvocheck check                                check ./arches
        hvocheck init toy                             begin a descriptor
        hvocheck check port.yaml --select ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP
        hvocheck diff main...HEAD                     what this branch makes worse
        hvocheck sim arm64-4k --hugepage 2M --dump    as in kernel_page_tables
        hvocheck explain HVO001

      EXIT STATUS
      \(ExitStatus.help)
      """,
    version: toolVersion,
    subcommands: [
      Check.self, Diff.self, BaselineCommand.self, MatrixCommand.self, ReportCommand.self, Sim.self, Init.self,
      Explain.self, Show.self, Rules.self, SchemaCommand.self, KconfigCommand.self,
      ConfCommand.self,
    ],
    defaultSubcommand: nil)

  /// Without a command nothing is checked, which must not look like success.
  func run() throws {
    throw CommandFailure(CommandName.missing(in: Self.configuration))
  }

  static func main() {
    signal(SIGPIPE, SIG_DFL)
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let name = CommandLine.arguments.first, ConfCommand.isNamed(name) {
      Glibc.exit(status(asConf: name, arguments))
    }
    Glibc.exit(status(of: arguments))
  }

  /// Runs as another program, and gives back the exit status of that.
  private static func status(asConf name: String, _ arguments: [String]) -> Int32 {
    do {
      try ConfCommand.run(as: name, arguments)
      try OutputStream.finish()
      return ExitStatus.clean.rawValue
    } catch {
      return status(of: error, colour: .auto)
    }
  }

  /// Runs a command line and gives back its exit status.
  static func status(of arguments: [String]) -> Int32 {
    var colour = ColourChoice.auto
    do {
      try requireText()
      try CommandName.check(arguments, in: configuration)
      var command = try parseAsRoot(arguments)
      if let command = command as? any ReportingCommand { colour = command.output.colour }
      try command.run()
      try OutputStream.finish()
      return ExitStatus.clean.rawValue
    } catch {
      return status(of: UsageMistake.explained(error, arguments) ?? error, colour: colour)
    }
  }

  /// Words that are not UTF-8 would be read as others: a path as that of another file.
  private static func requireText() throws(CommandFailure) {
    for word in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)) {
      guard let word, String(validatingCString: word) == nil else { continue }
      throw CommandFailure(
        Diagnostic(
          id: "USAGE031", "'\(String(cString: word).printable)' is not UTF-8", at: nil,
          help: ["rename the file: reports are UTF-8 and cannot show it"]))
    }
  }

  private static func status(of error: any Error, colour: ColourChoice) -> Int32 {
    switch error {
    case let failure as CommandFailure:
      failure.write(style: colour.styleOfStandardError)
      return ExitStatus(failure).rawValue
    case let diagnostic as Diagnostic:
      return status(of: CommandFailure(diagnostic), colour: colour)
    case let code as ExitCode:
      return finished(code.rawValue, colour: colour)
    default:
      let isSuccess = exitCode(for: error) == .success
      var output = isSuccess ? OutputStream.standardOutput : OutputStream.standardError
      output.write(fullMessage(for: error) + "\n")
      // EX_USAGE (64) of the argument parser is not what CI systems expect; 2 is.
      return isSuccess ? finished(ExitStatus.clean.rawValue, colour: colour) : ExitStatus.badInput.rawValue
    }
  }

  /// The status, unless the output did not arrive.
  private static func finished(_ status: Int32, colour: ColourChoice) -> Int32 {
    do {
      try OutputStream.finish()
      return status
    } catch {
      return self.status(of: CommandFailure(error), colour: colour)
    }
  }
}
