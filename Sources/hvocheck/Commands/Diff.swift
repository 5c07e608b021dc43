import ArgumentParser
import Diagnostics
import Policy
import Reports
import Workspace

/// `hvocheck diff`: what a change of descriptors and rules means.
struct Diff: ParsableCommand, ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare what two states of the descriptors mean; fail where something got worse.",
    discussion: """
      Revisions are read from git's objects; the work tree and the index are not touched. A finding fails where only the \
      new state has it, and neither its baseline nor a comment in it accepts it. Each change of a verdict is shown with \
      the change of a file that brings it about, which is found by simulating mixtures of both states.

      EXAMPLES
        hvocheck diff main...HEAD                 what this branch changed since it left main
        hvocheck diff v1.0..v1.1 -- arches/arm64.yaml
        hvocheck diff HEAD                        with the work tree
        hvocheck diff old/arches new/arches       two folders
      """)

  @Argument(
    help: "OLD..NEW, OLD...NEW (since they went apart), or OLD: a revision, or a folder.", completion: .directory)
  var old: String

  @Argument(help: "NEW: a revision, or a folder; by default the work tree.", completion: .directory)
  var new: String?

  @Argument(
    parsing: .postTerminator, help: "Files or folders of both states; by default those that check takes.",
    completion: .file())
  var paths: [String] = []

  @OptionGroup var rules: RuleInput

  @OptionGroup var configuration: SettingsInput

  @Option(
    help: "Known findings; by default baseline.json beside the first path, in the new state.", completion: .file())
  var baseline: String?

  @Flag(name: .customLong("no-baseline"), help: "Accept no known findings.")
  var ignoresBaseline = false

  @OptionGroup var today: Today

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if ignoresBaseline, baseline != nil {
      throw ValidationError("--baseline and --no-baseline exclude each other.")
    }
  }

  func run() throws {
    let plan = try output.plan()
    let file = try configuration.configuration()
    let settings = rules.settings(file)
    let paths = paths.isEmpty ? file.paths?.map(\.text) ?? [] : paths
    let besides = settings.folders.map(\.text) + (baseline.map { [$0] } ?? [])
    let sides = try ComparedSides.named(old, new, paths: paths, besides: besides)
    let choice: CheckRequest.BaselineChoice = ignoresBaseline ? .none : baseline.map { .file($0) } ?? .besideFirstPath
    let run = try DiffRun(sides, rules: settings, baseline: choice, today: today.date)
    let report = run.report
    try output.write(report, to: plan)
    try output.end(report, run.failure)
  }
}
