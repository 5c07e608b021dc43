import Architectures
import ArgumentParser
import Diagnostics
import Files
import Policy
import Workspace

/// `hvocheck baseline prune`: drops entries whose findings are gone.
struct BaselinePrune: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove entries whose finding is gone; architectures that are not checked keep theirs.",
    discussion: "EXAMPLE\n  hvocheck baseline prune")

  @OptionGroup var input: BaselineFileInput

  func run() throws {
    let file = input.file
    try file.require()
    let run = try input.descriptors.run(against: file)
    try BaselineInput.requireEverything(run, file)
    let stale = run.staleEntries
    var output = OutputStream.standardOutput
    guard !stale.isEmpty else {
      output.write("\(file.path.printable): nothing to remove\n")
      return
    }
    try file.prune(where: stale.contains)
    for entry in stale { output.write("removed: \(entry.line)\n") }
    let rest = run.acceptances.baseline.entries.count - stale.count
    output.write("\(file.path.printable): \(stale.count) removed, \(rest) kept\n")
  }
}
