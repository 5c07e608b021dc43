import ArgumentParser
import Workspace

/// `hvocheck rules`: what is checked, and whether the rules do what their cases say.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, test them, begin a new one, write their pages.",
    discussion: """
      EXAMPLES
        hvocheck rules list
        hvocheck rules test rules/tests
        hvocheck rules new ACME001 flush-takes-lock --for-each flush --dir my-rules
        hvocheck rules test --rules my-rules
      """,
    subcommands: [RulesList.self, RulesTest.self, RulesNew.self, RulesPages.self])

  func run() throws {
    throw CommandFailure(CommandName.missing(in: Self.configuration))
  }
}
