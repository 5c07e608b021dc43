import ArgumentParser
import Diagnostics
import Glibc

/// The tool: one file for each command, argument parsing and exit codes only.
@main struct HVOCheck: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "hvocheck",
    abstract: "Make sure that an architecture is ready for the HugeTLB vmemmap optimization (HVO).",
    discussion: """
      Runs the full remap simulation on every reachable configuration of an architecture, executes its own \
      flush_dcache_page() on every struct page of each HugeTLB page size, and reports what would break.

      EXAMPLES
        hvocheck check                                check ./arches
        hvocheck check port.yaml --select ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP
        hvocheck sim arm64-4k --hugepage 2M --dump    page tables as kernel_page_tables prints them
        hvocheck explain HVO001

      EXIT STATUS
        0  something was checked and there is no finding of severity error
        1  findings
        2  usage, an invalid file, or nothing was checked
        3  an I/O or internal error
      """,
    version: version,
    subcommands: [Check.self, Sim.self, Explain.self, Show.self, Rules.self, SchemaCommand.self],
    defaultSubcommand: nil)

  static func main() {
    signal(SIGPIPE, SIG_DFL)
    Glibc.exit(status(of: Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs a command line and gives back its exit status.
  static func status(of arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      try OutputStream.finish()
      return ExitStatus.clean
    } catch {
      return status(of: error)
    }
  }

  private static func status(of error: any Error) -> Int32 {
    switch error {
    case let failure as CommandFailure:
      failure.write(style: ColourChoice.auto.styleOfStandardError)
      return failure.exitStatus
    case let diagnostic as Diagnostic:
      return status(of: CommandFailure(diagnostic))
    case let code as ExitCode:
      do {
        try OutputStream.finish()
      } catch {
        return status(of: CommandFailure(error))
      }
      return code.rawValue
    default:
      let isSuccess = exitCode(for: error) == .success
      var output = isSuccess ? OutputStream.standardOutput : OutputStream.standardError
      output.write(fullMessage(for: error) + "\n")
      // EX_USAGE (64) of the argument parser is not what CI systems expect; 2 is.
      return isSuccess ? ExitStatus.clean : ExitStatus.badInput
    }
  }
}
