import Kconfig
import Testing

/// Each change of the language: a tree that the kernel before it and the one with it take differently.
struct KconfigLanguageTests {
  struct Example: Sendable {
    let change: KconfigLanguageChange
    let since: (Int, Int)
    var files: [String: String] = [:]
    var configuration: String?
    var environment: [String: String] = [:]
    /// A part of what comes out: the status, the configuration, then what is said.
    let before: String
    let after: String

    init(
      _ change: KconfigLanguageChange, _ version: Int, _ patchLevel: Int, _ text: String,
      _ configuration: String? = nil,
      also files: [String: String] = [:], environment: [String: String] = [:], before: String, after: String
    ) {
      self.change = change
      since = (version, patchLevel)
      self.files = files.merging(["Kconfig": text]) { $1 }
      self.configuration = configuration
      self.environment = environment
      self.before = before
      self.after = after
    }
  }

  private static let range = "config A\n\tint \"a\"\n\trange 10 20\n\tdefault 12\n"
  private static let choice = "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\nendchoice\n"
  private static let loop = """
    config ZA
    \tbool "a"
    \tdepends on ZB
    config ZB
    \tbool "b"
    \tdepends on ZA

    """

  static let examples: [Example] = [
    Example(.outOfRangeIsKept, 6, 8, range, "CONFIG_A=30\n", before: "CONFIG_A=12\n", after: "CONFIG_A=20\n"),
    Example(.numbersBeginAtZero, 6, 8, "config A\n\thex \"a\"\n", before: "CONFIG_A=\n", after: "CONFIG_A=0x0\n"),
    Example(
      .exactConfigurationLines, 6, 8, "config A\n\tbool \"a\"\n\tdefault y\n", "# CONFIG_A is not set, is it\n",
      before: "# CONFIG_A is not set\n", after: "CONFIG_A=y\n"),
    Example(
      .statementLines, 6, 9, "config A\n\tbool \"a\"\n\tfoo\n", before: "Kconfig:4: syntax error",
      after: "Kconfig:3: syntax error"),
    Example(
      .choicesNeedPrompts, 6, 9, "choice\nconfig A\n\tbool \"a\"\nendchoice\n",
      before: "Kconfig:1:warning: choice must have a prompt", after: "Kconfig:1: error: choice must have a prompt"),
    Example(
      .noNamedChoices, 6, 9, "choice NAMED\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nendchoice\n", before: "status 0",
      after: "status 1"),
    Example(
      .membersHaveOwnTypes, 6, 9, "choice\n\tbool \"c\"\nconfig A\n\tprompt \"a\"\nendchoice\n", before: "CONFIG_A=y\n",
      after: "Kconfig:3:warning: config symbol defined without type"),
    Example(
      .noOptionalChoices, 6, 10, "choice\n\tprompt \"c\"\n\toptional\nconfig A\n\tbool \"a\"\nendchoice\n",
      before: "status 0", after: "status 1"),
    Example(
      .membersNeedPrompts, 6, 10, "choice\n\tprompt \"c\"\nconfig A\n\tbool\nendchoice\n",
      before: "Kconfig:3:warning: choice value must have a prompt",
      after: "Kconfig:3: error: choice member must have a prompt"),
    Example(
      .memberPropertiesAreErrors, 6, 10, "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\n\tdefault y\nendchoice\n",
      before: "Kconfig:5:warning: defaults for choice values not supported",
      after: "Kconfig:5: error: defaults for choice values not supported"),
    Example(
      .memberPriority, 6, 11, choice, "# CONFIG_A is not set\n", before: "CONFIG_A=y\n", after: "CONFIG_B=y\n"),
    Example(
      .loopsWithoutPlaces, 6, 11, loop, before: "Kconfig:1:error: recursive dependency detected!",
      after: "said: error: recursive dependency detected!"),
    Example(
      .noBoolChoices, 6, 13, "choice\n\tbool \"c\"\nconfig A\n\tbool \"a\"\nendchoice\n", before: "status 0",
      after: "status 1"),
    Example(
      .parseWarningsAreErrors, 6, 13, "menuconfig A\n\tbool\n",
      before: ": warning: menuconfig statement without prompt", after: "status 1"),
    Example(
      .transitionalSymbols, 6, 18, "config A\n\tbool \"a\"\n\tdefault OLD\nconfig OLD\n\tbool\n\ttransitional\n",
      "CONFIG_OLD=y\n", before: "unknown statement \"transitional\"", after: "CONFIG_A=y\n"),
    Example(
      .conditionalDependencies, 7, 0, "config B\n\tbool \"b\"\nconfig A\n\tbool \"a\"\n\tdepends on UNSET if B\n",
      "CONFIG_A=y\n", before: "status 1", after: "status 0"),
    Example(
      .noRepeatedInclusion, 7, 1, "source \"a\"\nsource \"a\"\n", also: ["a": ""], before: "status 0",
      after: "Kconfig:2: error: repeated inclusion of a\nKconfig:1: note: location of first inclusion of a\n"),
    Example(
      .oneEntryPerMember, 7, 1,
      "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nconfig A\n\tbool \"again\"\nendchoice\n", before: "status 0",
      after: "error: choice value must not have a prompt in another entry"),
    Example(
      .changedInputWarning, 7, 2, range, "CONFIG_A=30\n", environment: ["KCONFIG_WARN_CHANGED_INPUT": "1"],
      before: "said: \n", after: "warning: user-provided values changed by Kconfig:\n  CONFIG_A: 30 -> 20\n"),
  ]

  private static func outcome(_ example: Example, _ version: (Int, Int)) -> String {
    let item = MicroCaseTests.Case(
      name: "\(example.change)", files: example.files, mode: "olddefconfig", config: example.configuration,
      env: example.environment, results: [:])
    let outcome = MicroCaseTests.run(item, language: KconfigLanguage(version: version.0, patchLevel: version.1))
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    return "status \(outcome.status)\n\(text(outcome.file ?? []))\nsaid: \(text(outcome.errors))\n"
  }

  @Test(arguments: examples.indices)
  func changesTakeEffectWithTheirRelease(number: Int) {
    let example = Self.examples[number]
    let (version, patchLevel) = example.since
    // The last release of a series has the same language as all of them.
    let earlier = patchLevel > 0 ? (version, patchLevel - 1) : (version - 1, 99)
    let (before, after) = (Self.outcome(example, earlier), Self.outcome(example, example.since))
    #expect(before.contains(example.before), "\(example.change): \(before)")
    #expect(after.contains(example.after), "\(example.change): \(after)")
    #expect(!before.contains(example.after), "\(example.change)")
  }

  @Test func everyChangeHasARelease() {
    func changes(_ version: Int, _ patchLevel: Int) -> [KconfigLanguageChange] {
      KconfigLanguageChange.allCases.filter { KconfigLanguage(version: version, patchLevel: patchLevel).has($0) }
    }
    #expect(changes(6, 7).isEmpty)
    #expect(changes(5, 15) == changes(6, 1))
    #expect(changes(99, 0) == KconfigLanguageChange.allCases)
    #expect(KconfigLanguage(version: 6, patchLevel: 12) == .v6_12)
    #expect(KconfigLanguage(version: 6, patchLevel: 17) == KconfigLanguage(version: 6, patchLevel: 13))
    #expect(KconfigLanguage(version: -1, patchLevel: .max) == .v6_1)
  }
}
