import ArgumentParser
import Diagnostics
import Workspace

/// The descriptors whose findings are meant, for every command about a baseline.
struct BaselineInput: ParsableArguments {
  @Argument(help: "Descriptor files, or folders with descriptors.", completion: .file())
  var paths: [String] = ["./arches"]

  @OptionGroup var rules: RuleInput

  @OptionGroup var configuration: SettingsInput

  @OptionGroup var today: Today

  /// Checks the descriptors against a file, by all rules that there are.
  /// - Throws: everything that is wrong with the files; nothing to check.
  func run(against file: BaselineFile) throws(CommandFailure) -> CheckRun {
    try CheckRun(file.request(paths, rules: try ruleSettings, today: today.date))
  }

  /// Checks the descriptors with nothing accepted, by all rules that there are.
  /// - Throws: everything that is wrong with the files; nothing to check.
  func runWithoutBaseline() throws(CommandFailure) -> CheckRun {
    try CheckRun(CheckRequest(paths: paths, rules: try ruleSettings, baseline: .none, today: today.date))
  }

  /// Nothing is accepted or given up while it is not known what there is.
  /// - Throws: what could not be checked.
  static func requireEverything(_ run: CheckRun, _ file: BaselineFile) throws(CommandFailure) {
    guard var failure = run.failure else { return }
    failure.diagnostics.append(
      Diagnostic(
        id: "BASE006", "\(file.path) was not written", at: nil,
        reasons: ["not everything could be checked, and what was not has findings that nobody knows"],
        help: ["correct what is said above, or name the descriptors that are meant"]))
    throw failure
  }

  private var ruleSettings: RuleSettings {
    get throws(CommandFailure) { rules.settings(try configuration.configuration(for: paths.first)) }
  }
}
