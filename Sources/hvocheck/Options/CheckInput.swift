import ArgumentParser
import Diagnostics
import Files
import Workspace

/// What is checked, for every command that checks: paths, rules, what-ifs, known findings. `CheckSettings` says what holds
/// together with the configuration file.
struct CheckInput: ParsableArguments {
  @Argument(
    help: "Descriptor files, or folders with descriptors; by default 'paths' of .hvocheck.yaml, else ./arches.",
    completion: .file())
  var paths: [String] = []

  @OptionGroup var rules: RuleInput

  @Option(help: ArgumentHelp("Evaluate these rules only, such as HVO001,HVO003.", valueName: "rules"))
  var types: [String] = []

  @Option(
    name: .customLong("ignore"), help: ArgumentHelp("Leave these rules out; the summary says so.", valueName: "rules"))
  var ignored: [String] = []

  @Option(name: .customLong("select"), help: "What if the architecture selected this symbol too? May be repeated.")
  var selects: [String] = []

  @Option(help: "Known findings; by default baseline.json beside the first path.", completion: .file())
  var baseline: String?

  @Flag(name: .customLong("no-baseline"), help: "Accept no known findings.")
  var ignoresBaseline = false

  @OptionGroup var configuration: SettingsInput

  @Flag(
    name: .customLong("strict-baseline"), inversion: .prefixedNo,
    help: "Fail where the baseline accepts a finding that is gone; the default where the environment has CI=true.")
  var isStrict: Bool?

  @OptionGroup var today: Today

  func validate() throws {
    if ignoresBaseline, baseline != nil {
      throw ValidationError("--baseline and --no-baseline exclude each other.")
    }
  }

  /// How much a baseline entry weighs whose finding is gone.
  var severityOfStaleEntries: Severity { isStrict ?? Self.runsInCI ? .error : .note }

  private static var runsInCI: Bool {
    ProcessEnvironment.value("CI").map { ["true", "1"].contains($0.lowercased()) } ?? false
  }
}
