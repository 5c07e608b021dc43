import ArgumentParser
import Diagnostics
import Policy

/// `hvocheck rules`: what is checked, and whether the rules do what their cases say.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, or run the cases beside them.",
    discussion: "EXAMPLES\n  hvocheck rules list\n  hvocheck rules test rules/tests",
    subcommands: [List.self, Test.self])

  func run() throws {
    throw CommandFailure(CommandName.missing(in: Self.configuration))
  }

  /// `hvocheck rules list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the rules: identity, severity, part of the verdict, what each is evaluated for, title.",
      discussion: "EXAMPLE\n  hvocheck rules list")

    func run() throws {
      var output = OutputStream.standardOutput
      for rule in try Workspace().rules {
        let columns = [
          rule.id, rule.severity.rawValue.padded(to: 7), rule.axis.rawValue.padded(to: 7),
          rule.quantifier.rawValue.padded(to: 13), rule.title,
        ]
        output.write(columns.joined(separator: "  ") + "\n")
      }
    }
  }

  /// `hvocheck rules test`.
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Run the passing and failing cases of each rule.",
      discussion: "EXAMPLE\n  hvocheck rules test rules/tests")

    @Argument(help: "The folder with the cases.")
    var cases: String = "./rules/tests"

    func run() throws {
      let workspace = try Workspace()
      let fileSystem = FileSystem()
      var files: [SourceFile] = []
      var results: [RuleCases.Result] = []
      var problems: [Diagnostic] = []
      do throws(Diagnostic) {
        let provider = RecordingProvider(base: fileSystem)
        for path in try fileSystem.yamlFiles(in: fileSystem.shortened(cases)) where !path.contains("/bases/") {
          let file = try provider.read(path)
          files.append(file)
          do throws(Diagnostics) {
            let read = try RuleCases.read(file, sources: provider)
            results += try read.run(catalog: workspace.catalog, rules: workspace.rules)
          } catch {
            problems += error.all
          }
        }
        files = provider.files
      } catch {
        problems.append(error)
      }
      if problems.isEmpty, results.isEmpty {
        problems.append(Diagnostic(id: "RULE006", "no cases in \(cases): nothing was tested", at: nil))
      }
      guard problems.isEmpty else { throw CommandFailure(problems, files: files) }
      try report(results, workspace.rules)
    }

    private func report(_ results: [RuleCases.Result], _ rules: [Rule]) throws {
      var output = OutputStream.standardOutput
      var failures = 0
      for result in results {
        output.write("\(result.mistakes.isEmpty ? "ok  " : "FAIL") \(result.rule) \(result.name)\n")
        for mistake in result.mistakes { output.write("     \(mistake)\n") }
        failures += result.mistakes.isEmpty ? 0 : 1
      }
      // A rule that no case makes fire, or none keeps silent, is not tested at all.
      for rule in rules {
        let own = results.filter { $0.rule == rule.id }
        if !own.contains(where: \.expectsFinding) || !own.contains(where: { !$0.expectsFinding }) {
          output.write("FAIL \(rule.id) needs a passing and a failing case [HVO910]\n")
          failures += 1
        }
      }
      output.write("\(results.count) cases of \(rules.count) rules: \(failures) failed\n")
      if failures > 0 { throw ExitCode(ExitStatus.findings) }
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
