import ArgumentParser
import Diagnostics
import Files
import Policy
import Reports
import ShippedRules
import Workspace

/// `hvocheck explain`: what a rule, or a message, is about.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule: why it matters, an example, the way out, references.",
    discussion: """
      EXAMPLES
        hvocheck explain HVO001
        hvocheck explain lost-flush --format md
        hvocheck explain HVO001 --cocci > HVO001.cocci
        hvocheck explain YAML007
      """)

  /// The formats of an explanation.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown = "md"
  }

  @Argument(help: "The rule, HVO001 or its name, or the identity of any message.")
  var rule: String

  @OptionGroup var rules: RuleInput

  @OptionGroup var configuration: SettingsInput

  @Option(help: "The format: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: Format?

  @Flag(help: "Print a Coccinelle rule that finds candidates in C files.")
  var cocci = false

  func validate() throws {
    if cocci, format != nil { throw ValidationError("--cocci has a format of its own.") }
  }

  func run() throws {
    let workspace = try Workspace(rules.settings(try configuration.configuration()))
    var output = OutputStream.standardOutput
    if !cocci, let remark = FileRemark.all.first(where: { $0.id == rule || $0.name == rule }) {
      output.write(Self.text(of: remark))
      return
    }
    if !cocci, let family = MessageFamily(of: rule, rules: workspace.rules) {
      output.write(family.text)
      return
    }
    let found = try workspace.library.rule(UserWord(rule))
    if cocci {
      output.write(try semanticPatch(of: found, among: workspace.rules))
      return
    }
    let page = try workspace.page(of: found)
    switch format ?? .text {
    case .text: page.writeText(into: &output)
    case .markdown: page.writeMarkdown(into: &output)
    }
  }

  private static func text(of remark: FileRemark) -> String {
    let help = remark.help.map { "  \($0)\n" }.joined()
    return """
      \(remark.id) \(remark.name) (\(remark.severity.rawValue))
      \(remark.title)

      \(remark.why)

      The way out:
      \(help)
      """
  }

  private func semanticPatch(of rule: Rule, among rules: [Rule]) throws(Diagnostic) -> String {
    if let cocci = rule.cocci { return cocci.hasSuffix("\n") ? cocci : cocci + "\n" }
    throw Diagnostic(
      id: "USAGE012", "\(rule.id) has no Coccinelle rule", at: nil,
      reasons: ["what it is about does not show in C files"],
      help: ["there is one for " + rules.filter { $0.cocci != nil }.map(\.id).joined(separator: ", ")])
  }
}

extension Workspace {
  /// The page of a rule; its example is run.
  /// - Throws: an example that cannot be run.
  func page(of rule: Rule) throws(CommandFailure) -> RulePage {
    do throws(Diagnostics) {
      let port = SourceFile(path: ShippedRules.port.path, text: ShippedRules.port.text)
      return RulePage(rule, example: try rule.example?.run(rule, on: port, catalog: catalog))
    } catch {
      throw CommandFailure(error.all, files: library.files)
    }
  }
}
