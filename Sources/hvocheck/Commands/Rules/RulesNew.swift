import ArgumentParser
import Diagnostics
import Files
import Policy
import ShippedRules
import Workspace

extension Rule.Quantifier: ExpressibleByArgument {}

/// `hvocheck rules new`: the beginning of a rule, with cases that fail until it is written.
struct RulesNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write the beginning of a rule of your own, with its cases.",
    discussion: """
      The new rule never fires, so that its failing case fails: 'rules test' is red until the rule is written.

      EXAMPLES
        hvocheck rules new ACME001 flush-takes-lock
        hvocheck rules new ACME002 no-blocks --for-each cell --dir my-rules
      """)

  @Argument(help: "The identity: capital letters and a number, such as ACME001.")
  var id: String

  @Argument(help: "The name in kebab-case, such as flush-takes-lock.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "What it is evaluated for: \(Rule.Quantifier.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "subject"))
  var forEach: Rule.Quantifier = .flush

  @Option(help: ArgumentHelp("The folder of your rules.", valueName: "folder"), completion: .directory)
  var dir: String = "./my-rules"

  func run() throws {
    let skeleton = try RuleSkeleton(id: id, name: name, quantifier: forEach)
    let workspace = try Workspace()
    let fileSystem = FileSystem()
    let folder = fileSystem.shortened(dir)
    let base = NewFile("\(folder)/tests/bases/\(RuleSkeleton.base).yaml", ShippedRules.port.text)
    var files = [
      NewFile("\(folder)/\(id).yaml", skeleton.ruleFile(catalog: workspace.catalog, folder: folder)),
      NewFile("\(folder)/tests/\(id).yaml", skeleton.caseFile),
    ]
    // The port is shared by all cases of the folder.
    if (try? fileSystem.kind(of: base.path)) == nil { files.append(base) }
    try NewFile.create(files)
    var output = OutputStream.standardOutput
    for file in files { output.write("wrote \(file.path)".printable + "\n") }
    output.write("next: hvocheck rules test --rules \(folder)".printable + "\n")
  }
}
