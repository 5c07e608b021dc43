import Architectures
import ArgumentParser
import Diagnostics
import Files
import Policy
import Workspace

/// `hvocheck baseline show`: the entries and what they accept.
struct BaselineShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the entries and what they accept at present.",
    discussion: "EXAMPLE\n  hvocheck baseline show")

  @OptionGroup var input: BaselineFileInput

  func run() throws {
    let file = input.file
    try file.require()
    let run = try input.descriptors.run(against: file)
    let findings = run.findings
    let checked = Set(run.judged.map(\.architecture.id))
    var output = OutputStream.standardOutput
    for entry in run.acceptances.baseline.entries {
      let count = findings.count { $0.isAcceptable && entry.accepts($0) }
      let state =
        count > 0
        ? "accepts \(count) finding\(count == 1 ? "" : "s")"
        : !checked.contains(entry.architecture)
          ? "not checked" : findings.contains(where: entry.speaks) ? "undecided, accepts nothing" : "stale"
      output.write("\(entry.line): \(state)\n    since \(entry.date.printable): \(entry.reason.printable)\n")
    }
    if run.acceptances.baseline.entries.isEmpty { output.write("\(file.path.printable): no entries\n") }
    if let failure = run.failure { throw failure }
  }
}
