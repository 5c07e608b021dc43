import ArgumentParser
import Workspace

/// Which configuration file holds, for every command that has settings.
struct SettingsInput: ParsableArguments {
  @Option(
    name: .customLong("config-file"),
    help: ArgumentHelp(
      "Settings; by default .hvocheck.yaml in the folder of the first path, or above it in its git tree.",
      valueName: "file"), completion: .file())
  var file: String?

  @Flag(name: .customLong("no-config"), help: "Read no settings.")
  var isOff = false

  func validate() throws {
    if isOff, file != nil { throw ValidationError("--config-file and --no-config exclude each other.") }
  }

  /// The settings that hold for a path, or for the working folder.
  /// - Throws: everything that is wrong with the file.
  func configuration(for path: String? = nil) throws(CommandFailure) -> Settings {
    if isOff { return .none }
    if let file { return try Settings(file: file) }
    return try Settings(for: path)
  }
}
