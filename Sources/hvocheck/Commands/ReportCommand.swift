import Architectures
import ArgumentParser
import Diagnostics
import Files
import LocatedYAML
import Policy
import Reports
import Workspace

/// `hvocheck report`: findings made ready to be sent.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write findings as mails to a kernel list.",
    discussion: """
      One mail for each architecture at one kernel, subject line first, 72 columns. Known findings are left out.

      EXAMPLES
        hvocheck report --mail arches/arm64.yaml --no-baseline
        hvocheck report --mail port.yaml --select ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP --rule HVO001
      """)

  @OptionGroup var input: CheckInput

  @Flag(help: "Plain text, as kernel lists want it.")
  var mail = false

  @Option(help: ArgumentHelp("Only this architecture, or this variant of it.", valueName: "name"))
  var arch: String?

  @Option(help: ArgumentHelp("Only this rule.", valueName: "id"))
  var rule: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to a file, as a whole or not at all.", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    if !mail { throw ValidationError("Say what to write: --mail.") }
  }

  func run() throws {
    let run = try CheckRun(input)
    var report = run.report
    if let arch { try keep(architecture: arch, in: &report, of: run) }
    if let rule {
      let id = try run.workspace.library.rule(UserWord(rule)).id
      report.items.removeAll { $0.finding.rule != id }
    }
    let repairs = Repairs(run, selecting: input.selects)
    let mails = MailReport(
      report, judged: run.judged, sources: run.sources, whatIf: input.selects, fix: repairs.difference
    ).mails
    guard !mails.isEmpty else {
      var messages = OutputStream.standardError
      let known = report.acceptedCount
      messages.write("nothing to report" + (known > 0 ? ": \(known) findings are known\n" : "\n"))
      if let failure = run.failure { throw failure }
      return
    }
    let text = mails.joined(separator: "\n" + Self.scissors + "\n\n")
    if let output {
      try FileReplacement.write([.init(path: output, text: text)])
    } else {
      var stream = OutputStream.standardOutput
      stream.write(text)
    }
    if let failure = run.failure { throw failure }
    if report.items.contains(where: { $0.isOpen && $0.finding.severity == .error }) {
      throw ExitStatus.findings.code
    }
  }

  /// What stands between two mails; git's own tools cut there too.
  private static let scissors = "-------- >8 -------- next mail -------- >8 --------"

  private func keep(architecture name: String, in report: inout Report, of run: CheckRun) throws {
    let all = run.loaded.architectures
    let kept = all.filter { [$0.name, $0.directory.value].contains(name) || $0.name.hasPrefix(name + "-") }
    guard !kept.isEmpty else {
      // What was asked for may be what could not be read.
      if let failure = run.failure { throw failure }
      let names = all.map(\.name) + all.map(\.directory.value)
      throw CommandFailure(
        Diagnostic(
          id: "USAGE003", "no architecture '\(name)' among those that were checked", at: nil,
          help: didYouMean(name, among: names) + ["there are: " + all.map(\.name).joined(separator: ", ")]))
    }
    let names = Set(kept.map(\.name))
    report.items.removeAll { !names.contains($0.finding.architecture) }
  }
}

extension CheckRun {
  /// Where each architecture was read.
  fileprivate var sources: [ArchitectureID: MailReport.Source] {
    let variants = loaded.descriptors.flatMap { descriptor in descriptor.variants.map { (descriptor.path, $0) } }
    return loaded.architectures.reduce(into: [:]) { sources, architecture in
      let variant = variants.first { $0.0 == architecture.path && $0.1.name == architecture.name }?.1
      let source = variant?.node["source"]
      sources[architecture.id] = MailReport.Source(
        tree: source?["tree"]?.scalar?.text, commit: source?["commit"]?.scalar?.text,
        localChanges: source?["local_changes"]?.items?.compactMap { $0.scalar?.text } ?? [])
    }
  }
}
