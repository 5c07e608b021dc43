import ArgumentParser
import Diagnostics
import Workspace

/// The names of commands on a command line: the argument parser shows help for a wrong one and calls that success.
enum CommandName {
  /// Finds a word that is no command where one has to stand.
  static func check(_ arguments: [String], in root: CommandConfiguration) throws(CommandFailure) {
    var words = arguments[...]
    if words.first == "help" { words.removeFirst() }
    var configuration = root
    while let word = words.popFirst(), !word.hasPrefix("-"), !configuration.subcommands.isEmpty {
      guard let next = configuration.subcommands.first(where: { $0.configuration.commandName == word }) else {
        throw CommandFailure(
          Diagnostic(
            id: "USAGE005", "no command '\(word)'", at: nil,
            help: didYouMean(word, among: names(in: configuration)) + [list(configuration)]))
      }
      configuration = next.configuration
    }
  }

  /// The command that a command line names, as far as it names one.
  static func command(in arguments: [String], of root: any ParsableCommand.Type) -> any ParsableCommand.Type {
    var command = root
    for word in arguments {
      guard let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word }) else {
        return command
      }
      command = next
    }
    return command
  }

  /// A command that only groups others was called alone.
  static func missing(in configuration: CommandConfiguration) -> Diagnostic {
    Diagnostic(
      id: "USAGE006", "a command is missing", at: nil,
      help: [list(configuration), "hvocheck --help shows examples"])
  }

  private static func list(_ configuration: CommandConfiguration) -> String {
    "commands are: " + names(in: configuration).joined(separator: ", ")
  }

  private static func names(in configuration: CommandConfiguration) -> [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }
}
