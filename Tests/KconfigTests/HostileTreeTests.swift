import Diagnostics
import Kconfig
import Testing

/// Trees that are made to run commands, to leave the tree, or to exhaust memory, time or the stack.
struct HostileTreeTests {
  private static func read(
    _ files: [String: String], environment: [String: String] = [:], profile: KconfigProfile = .v6_12
  ) throws(KconfigRejection) -> KconfigModel {
    try KconfigModel.read(
      profile: profile, environment: environment, sources: MemorySources(files: files.mapValues { Array($0.utf8) }))
  }

  /// The identity of the error that a tree is refused with.
  private static func refusal(
    _ files: [String: String], environment: [String: String] = [:], profile: KconfigProfile = .v6_12
  ) -> KconfigMessage? {
    do throws(KconfigRejection) {
      _ = try read(files, environment: environment, profile: profile)
      return nil
    } catch {
      return error.messages.last { $0.severity == .error }
    }
  }

  private static func refusal(
    _ text: String, environment: [String: String] = [:], profile: KconfigProfile = .v6_12
  ) -> KconfigMessage? {
    refusal(["Kconfig": text], environment: environment, profile: profile)
  }

  /// Evaluates everything at its default.
  private static func defaults(_ text: String, profile: KconfigProfile = .v6_12) throws -> KconfigEvaluation {
    var evaluation = KconfigEvaluation(try read(["Kconfig": text], profile: profile))
    evaluation.recompute()
    return evaluation
  }

  @Test(arguments: [
    "X := $(shell,touch PWNED)\n", "menu \"$(shell,touch PWNED)\"\nendmenu\n", "config $(shell,touch PWNED)\n",
    "source \"$(shell,touch PWNED)\"\n",
  ])
  func commandsAreNotRun(text: String) throws {
    let refusal = try #require(Self.refusal(text))
    #expect(refusal.id == "KCONFIG126")
    #expect(refusal.place == KconfigPlace(path: "Kconfig", line: 1))
    #expect(refusal.summary.contains("touch PWNED"))
  }

  @Test(arguments: ["X = $(shell,false)\n", "# $(shell,false)\n", "config A\n\tbool\n\thelp\n\t  $(shell,false)\n"])
  func whatIsNotExpandedIsNotAsked(text: String) {
    #expect(Self.refusal(text) == nil)
  }

  @Test(arguments: ["/etc/passwd", "../../etc/passwd", "missing"])
  func filesAreOnlyThoseOfTheSources(path: String) throws {
    let refusal = try #require(Self.refusal("source \"\(path)\"\n"))
    #expect(refusal.id == "KCONFIG130")
    #expect(refusal.place == KconfigPlace(path: "Kconfig", line: 1))
  }

  @Test func sourcesThatRefuseAreQuoted() throws {
    let refusal = try #require(Self.refusal("\nsource \".\"\n"))
    #expect(refusal.id == "FILE002")
    #expect(refusal.place == KconfigPlace(path: "Kconfig", line: 2))
  }

  @Test func inclusionIsBounded() throws {
    var chain: [String: String] = ["Kconfig": "source \"0\"\n"]
    for index in 0..<3_000 { chain["\(index)"] = "source \"\(index + 1)\"\n" }
    #expect(try #require(Self.refusal(chain)).id == "KCONFIG190")
    var fan: [String: String] = ["Kconfig": "source \"0\"\n", "40": ""]
    for index in 0..<40 { fan["\(index)"] = "source \"\(index + 1)\"\nsource \"\(index + 1)\"\n" }
    #expect(try #require(Self.refusal(fan)).id == "KCONFIG190")
    #expect(try #require(Self.refusal(["Kconfig": "source \"a\"\n", "a": "source \"Kconfig\"\n"])).id == "KCONFIG132")
  }

  @Test func macrosAreBounded() throws {
    let doubled = (1...30).map { "x\($0) := $(x\($0 - 1))$(x\($0 - 1))\n" }.joined()
    #expect(try #require(Self.refusal("x0 := 0123456789\n" + doubled)).id == "KCONFIG190")
    let lazy = (1...40).map { "x\($0) = $(x\($0 - 1))$(x\($0 - 1))\n" }.joined()
    #expect(try #require(Self.refusal("x0 = \n" + lazy + "$(info,$(x40))\n")).id == "KCONFIG190")
    #expect(try #require(Self.refusal("f = $(f,$(1)$(1))\n$(info,$(f,x))\n")).id == "KCONFIG190")
    #expect(try #require(Self.refusal("f = $(f,$(1))\n$(info,$(f,x))\n")).id == "KCONFIG122")
    let nested = String(repeating: "$(", count: 100_000) + "x" + String(repeating: ")", count: 100_000)
    #expect(try #require(Self.refusal("$(info,\(nested))\n")).id == "KCONFIG190")
    let unended = String(repeating: "$(", count: 100_000)
    #expect(try #require(Self.refusal("$(info,\(unended)\n")).id == "KCONFIG120")
  }

  @Test(arguments: [KconfigProfile.v6_1, .v6_12])
  func longExpressionsAreEvaluated(profile: KconfigProfile) throws {
    let and = (0..<200_000).map { "A\($0)" }.joined(separator: " && ")
    let values = try Self.defaults("config X\n\tbool\n\tdefault y if \(and)\n\tdefault y\n", profile: profile)
    #expect(values.value(of: try #require(values.model.number(of: "X"))) == .tristate(.y))
    let or = (0..<2_000).map { "A\($0)" }.joined(separator: " || ")
    #expect(Self.refusal("config X\n\tbool \"x\"\n\tdepends on \(or)\n", profile: profile) == nil)
    let same = Array(repeating: "A", count: 200_000).joined(separator: " && ")
    #expect(Self.refusal("config X\n\tbool \"x\"\n\tdepends on \(same)\n", profile: profile) == nil)
  }

  @Test func nestingIsBounded() throws {
    let parentheses = String(repeating: "(", count: 100_000) + "A" + String(repeating: ")", count: 100_000)
    #expect(try #require(Self.refusal("config X\n\tbool\n\tdepends on \(parentheses)\n")).id == "KCONFIG190")
    let nots = String(repeating: "!", count: 100_000)
    #expect(try #require(Self.refusal("config X\n\tbool\n\tdepends on \(nots)A\n")).id == "KCONFIG190")
    let ifs = (0..<5_000).map { "if A\($0)\n" }.joined() + String(repeating: "endif\n", count: 5_000)
    #expect(try #require(Self.refusal(ifs)).id == "KCONFIG190")
    let fewer = (0..<900).map { "if A\($0)\nconfig B\($0)\n\tbool \"b\"\n" }.joined()
    #expect(Self.refusal(fewer + String(repeating: "endif\n", count: 900)) == nil)
  }

  @Test(arguments: [KconfigProfile.v6_1, .v6_12])
  func longChainsOfSymbolsAreEvaluated(profile: KconfigProfile) throws {
    let count = 50_000
    let selects = (0..<count).map { "config S\($0)\n\tbool\n\tselect S\($0 + 1)\n" }.joined()
    let values = try Self.defaults("config TOP\n\tdef_bool y\n\tselect S0\n" + selects, profile: profile)
    #expect(values.value(of: try #require(values.model.number(of: "S\(count - 1)"))) == .tristate(.y))
    let depends = (1..<count).map { "config D\($0)\n\tbool \"d\"\n\tdefault y\n\tdepends on D\($0 - 1)\n" }.joined()
    let submenus = try Self.defaults("config D0\n\tbool \"d\"\n\tdefault y\n" + depends, profile: profile)
    #expect(submenus.value(of: try #require(submenus.model.number(of: "D\(count - 1)"))) == .tristate(.y))
  }

  @Test(arguments: [KconfigProfile.v6_1, .v6_12])
  func loopsOfSymbolsAreNamed(profile: KconfigProfile) throws {
    let count = 50_000
    let loop = (0..<count).map { "config S\($0)\n\tbool \"s\"\n\tdepends on S\(($0 + 1) % count)\n" }.joined()
    let refusal = try #require(Self.refusal(loop, profile: profile))
    #expect(refusal.id == "KCONFIG150")
    let small = try #require(
      Self.refusal("config A\n\tbool \"a\"\n\tdepends on B\nconfig B\n\tbool \"b\"\n\tdepends on A\n", profile: profile)
    )
    #expect(small.reasons.joined().contains("A -> B") || small.reasons.joined().contains("B -> A"))
  }

  @Test func longTextsAreRead() throws {
    let text = String(repeating: "x", count: 5_000_000)
    let values = try Self.defaults("config S\n\tstring\n\tdefault \"\(text)\"\n")
    #expect(values.configuration().count > 5_000_000)
  }

  @Test func textFromOutsideCannotAddLines() throws {
    let menu = "menu \"$(TITLE)\"\nconfig A\n\tbool \"a\"\nendmenu\n"
    let refusal = try #require(Self.refusal(menu, environment: ["TITLE": "x\nCONFIG_INJECTED=y"]))
    #expect(refusal.id == "KCONFIG191")
    #expect(try #require(Self.refusal(menu, environment: ["TITLE": "\u{1B}[31m"])).id == "KCONFIG191")
    #expect(Self.refusal(menu, environment: ["TITLE": "plain"]) == nil)
  }

  @Test func bytesOfAnyKindAreNoCrash() {
    var generator = SeededGenerator(seed: 4)
    let words = [
      "config", "menu", "endmenu", "if", "endif", "choice", "endchoice", "A", "B", "\"x\"", "bool", "tristate", "int",
      "default", "depends on", "select", "range", "help", "source", "\n", "\n", "\n\t", " ", "$(", ")", "=", ":=", "&&",
      "||", "!", "(", "\\", "'", "#", "y", "m", "visible if", "prompt", "modules", "comment", "0x1", "-5", "\u{7F}",
    ]
    for _ in 0..<2_000 {
      let text = (0..<40).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
      for profile in [KconfigProfile.v6_1, .v6_12] {
        if let model = try? Self.read(["Kconfig": text + "\n"], profile: profile) {
          var evaluation = KconfigEvaluation(model)
          _ = evaluation.read(Array("CONFIG_A=y\nCONFIG_B=\"x\"\n".utf8))
          _ = evaluation.configuration()
        }
      }
    }
  }
}
