import Architectures
import ArgumentParser
import Diagnostics
import Files
import Policy
import ShippedRules
import Workspace

/// `hvocheck rules test`: do the rules find what their cases say, and nothing else?
struct RulesTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the passing and failing cases of each rule.",
    discussion: """
      A case that cannot be run is an error, and so is a rule that no case makes fire, or none keeps silent.

      EXAMPLES
        hvocheck rules test rules/tests
        hvocheck rules test --rules my-rules
        hvocheck rules test my-rules/tests/ACME001.yaml --rules my-rules
      """)

  @Argument(
    help: "A folder with cases, or a file; by default 'tests' in each folder of --rules, else ./rules/tests.",
    completion: .file())
  var cases: String?

  @OptionGroup var rules: RuleInput

  @OptionGroup var configuration: SettingsInput

  func run() throws {
    let settings = rules.settings(try configuration.configuration())
    let workspace = try Workspace(settings)
    let folders =
      cases.map { [$0] }
      ?? (settings.folders.isEmpty ? ["./rules/tests"] : settings.folders.map { $0.text + "/tests" })
    let fileSystem = FileSystem()
    let provider = RecordingProvider(base: fileSystem)
    var tested: [RuleCases] = []
    var results: [RuleCases.Result] = []
    var problems: [Diagnostic] = []
    for folder in folders {
      do throws(Diagnostic) {
        let found = try tests(in: fileSystem.shortened(folder), through: provider, fileSystem, &problems)
        if found.isEmpty, problems.isEmpty {
          throw Diagnostic(id: "RULE006", "no cases in \(folder): nothing was tested", at: nil)
        }
        tested += found
      } catch {
        problems.append(error)
      }
    }
    for cases in tested {
      do throws(Diagnostics) {
        results += try cases.run(catalog: workspace.catalog, rules: workspace.rules)
      } catch {
        problems += error.all
      }
    }
    let judged = try judgedRules(workspace, settings, results)
    for rule in judged {
      guard let example = rule.example else { continue }
      do throws(Diagnostics) {
        let port = SourceFile(path: ShippedRules.port.path, text: ShippedRules.port.text)
        results += try example.results(rule, on: port, catalog: workspace.catalog)
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw CommandFailure(problems, files: provider.files + workspace.library.files) }
    try report(results, judged)
  }

  private func tests(
    in path: String, through provider: RecordingProvider, _ fileSystem: FileSystem, _ problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [RuleCases] {
    var tests: [RuleCases] = []
    let isFile = try fileSystem.kind(of: path) == .file
    let listing = isFile ? FolderListing(files: [path]) : try fileSystem.yamlFiles(in: path)
    problems += listing.mistakes
    for path in listing.files {
      let file = try provider.read(path)
      // The bases of the cases lie beside them.
      if !isFile, DocumentFormat.ruleCases.excludes(file) { continue }
      do throws(Diagnostics) {
        tests.append(try RuleCases.read(file, sources: provider))
      } catch {
        problems += error.all
      }
    }
    return tests
  }

  /// The rules that have to be tested: those of one file of cases, else the user's, else the shipped ones.
  private func judgedRules(
    _ workspace: Workspace, _ settings: RuleSettings, _ results: [RuleCases.Result]
  ) throws(Diagnostic) -> [Rule] {
    if let cases, try FileSystem().kind(of: cases) == .file {
      let named = Set(results.map(\.rule))
      return workspace.rules.filter { named.contains($0.id) }
    }
    return settings.folders.isEmpty ? workspace.rules : workspace.library.own
  }

  private func report(_ results: [RuleCases.Result], _ rules: [Rule]) throws {
    var output = OutputStream.standardOutput
    var failures = 0
    for result in results {
      output.write("\(result.mistakes.isEmpty ? "ok  " : "FAIL") \(result.rule) \(result.name)".printable + "\n")
      for mistake in result.mistakes { output.write("     \(mistake)".printable + "\n") }
      failures += result.mistakes.isEmpty ? 0 : 1
    }
    // A rule that no case makes fire, or none keeps silent, is not tested at all.
    for rule in rules {
      let own = results.filter { $0.rule == rule.id }
      if !own.contains(where: \.expectsFinding) || !own.contains(where: { !$0.expectsFinding }) {
        output.write("FAIL \(rule.id) needs a passing and a failing case [\(FileRemark.untestedRule.id)]\n")
        failures += 1
      }
    }
    let tested = Set(results.map(\.rule)).union(rules.map(\.id)).count
    output.write("\(results.count) cases of \(tested) rule\(tested == 1 ? "" : "s"): \(failures) failed\n")
    if failures > 0 { throw ExitStatus.findings.code }
  }
}
