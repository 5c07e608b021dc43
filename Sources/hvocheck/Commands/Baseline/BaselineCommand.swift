import ArgumentParser
import Workspace

/// `hvocheck baseline`: findings that are known and accepted.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Accept the findings that there are, drop entries whose findings are gone, or show all.",
    discussion: """
      EXAMPLES
        hvocheck baseline write --reason "known since v6.1, see the thread"
        hvocheck baseline prune
        hvocheck baseline show
      """,
    subcommands: [BaselineWrite.self, BaselinePrune.self, BaselineShow.self, BaselineConvert.self])

  func run() throws {
    throw CommandFailure(CommandName.missing(in: Self.configuration))
  }
}
