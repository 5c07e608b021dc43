import ArgumentParser
import Workspace

/// Whether what Kconfig files ask the shell is run, and for how long.
struct ShellOptions: ParsableArguments {
  @Flag(help: "Run what the Kconfig files ask the shell and nothing else answers.")
  var allowShell = false

  @Option(help: ArgumentHelp("How long each command may take.", valueName: "seconds"))
  var shellSeconds = 10

  func validate() throws {
    if !(1...3_600).contains(shellSeconds) { throw ValidationError("--shell-seconds takes 1 to 3600.") }
  }

  /// What the user allows.
  var permission: ShellPermission { ShellPermission(seconds: allowShell ? shellSeconds : nil) }
}
