import Architectures
import ArgumentParser
import Diagnostics
import Files
import Policy
import Workspace

/// `hvocheck baseline write`: accepts the findings that there are.
struct BaselineWrite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Write the findings of severity error and warning into a baseline.",
    discussion: """
      Entries that the file has already keep their reasons and dates. What is undecided is never written.

      EXAMPLES
        hvocheck baseline write --reason "known since v6.1"
        hvocheck baseline write port.yaml --reason "patch is on its way" --accept-new -o accepted.json
      """)

  @OptionGroup var descriptors: BaselineInput

  @Option(help: "Why the findings are accepted.")
  var reason: String

  @Flag(name: .customLong("accept-new"), help: "Add findings to a baseline that exists.")
  var acceptsNew = false

  @Option(name: .shortAndLong, help: "The file; by default baseline.json beside the first path.", completion: .file())
  var output: String?

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty.") }
  }

  func run() throws {
    let file = BaselineFile(chosen: output, paths: descriptors.paths)
    let run = try descriptors.run(against: file)
    try BaselineInput.requireEverything(run, file)
    let (suppressions, today) = (run.acceptances.suppressions, run.acceptances.today)
    let open = run.findings.filter { suppressions.acceptance(of: $0, on: today) == nil }
    let update = BaselineUpdate(run.acceptances.baseline, findings: open)
    var output = OutputStream.standardOutput
    for finding in update.refused { output.write("never accepted: \(finding.line)\n") }
    guard !update.added.isEmpty else {
      output.write("\(file.path.printable): nothing to add\n")
      if !update.refused.isEmpty { throw ExitStatus.findings.code }
      return
    }
    let refuses = file.exists && !acceptsNew
    for finding in update.added { output.write("\(refuses ? "would be added" : "added"): \(finding.line)\n") }
    guard !refuses else {
      output.write("\(file.path.printable) exists: nothing was written; --accept-new adds them\n")
      throw ExitStatus.findings.code
    }
    try file.write(update.accepting(reason: reason, since: today).text)
    let kept = run.acceptances.baseline.entries.count
    output.write("\(file.path.printable): \(update.added.count) added, \(kept) kept\n")
    if !update.refused.isEmpty { throw ExitStatus.findings.code }
  }
}

extension Finding {
  /// One line about it.
  fileprivate var line: String {
    let size = hugepage.map { " " + sizeText($0) } ?? ""
    let state = outcome == .undecided ? " (undecided)" : ""
    return "\(rule) \(architecture)\(size)\(state): \(id.site.text ?? message)".printable
  }
}
