import ArgumentParser
import Diagnostics
import Files
import Policy
import Reports
import Workspace

/// `hvocheck rules pages`: the documentation of the rules as Markdown, a page for each.
struct RulesPages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pages",
    abstract: "Write a Markdown page for each rule, and an index.",
    discussion: """
      EXAMPLES
        hvocheck rules pages docs/rules
        hvocheck rules pages docs/rules --check     exit status 1 where a page is not what the rules say
      """)

  @Argument(help: "The folder of the pages.", completion: .directory)
  var folder: String = "./docs/rules"

  @Flag(help: "Write nothing; fail where a page is missing or different.")
  var check = false

  @OptionGroup var rules: RuleInput

  @OptionGroup var configuration: SettingsInput

  func run() throws {
    let workspace = try Workspace(rules.settings(try configuration.configuration()))
    let folder = FileSystem().shortened(folder)
    var pages: [NewFile] = []
    var index = ""
    RuleIndex(workspace.rules).writeMarkdown(into: &index)
    pages.append(NewFile(folder + "/README.md", index))
    for rule in workspace.rules {
      var text = ""
      try workspace.page(of: rule).writeMarkdown(into: &text)
      pages.append(NewFile("\(folder)/\(rule.id).md", text))
    }
    if check {
      try compare(pages)
    } else {
      try pages.first?.makeFolders()
      try FileReplacement.write(pages.map { FileReplacement.File(path: $0.path, text: $0.text) })
      var output = OutputStream.standardOutput
      output.write("wrote \(pages.count) files in \(folder)".printable + "\n")
    }
  }

  private func compare(_ pages: [NewFile]) throws {
    let fileSystem = FileSystem()
    var output = OutputStream.standardOutput
    var stale = 0
    for page in pages {
      let text: String? =
        (try? fileSystem.kind(of: page.path)) == nil ? nil : try fileSystem.read(page.path).text
      guard text != page.text else { continue }
      output.write("\(page.path): \(text == nil ? "missing" : "not what the rules say")".printable + "\n")
      stale += 1
    }
    guard stale > 0 else {
      output.write("\(pages.count) files are what the rules say\n")
      return
    }
    output.write("hvocheck rules pages writes them anew\n")
    throw ExitStatus.findings.code
  }
}
