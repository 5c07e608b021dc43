import Foundation
import TestSupport
import Testing

/// The sessions in README.md are what the tool prints.
struct ReadmeTests {
  @Test func `every session still prints what the README says`() throws {
    let text = try Repository.text("README.md")
    let folder = try TemporaryFolder.withShippedDescriptors()
    var session = Session(folder: folder)
    let actual = try session.rewritten(text)
    #expect(session.commands >= 12)
    guard actual != text else { return }
    if ProcessInfo.processInfo.environment["HVOCHECK_RECORD"] == "1" {
      try actual.write(toFile: Repository.path("README.md"), atomically: true, encoding: .utf8)
      Issue.record("README.md was recorded anew; look at the difference")
      return
    }
    let lines = zip(
      actual.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false))
    let number = Array(lines).firstIndex { $0.0 != $0.1 } ?? 0
    let (got, want) = Array(lines)[number]
    Issue.record("README.md:\(number + 1):\n  got  \(got)\n  want \(want)\nHVOCHECK_RECORD=1 records it anew")
  }

  @Test(arguments: ["README.md", "CONTRIBUTING.md"])
  func `what is named exists`(name: String) throws {
    let text = try Repository.text(name)
    for match in text.matches(of: /\]\(([A-Za-z.\/]+)\)/) {
      #expect(FileManager.default.fileExists(atPath: Repository.path(String(match.1))), "\(match.1)")
    }
    for line in text.split(separator: "\n") { #expect(line.count <= 140, "\(line)") }
  }

  @Test func `the rules of the README are explained by the tool`() throws {
    for match in try Repository.text("README.md").matches(of: /HVO\d\d\d\b/) where !match.0.hasPrefix("HVO9") {
      #expect(try Tool.run(["explain", String(match.0)], in: TemporaryFolder()).status == 0, "\(match.0)")
    }
  }
}

/// Runs the blocks of a Markdown text: `yaml` blocks that begin with a file's name are written, `console` blocks are run.
private struct Session {
  let folder: TemporaryFolder
  private(set) var commands = 0

  init(folder: TemporaryFolder) {
    self.folder = folder
  }

  /// The text with the output that its commands really have.
  mutating func rewritten(_ text: String) throws -> String {
    var result: [String] = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      result.append(line)
      guard line == "```console" || line == "```yaml" else { continue }
      let block = lines.prefix { $0 != "```" }
      lines = lines.dropFirst(block.count)
      if line == "```yaml" {
        if let name = block.first, name.hasPrefix("# ") {
          try folder.write(String(name.dropFirst(2)), block.dropFirst().joined(separator: "\n") + "\n")
        }
        result += block
      } else {
        result += try run(Array(block))
      }
    }
    return result.joined(separator: "\n")
  }

  /// `$ ` begins a command, `> ` continues it; the rest is output.
  private mutating func run(_ block: [String]) throws -> [String] {
    var result: [String] = []
    var command: [String] = []
    for line in block + ["$ "] {
      if line.hasPrefix("> "), !command.isEmpty {
        command.append(line)
      } else if line.hasPrefix("$ ") {
        if !command.isEmpty { result += command + (try output(of: command)) }
        command = line == "$ " ? [] : [line]
      }
    }
    return result
  }

  private mutating func output(of command: [String]) throws -> [String] {
    commands += 1
    let text = command.map { $0.dropFirst(2) }.joined(separator: "\n")
    let run = try Tool.run(executable: "/bin/sh", arguments: ["-c", text], in: folder.path)
    #expect(run.signal == 0)
    let lines = (run.errors + run.output).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Array(lines.last == "" ? lines.dropLast() : lines[...])
  }
}
