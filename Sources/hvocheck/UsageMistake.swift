import ArgumentParser
import Diagnostics
import Workspace

/// What the argument parser leaves unsaid about a wrong command line.
enum UsageMistake {
  /// A better message than the argument parser's; nil where it has none, or there is no mistake.
  static func explained(_ error: any Error, _ arguments: [String]) -> CommandFailure? {
    if error is CommandFailure || error is Diagnostic || error is ExitCode { return nil }
    guard HVOCheck.exitCode(for: error) != .success else { return nil }
    let message = HVOCheck.message(for: error)
    if let mistake = wrongWord(message) ?? unknownOption(in: arguments) { return CommandFailure(mistake) }
    return nil
  }

  /// An option that the command does not have. The argument parser validates the others first, so that a misspelled
  /// option can end as a complaint about one that is missing.
  private static func unknownOption(in arguments: [String]) -> Diagnostic? {
    let command = CommandName.command(in: arguments, of: HVOCheck.self)
    let known = options(of: command)
    for word in arguments.prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
      let name = String(word.prefix { $0 != "=" })
      guard !known.contains(name) else { continue }
      return Diagnostic(
        id: "USAGE007", "unknown option '\(name)'", at: nil,
        help: didYouMean(name, among: known) + ["its --help lists all"])
    }
    return nil
  }

  /// The options that the help of a command lists.
  private static func options(of command: any ParsableCommand.Type) -> [String] {
    let lines = command.helpMessage(includeHidden: true).split(separator: "\n").filter { $0.hasPrefix("  -") }
    let listed = lines.flatMap { line in
      line.split { $0 == " " || $0 == "," || $0 == "/" }.prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }.map(
        String.init)
    }
    return listed.filter { $0.hasPrefix("--") } + ["--help", "--version", "--generate-completion-script"]
  }

  /// A value that is none of a closed set of words; the argument parser lists them and suggests none.
  private static func wrongWord(_ message: String) -> Diagnostic? {
    // The value 'jsn' is invalid for '--format <format>'. Please provide one of 'text' and 'json'.
    let parts = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 5, parts[0] == "The value ", parts[2] == " is invalid for ", parts[4].contains("one of") else {
      return nil
    }
    // Many words stand in a list, a line each.
    let listed = message.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
    let words = listed.isEmpty ? stride(from: 5, to: parts.count, by: 2).map { parts[$0] } : listed
    return Diagnostic(
      id: "USAGE013", "the value '\(parts[1])' is invalid for \(parts[3])", at: nil,
      help: didYouMean(parts[1], among: words) + ["it is one of " + words.joined(separator: ", ")])
  }
}
