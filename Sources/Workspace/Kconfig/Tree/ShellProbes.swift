import Files
package import Kconfig

/// Answers that are known, and the shell for all others: only where the user allows it, for a tree can ask anything.
package final class ShellProbes: KconfigProbes {
  private let known: any KconfigProbes
  private let shell: TimedCommand
  /// Why the last command that failed has no answer.
  package private(set) var failure: String?

  /// - Parameters:
  ///   - known: what need not be asked.
  ///   - environment: all that the commands see besides `PATH` and `LC_ALL`.
  ///   - seconds: how long each command may take.
  init(besides known: any KconfigProbes, environment: [String: String], seconds: Int) {
    self.known = known
    shell = TimedCommand(environment: environment, seconds: seconds) { text in
      StandardTerminal().write(text, on: .errors)
    }
  }

  package func output(of command: [UInt8]) -> [UInt8]? {
    if let answer = known.output(of: command) { return answer }
    do throws(TimedCommand.Failure) {
      return try shell.run(command)
    } catch {
      failure = error.reason
      return nil
    }
  }
}

/// Whether what Kconfig files ask the shell is run, and for how long.
package struct ShellPermission {
  /// How long each command may take; nil where none is run.
  private let seconds: Int?

  /// - Parameter seconds: how long each command may take; nil where none is run.
  package init(seconds: Int?) {
    self.seconds = seconds
  }

  /// The shell, for what is not known; nil where it is not allowed.
  /// - Parameter environment: all that commands see besides `PATH` and `LC_ALL`.
  package func shell(besides known: any KconfigProbes, environment: [String: String]) -> ShellProbes? {
    seconds.map { ShellProbes(besides: known, environment: environment, seconds: $0) }
  }
}
