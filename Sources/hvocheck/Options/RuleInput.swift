import ArgumentParser
import Workspace

/// Folders with rules, for every command that reads rules.
struct RuleInput: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "A folder with rules of your own, beside the shipped ones. May be repeated.", valueName: "folder"),
    completion: .directory)
  var folders: [String] = []

  /// The folders that hold: those of the command line, else those of the configuration file.
  func settings(_ configuration: Settings) -> RuleSettings {
    RuleSettings(
      folders: folders.isEmpty ? configuration.rules ?? [] : folders.map { UserWord($0) }, files: configuration.files)
  }
}
