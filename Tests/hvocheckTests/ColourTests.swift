import Foundation
import Testing

/// `--color` beats NO_COLOR beats CLICOLOR_FORCE and FORCE_COLOR beats the terminal.
struct ColourTests {
  struct Choice: CustomTestStringConvertible, Sendable {
    var option: String?
    var environment: [String: String]
    var isColoured: Bool
    var testDescription: String { "\(option ?? "-") \(environment.sorted { $0.key < $1.key }) -> \(isColoured)" }

    init(_ option: String?, _ environment: [String: String], _ isColoured: Bool) {
      self.option = option
      self.environment = environment
      self.isColoured = isColoured
    }
  }

  static let withoutTerminal = [
    Choice(nil, [:], false),
    Choice("auto", [:], false),
    Choice("always", [:], true),
    Choice("never", ["CLICOLOR_FORCE": "1"], false),
    Choice("always", ["NO_COLOR": "1"], true),
    Choice(nil, ["CLICOLOR_FORCE": "1"], true),
    Choice(nil, ["FORCE_COLOR": "1"], true),
    Choice(nil, ["FORCE_COLOR": "3"], true),
    Choice(nil, ["CLICOLOR_FORCE": "0"], false),
    Choice(nil, ["CLICOLOR_FORCE": ""], false),
    Choice(nil, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], false),
    Choice(nil, ["NO_COLOR": "", "CLICOLOR_FORCE": "1"], true),
    Choice("auto", ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
  ]

  @Test(arguments: withoutTerminal)
  func `the report`(choice: Choice) throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    let words = ["check", "port.yaml"] + (choice.option.map { ["--color", $0] } ?? [])
    let result = try Tool.run(words, in: folder, environment: choice.environment)
    #expect(result.status == 1)
    #expect(result.output.contains("\u{1B}[") == choice.isColoured)
  }

  @Test(arguments: withoutTerminal)
  func `messages on standard error`(choice: Choice) throws {
    let words = ["check", "nowhere"] + (choice.option.map { ["--color", $0] } ?? [])
    let result = try Tool.run(words, in: TemporaryFolder(), environment: choice.environment)
    #expect(result.status == 2)
    #expect(result.errors.contains("\u{1B}[") == choice.isColoured)
  }

  static let onTerminal = [
    Choice(nil, ["TERM": "xterm"], true),
    Choice(nil, ["TERM": "dumb"], false),
    Choice(nil, ["TERM": "xterm", "NO_COLOR": "1"], false),
    Choice(nil, ["TERM": "dumb", "CLICOLOR_FORCE": "1"], true),
    Choice("never", ["TERM": "xterm"], false),
  ]

  /// `script` of util-linux gives a command a terminal.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "no /usr/bin/script"),
    arguments: onTerminal)
  func `on a terminal`(choice: Choice) throws {
    let folder = try TemporaryFolder()
    try folder.write("port.yaml", Ports.toy(selects: [Ports.optIn]))
    let option = choice.option.map { " --color " + $0 } ?? ""
    let result = try Tool.run(
      executable: "/usr/bin/script", arguments: ["-qec", "hvocheck check port.yaml" + option, "/dev/null"],
      in: folder.path, environment: choice.environment)
    #expect(result.status == 1)
    #expect(result.output.contains("[HVO001]"))
    #expect(result.output.contains("\u{1B}[") == choice.isColoured)
  }

  @Test func `a pipe never sees a line of progress`() throws {
    let folder = try TemporaryFolder.withShippedDescriptors()
    #expect(try !Tool.run(["check"], in: folder).errors.contains("\r"))
  }
}
