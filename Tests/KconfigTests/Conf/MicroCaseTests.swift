import Kconfig
import TestSupport
import Testing

/// Small trees of one language point each, and what both versions of `conf` did with them.
struct MicroCaseTests {
  struct Case: Decodable, Sendable {
    struct Result: Decodable, Sendable {
      var rc: Int
      var stdout: String
      var stderr: String
      var config: String?
    }

    var name: String
    var files: [String: String]
    var mode: String
    var config: String?
    var env: [String: String]
    var stdin: String?
    var results: [String: Result]
  }

  /// What a run did.
  struct Outcome {
    var status = 0
    var output: [UInt8] = []
    var errors: [UInt8] = []
    var file: [UInt8]?
  }

  @Test(arguments: ["6.1", "6.12"])
  func everyCase(version: String) throws {
    let cases: [Case] = try Repository.lines(of: "Tests/KconfigTests/Fixtures/micro-cases.jsonl")
    #expect(cases.count == 221)
    var equal = 0
    for (number, item) in cases.enumerated() {
      let expected = try #require(item.results[version])
      let outcome = Self.run(item, language: version == "6.1" ? .v6_1 : .v6_12)
      let what = "\(version) \(item.name) \(item.mode) (line \(number + 1))"
      // v6.12 reads the wrong memory there: `A != y` of a bool is always given. Here it means what it says.
      if version == "6.12", item.name == "bool-ne-y" {
        #expect(outcome.status == 0, "\(what)")
        continue
      }
      let mistakes = Self.differences(outcome, expected)
      #expect(mistakes.isEmpty, "\(what): \(mistakes.joined(separator: "\n"))")
      if mistakes.isEmpty { equal += 1 }
    }
    print("micro cases of \(version): \(equal) of \(cases.count) equal")
  }

  /// Cases about what came after v6.12. Their results are those of a `conf` of v6.12 with the published patches of
  /// `KconfigLanguageChange` up to v7.2.
  @Test func everyLaterCase() throws {
    let cases: [Case] = try Repository.lines(of: "Tests/KconfigTests/Fixtures/later-cases.jsonl")
    #expect(cases.count > 100)
    for item in cases {
      let outcome = Self.run(item, language: KconfigLanguage(version: 7, patchLevel: 2))
      let mistakes = Self.differences(outcome, try #require(item.results["7.2"]))
      #expect(mistakes.isEmpty, "\(item.name) \(item.mode): \(mistakes.joined(separator: "\n"))")
    }
  }

  private static func differences(_ outcome: Outcome, _ expected: Case.Result) -> [String] {
    var mistakes: [String] = []
    func compare(_ what: String, _ got: [UInt8], _ wanted: String) {
      if got == bytes(wanted) { return }
      mistakes.append("\(what):\n\(String(decoding: got, as: UTF8.self))instead of\n\(wanted)")
    }
    if outcome.status != expected.rc { mistakes.append("status \(outcome.status), not \(expected.rc)") }
    if let config = expected.config { compare("configuration", outcome.file ?? [], config) }
    if expected.rc == 2 { return mistakes }
    compare("output", outcome.output, expected.stdout)
    compare("messages", outcome.errors, expected.stderr)
    return mistakes
  }

  /// A byte that is no UTF-8 stands as U+DC80 and above, or as a Latin letter.
  static func bytes(_ text: String) -> [UInt8] {
    Array(text.utf8)
  }

  static func run(_ item: Case, language: KconfigLanguage) -> Outcome {
    let files = item.files.mapValues(bytes)
    let terminal = KconfigTranscript(input: bytes(item.stdin ?? ""))
    var outcome = Outcome(file: item.config.map(bytes))
    KconfigRun.announce(mode(item.mode), environment: item.env, on: terminal)
    do throws(KconfigRejection) {
      let model = try KconfigModel.read(
        language: language, environment: item.env, sources: MemorySources(files: files), probes: probes)
      var configurations = files
      if let config = item.config { configurations[".config"] = bytes(config) }
      var run = KconfigRun(
        model, environment: item.env, files: MemorySources(files: configurations), terminal: terminal)
      if let file = try run.perform(mode(item.mode), existing: outcome.file) { outcome.file = file.bytes }
    } catch {
      outcome.status = error.status
      for message in error.messages { terminal.write(message.text, on: message.stream) }
    }
    outcome.output = terminal.output
    outcome.errors = terminal.errors
    return outcome
  }

  static func mode(_ text: String) -> KconfigMode {
    if text.hasPrefix("defconfig=") { return .defconfig(String(text.dropFirst(10))) }
    let modes: [String: KconfigMode] = [
      "oldaskconfig": .oldaskconfig, "oldconfig": .oldconfig, "syncconfig": .syncconfig,
      "allnoconfig": .allnoconfig, "allyesconfig": .allyesconfig, "allmodconfig": .allmodconfig,
      "alldefconfig": .alldefconfig, "randconfig": .randconfig, "savedefconfig": .savedefconfig("defconfig"),
      "listnewconfig": .listnewconfig, "helpnewconfig": .helpnewconfig, "yes2modconfig": .yes2modconfig,
      "mod2yesconfig": .mod2yesconfig, "mod2noconfig": .mod2noconfig,
    ]
    return modes[text] ?? .olddefconfig
  }

  /// What the commands in the cases print.
  private static let probes = ProbeTable(
    Dictionary(
      uniqueKeysWithValues: [
        ("echo hi", "hi\n"), ("printf \"a\\nb\\n\\n\"", "a\nb\n\n"), ("false", ""),
        ("head -c 5000 /dev/zero | tr \"\\\\0\" \"a\"", String(repeating: "a", count: 5000)),
        ("{ true; } >/dev/null 2>&1 && echo \"y\" || echo \"n\"", "y\n"),
        ("{ false; } >/dev/null 2>&1 && echo \"y\" || echo \"n\"", "n\n"),
        ("{ false; } >/dev/null 2>&1 && echo \"n\" || echo \"y\"", "y\n"),
      ].map { (Array($0.utf8), Array($1.utf8)) }))
}
