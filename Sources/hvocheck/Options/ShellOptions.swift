import ArgumentParser
import Kconfig

/// Whether what Kconfig files ask the shell is run, and for how long.
struct ShellOptions: ParsableArguments {
  @Flag(help: "Run what the Kconfig files ask the shell and nothing else answers.")
  var allowShell = false

  @Option(help: ArgumentHelp("How long each command may take.", valueName: "seconds"))
  var shellSeconds = 10

  func validate() throws {
    if !(1...3_600).contains(shellSeconds) { throw ValidationError("--shell-seconds takes 1 to 3600.") }
  }

  /// The shell, for what is not known; nil where it is not allowed.
  /// - Parameter environment: all that commands see besides `PATH` and `LC_ALL`.
  func shell(besides known: any KconfigProbes, environment: [String: String]) -> ShellProbes? {
    allowShell ? ShellProbes(besides: known, environment: environment, seconds: shellSeconds) : nil
  }
}
