import ArgumentParser
import Diagnostics
import Files
import Policy
import Reports
import Workspace

/// `hvocheck rules list`: a line for each rule.
struct RulesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the rules: identity, severity, part of the verdict, what each is evaluated for, title.",
    discussion: "EXAMPLES\n  hvocheck rules list\n  hvocheck rules list --rules my-rules --format json")

  /// The formats of the list.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @OptionGroup var rules: RuleInput

  @OptionGroup var configuration: SettingsInput

  @Option(help: "The format: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: Format = .text

  func run() throws {
    let workspace = try Workspace(rules.settings(try configuration.configuration()))
    var output = OutputStream.standardOutput
    switch format {
    case .text: RuleList(workspace.rules).writeText(into: &output)
    case .json: RuleList(workspace.rules).writeJSON(into: &output)
    }
  }
}
