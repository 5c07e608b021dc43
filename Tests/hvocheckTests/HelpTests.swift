import Testing

/// What the tool says about itself.
struct HelpTests {
  static let commands = [
    "check", "sim", "init", "explain", "show", "rules", "rules list", "rules test", "rules new", "rules pages",
    "schema",
  ]

  @Test(arguments: ["--help", "-h", "help"])
  func `the root help names every command, examples and exit codes`(argument: String) throws {
    let result = try Tool.run([argument], in: TemporaryFolder())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.contains("EXAMPLES\n  hvocheck check"))
    #expect(result.output.contains("EXIT STATUS\n  0  "))
    for command in ["check", "sim", "init", "explain", "show", "rules", "schema"] {
      #expect(result.output.contains("\n  \(command) "), "\(command)")
    }
  }

  @Test(arguments: commands)
  func `the help of each command has an example`(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let result = try Tool.run(words + ["--help"], in: TemporaryFolder())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.contains("EXAMPLE"))
    #expect(result.output.contains("  hvocheck " + words[0]))
    #expect(try Tool.run(["help"] + words, in: TemporaryFolder()).output == result.output)
  }

  @Test func `the version is a number and nothing else`() throws {
    let result = try Tool.run(["--version"], in: TemporaryFolder())
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test func `every rule is listed and explained`() throws {
    let folder = try TemporaryFolder()
    let list = try Tool.run(["rules", "list"], in: folder)
    #expect(list.status == 0)
    let lines = list.output.split(separator: "\n")
    #expect(lines.count >= 13)
    for line in lines {
      let id = String(line.prefix(6))
      #expect(id.wholeMatch(of: /HVO\d\d\d/) != nil, "\(line)")
      let explained = try Tool.run(["explain", id], in: folder)
      #expect(explained.status == 0)
      #expect(explained.output.hasPrefix(id + " "))
      #expect(explained.output.contains("\nThe way out:\n  "))
      let name = explained.output.split(separator: " ")[1]
      #expect(try Tool.run(["explain", String(name)], in: folder).output == explained.output)
    }
  }
}
