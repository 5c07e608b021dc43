import Architectures
import ArgumentParser
import Diagnostics
import Policy

/// `hvocheck baseline`: findings that are known and accepted.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Accept the findings that there are, drop entries whose findings are gone, or show all.",
    discussion: """
      EXAMPLES
        hvocheck baseline write --reason "known since v6.1, see the thread"
        hvocheck baseline prune
        hvocheck baseline show
      """,
    subcommands: [Write.self, Prune.self, Show.self, Convert.self])

  func run() throws {
    throw CommandFailure(CommandName.missing(in: Self.configuration))
  }

  /// The descriptors whose findings are meant.
  struct Descriptors: ParsableArguments {
    @Argument(help: "Descriptor files, or folders with descriptors.", completion: .file())
    var paths: [String] = ["./arches"]

    @OptionGroup var rules: RuleInput

    @OptionGroup var configuration: ConfigurationInput

    @OptionGroup var today: Today
  }

  /// `hvocheck baseline write`.
  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "write",
      abstract: "Write the findings of severity error and warning into a baseline.",
      discussion: """
        Entries that the file has already keep their reasons and dates. What is undecided is never written.

        EXAMPLES
          hvocheck baseline write --reason "known since v6.1"
          hvocheck baseline write port.yaml --reason "patch is on its way" --accept-new -o accepted.json
        """)

    @OptionGroup var descriptors: Descriptors

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
      let run = try CheckRun(try file.request(descriptors))
      let (suppressions, today) = (run.acceptances.suppressions, run.acceptances.today)
      let open = run.findings.filter { suppressions.acceptance(of: $0, on: today) == nil }
      let update = BaselineUpdate(run.acceptances.baseline, findings: open)
      var output = OutputStream.standardOutput
      for finding in update.refused { output.write("never accepted: \(finding.line)\n") }
      guard !update.added.isEmpty else {
        output.write("\(file.path.printable): nothing to add\n")
        if !update.refused.isEmpty { throw ExitCode(ExitStatus.findings) }
        return
      }
      let refuses = file.exists && !acceptsNew
      for finding in update.added { output.write("\(refuses ? "would be added" : "added"): \(finding.line)\n") }
      guard !refuses else {
        output.write("\(file.path.printable) exists: nothing was written; --accept-new adds them\n")
        throw ExitCode(ExitStatus.findings)
      }
      try file.write(update.accepting(reason: reason, since: today).text)
      let kept = run.acceptances.baseline.entries.count
      output.write("\(file.path.printable): \(update.added.count) added, \(kept) kept\n")
      if !update.refused.isEmpty { throw ExitCode(ExitStatus.findings) }
    }
  }

  /// `hvocheck baseline prune`.
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Remove entries whose finding is gone; architectures that are not checked keep theirs.",
      discussion: "EXAMPLE\n  hvocheck baseline prune")

    @OptionGroup var descriptors: Descriptors

    @Option(help: "The file; by default baseline.json beside the first path.", completion: .file())
    var baseline: String?

    func run() throws {
      let file = BaselineFile(chosen: baseline, paths: descriptors.paths)
      try file.require()
      let run = try CheckRun(try file.request(descriptors))
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

  /// `hvocheck baseline show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show the entries and what they accept at present.",
      discussion: "EXAMPLE\n  hvocheck baseline show")

    @OptionGroup var descriptors: Descriptors

    @Option(help: "The file; by default baseline.json beside the first path.", completion: .file())
    var baseline: String?

    func run() throws {
      let file = BaselineFile(chosen: baseline, paths: descriptors.paths)
      try file.require()
      let run = try CheckRun(try file.request(descriptors))
      let findings = run.findings
      let checked = Set(run.loaded.architectures.map(\.id))
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
    }
  }
}

extension BaselineCommand {
  /// `hvocheck baseline convert`.
  struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "convert",
      abstract: "Rewrite a baseline of an older format; nothing is accepted that was not accepted before.",
      discussion: """
        An entry of hvo/baseline/v1 accepted the first finding of its rule in a cell, whatever came behind it. Converted, it \
        names that one store; what hid behind it is open from now on.

        EXAMPLE
          hvocheck baseline convert
        """)

    @OptionGroup var descriptors: Descriptors

    @Option(help: "The file; by default baseline.json beside the first path.", completion: .file())
    var baseline: String?

    func run() throws {
      let file = BaselineFile(chosen: baseline, paths: descriptors.paths)
      let old = try file.readV1()
      let run = try CheckRun(try file.requestWithoutBaseline(descriptors))
      let conversion = BaselineConversion(old, findings: run.findings)
      var output = OutputStream.standardOutput
      for entry in conversion.dropped { output.write("dropped: \(entry.line.printable): it accepts nothing\n") }
      try file.write(conversion.baseline.text)
      output.write(
        "\(file.path.printable): \(conversion.baseline.entries.count) kept, \(conversion.dropped.count) dropped\n")
    }
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

extension Baseline.Entry {
  /// What it accepts, in one line.
  fileprivate var line: String {
    let size = hugepage.map { " " + sizeText($0) } ?? ""
    return "\(rule) \(architecture.name)\(size)\(site.text.map { ": " + $0 } ?? "")".printable
  }
}
