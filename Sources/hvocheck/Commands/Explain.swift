import ArgumentParser
import Diagnostics
import Kconfig
import Policy

/// `hvocheck explain`: what a rule is about.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule: why it matters, the way out, references.",
    discussion: "EXAMPLE\n  hvocheck explain HVO001")

  @Argument(help: "The rule: HVO001, or its name.")
  var rule: String

  func run() throws {
    let rule = try Workspace().rule(rule)
    var output = OutputStream.standardOutput
    output.write("\(rule.id) \(rule.name) (\(rule.severity.rawValue), \(rule.axis.rawValue))\n\(rule.title)\n\n")
    output.write(rule.why.hasSuffix("\n") ? rule.why : rule.why + "\n")
    output.write("\nChecked for each: \(rule.quantifier.rawValue)\n")
    if let condition = rule.condition { output.write("When:    \(condition)\n") }
    switch rule.demand {
    case .forbid(let expression): output.write("Forbids: \(expression)\n")
    case .require(let expression): output.write("Requires: \(expression)\n")
    }
    output.write("\nThe way out:\n")
    for line in rule.help { output.write(line.isEmpty ? "\n" : "  \(line)\n") }
    if !rule.references.isEmpty {
      output.write("\nReferences:\n")
      for reference in rule.references { output.write("  \(reference)\n") }
    }
  }
}
