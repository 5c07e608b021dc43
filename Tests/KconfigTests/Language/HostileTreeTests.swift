import Diagnostics
import Kconfig
import TestSupport
import Testing

/// Trees that are made to run commands, to leave the tree, or to exhaust memory, time or the stack.
struct HostileTreeTests {
  private static func read(
    _ files: [String: String], environment: [String: String] = [:], language: KconfigLanguage = .v6_12
  ) throws(KconfigRejection) -> KconfigModel {
    try KconfigModel.read(
      language: language, environment: environment, sources: MemorySources(files: files.mapValues { Array($0.utf8) }))
  }

  /// The identity of the error that a tree is refused with.
  private static func refusal(
    _ files: [String: String], environment: [String: String] = [:], language: KconfigLanguage = .v6_12
  ) -> KconfigMessage? {
    do throws(KconfigRejection) {
      _ = try read(files, environment: environment, language: language)
      return nil
    } catch {
      return error.messages.last { $0.severity == .error }
    }
  }

  private static func refusal(
    _ text: String, environment: [String: String] = [:], language: KconfigLanguage = .v6_12
  ) -> KconfigMessage? {
    refusal(["Kconfig": text], environment: environment, language: language)
  }

  /// Evaluates everything at its default.
  private static func defaults(_ text: String, language: KconfigLanguage = .v6_12) throws -> KconfigEvaluation {
    var evaluation = KconfigEvaluation(try read(["Kconfig": text], language: language))
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

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func longExpressionsAreEvaluated(language: KconfigLanguage) throws {
    let and = (0..<200_000).map { "A\($0)" }.joined(separator: " && ")
    let values = try Self.defaults("config X\n\tbool\n\tdefault y if \(and)\n\tdefault y\n", language: language)
    #expect(values.value(of: try #require(values.model.symbolID(named: "X"))) == .tristate(.y))
    let or = (0..<2_000).map { "A\($0)" }.joined(separator: " || ")
    #expect(Self.refusal("config X\n\tbool \"x\"\n\tdepends on \(or)\n", language: language) == nil)
    let same = Array(repeating: "A", count: 200_000).joined(separator: " && ")
    #expect(Self.refusal("config X\n\tbool \"x\"\n\tdepends on \(same)\n", language: language) == nil)
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

  /// What recurses on expressions relies on it: nothing but parentheses makes them deep.
  @Test(arguments: [KconfigLanguage.v6_1, .v6_12, KconfigLanguage(version: 7, patchLevel: 2)])
  func expressionsStayShallow(language: KconfigLanguage) throws {
    let deep = (0..<190).map { "A\($0) || B\($0) && (" }.joined() + "C" + String(repeating: ")", count: 190)
    let conditional = language == .v6_1 || language == .v6_12 ? "" : "\tdepends on D if \(deep)\n"
    let entries = (0..<20).map {
      """
      if E\($0) || F
      menu "m"
      \tdepends on G && !(H || I\($0))
      config X\($0)
      \tbool "x" if \(deep)
      \tdepends on \(deep)
      \(conditional)\tselect X\($0 + 1) if \(deep)
      \timply X\($0 + 1)
      \tdefault y if \(deep)

      """
    }
    let text = entries.joined() + String(repeating: "endmenu\nendif\n", count: 20)
    let model = try Self.read(["Kconfig": text], language: language)
    var depths: [ExpressionID: Int] = [:]
    for expression in model.expressionIDs {
      let inner: [ExpressionID] =
        switch model.node(expression) {
        case .all(let operands), .any(let operands): operands
        case .not(let operand): [operand]
        default: []
        }
      depths[expression] = 1 + (inner.map { depths[$0, default: 0] }.max() ?? 0)
    }
    let deepest = depths.values.max() ?? 0
    #expect(deepest > 300)
    #expect(deepest <= KconfigExpression.deepestNesting * 2 + 10)
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func longChainsOfSymbolsAreEvaluated(language: KconfigLanguage) throws {
    let count = 50_000
    let selects = (0..<count).map { "config S\($0)\n\tbool\n\tselect S\($0 + 1)\n" }.joined()
    let values = try Self.defaults("config TOP\n\tdef_bool y\n\tselect S0\n" + selects, language: language)
    #expect(values.value(of: try #require(values.model.symbolID(named: "S\(count - 1)"))) == .tristate(.y))
    let depends = (1..<count).map { "config D\($0)\n\tbool \"d\"\n\tdefault y\n\tdepends on D\($0 - 1)\n" }.joined()
    let submenus = try Self.defaults("config D0\n\tbool \"d\"\n\tdefault y\n" + depends, language: language)
    #expect(submenus.value(of: try #require(submenus.model.symbolID(named: "D\(count - 1)"))) == .tristate(.y))
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func loopsOfSymbolsAreNamed(language: KconfigLanguage) throws {
    let count = 50_000
    let loop = (0..<count).map { "config S\($0)\n\tbool \"s\"\n\tdepends on S\(($0 + 1) % count)\n" }.joined()
    let refusal = try #require(Self.refusal(loop, language: language))
    #expect(refusal.id == "KCONFIG150")
    let small = try #require(
      Self.refusal(
        "config A\n\tbool \"a\"\n\tdepends on B\nconfig B\n\tbool \"b\"\n\tdepends on A\n", language: language)
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

  @Test func answersOfProbesCannotAddLinesOrSteerTerminals() throws {
    func outcome(_ output: String) throws -> [UInt8] {
      var probes = ProbeTable()
      probes.record(Array(output.utf8), of: Array("ask".utf8))
      let model = try KconfigModel.read(
        language: .v6_12,
        sources: MemorySources(files: [
          "Kconfig": Array("menu \"$(shell,ask)\"\nconfig A\n\tbool \"a\"\nendmenu\n".utf8)
        ]), probes: probes)
      var evaluation = KconfigEvaluation(model)
      evaluation.recompute()
      return evaluation.configuration()
    }
    let text = String(decoding: try outcome("x\nCONFIG_INJECTED=y\n"), as: UTF8.self)
    #expect(text.contains("# x CONFIG_INJECTED=y\n"))
    #expect(!text.split(separator: "\n").contains("CONFIG_INJECTED=y"))
    for hostile in ["\u{1B}]0;title\u{07}", "a\rb", "\u{7F}"] {
      #expect(throws: KconfigRejection.self) { try outcome(hostile) }
    }
  }

  @Test func messagesDoNotSteerTerminals() throws {
    let text = "config A\n\tbool \"\u{1B}[31m\u{202E}a\" \u{1B}]0;x\u{07} \u{85}foo\n"
    do throws(KconfigRejection) {
      _ = try Self.read(["Kconfig": text, "x\u{1B}": ""])
      Issue.record("it is read")
    } catch {
      var rendered = ""
      for problem in error.problems {
        DiagnosticRenderer(lines: problem.lines).render(problem.diagnostic, into: &rendered)
      }
      #expect(!rendered.unicodeScalars.contains { $0.steersTerminals && $0 != "\n" })
      #expect(rendered.contains("Kconfig:2:"))
    }
  }

  @Test func nulBytesAreRefused() throws {
    let refusal = try #require(Self.refusal("config A\n\tbool\n\0\n"))
    #expect(refusal.id == "KCONFIG131")
    #expect(refusal.place?.line == 3)
  }

  @Test func bytesThatAreNoTextAreKept() throws {
    let bytes =
      Array("menu \"caf".utf8) + [0xE9, 0xFF] + Array("\"\nconfig S\n\tstring \"s\"\n\tdefault \"".utf8) + [0xFE]
    let files = ["Kconfig": bytes + Array("\"\nendmenu\n".utf8)]
    var evaluation = KconfigEvaluation(
      try KconfigModel.read(language: .v6_12, sources: MemorySources(files: files)))
    evaluation.recompute()
    let configuration = evaluation.configuration()
    #expect(configuration.contains(0xE9))
    #expect(configuration.contains(0xFE))
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func hugeNumbersSaturate(language: KconfigLanguage) throws {
    let huge = String(repeating: "9", count: 100_000)
    let values = try Self.defaults(
      "config A\n\tint\n\trange -\(huge) \(huge)\n\tdefault \(huge)\nconfig B\n\thex\n\trange 0x\(huge) 5\n\tdefault 0xF\n"
        + "config C\n\tdef_bool y if A > B\n", language: language)
    #expect(values.configuration().count > 100_000)
  }

  private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined()
  }

  private static func list(_ count: Int, _ separator: String, _ term: (Int) -> String) -> String {
    (0..<count).map(term).joined(separator: separator)
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func choicesWithoutMembersAreLeft(language: KconfigLanguage) throws {
    let text = """
      config Q
      \tprompt "no type"
      choice
      \tprompt "c"
      if n
      config R
      \tbool "r"
      endif
      comment "c"
      endchoice
      config P
      \tbool "p"

      """
    let terminal = KconfigTranscript(input: Array("y\n".utf8))
    var run = KconfigRun(
      try Self.read(["Kconfig": text], language: language), environment: [:], files: MemorySources(files: [:]),
      terminal: terminal)
    let file = try #require(try run.perform(.oldconfig))
    #expect(String(decoding: file.bytes, as: UTF8.self).contains("CONFIG_P=y\n"))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("no type"))
  }

  /// Each limit, with a tree that reaches it.
  private static let excesses: [(name: String, text: String)] = {
    var all: [(name: String, text: String)] = []
    all.append(("files", "source \"a\"\n"))
    all.append(("bytes", "# " + String(repeating: "x", count: 5_000) + "\n"))
    all.append(("entries", lines(200) { _ in "config A\n" }))
    all.append(("properties", "config A\n\tbool\n" + lines(200) { _ in "\tdefault y\n" }))
    all.append(("symbols", "config A\n\tdepends on " + list(200, "||") { "A\($0)" } + "\nconfig B\n"))
    all.append(("variables", lines(200) { "x\($0) :=\n" }))
    all.append(("messages", lines(200) { _ in "@\n" }))
    all.append(("blocks", lines(200) { _ in "if A\n" }))
    all.append(("expression", "config A\n\tdepends on " + String(repeating: "(", count: 150)))
    all.append(("expansions", String(repeating: "$(x)", count: 200)))
    all.append(("expanded", "x := 0123456789\n" + lines(100) { _ in "$(info,$(x)$(x)$(x)$(x))\n" }))
    all.append(("operands", "config A\n\tbool\n" + lines(200) { "\tdepends on A\($0)\n" }))
    let comparisons = list(200, "||") { "B = \"\($0)\"" }
    all.append(("steps", "config B\n\tbool\nconfig A\n\tbool\n\tdepends on \(comparisons)\n"))
    return all
  }()

  @Test(arguments: excesses.indices)
  func limitsHold(number: Int) throws {
    let (name, text) = Self.excesses[number]
    var limits = KconfigLimits()
    switch name {
    case "files": limits.files = 1
    case "bytes": limits.bytes = 4_000
    case "entries": limits.entries = 100
    case "properties": limits.properties = 100
    case "symbols": limits.symbols = 100
    case "variables": limits.variables = 100
    case "messages": limits.messages = 100
    case "blocks": limits.blockDepth = 100
    case "expression": limits.expressionDepth = 100
    case "expansions": limits.expansions = 100
    case "expanded": limits.expandedBytes = 1_000
    case "operands": limits.operands = 5_000
    default: limits.steps = 5_000
    }
    func refusal(_ limits: KconfigLimits) -> KconfigRejection? {
      do throws(KconfigRejection) {
        _ = try KconfigModel.read(
          language: .v6_12,
          sources: MemorySources(files: ["Kconfig": Array((text + "config Z\n").utf8), "a": Array("\n".utf8)]),
          limits: limits)
        return nil
      } catch {
        return error
      }
    }
    let limited = try #require(refusal(limits), "\(name)")
    #expect(limited.messages.last?.id == "KCONFIG190", "\(name)")
    #expect(limited.status == 2)
    #expect(refusal(KconfigLimits())?.messages.last?.id != "KCONFIG190", "\(name)")
  }

  /// Each was quadratic once, or worse, in time or memory.
  private static let shared: [String] = {
    var all: [String] = []
    // A large condition that a chain of symbols shares.
    let condition = list(300, " && ") { "A\($0)" }
    all.append("if \(condition)\n" + lines(2_000) { "config S\($0)\n\tbool\n\tdefault S\($0 + 1)\n" } + "endif\n")
    // Many references on a line.
    all.append("config A\n\tbool \"" + String(repeating: "$ ", count: 50_000) + "\"\n")
    // Many definitions of one symbol, each with the same dependency.
    all.append(lines(2_000) { _ in "config A\n\tbool\n\tdepends on B\n" })
    // Menus with conditions on visibility.
    let menus = lines(200) { "menu \"m\"\n\tvisible if A\($0)\n" }
    all.append(
      menus + lines(500) { _ in "config B\n\tbool \"b\"\n" } + String(repeating: "endmenu\n", count: 200))
    // A choice with many members, and one with many entries of a member.
    let members = lines(2_000) { "config A\($0)\n\tbool \"a\"\n" }
    all.append("choice\n\tprompt \"c\"\n\(members)endchoice\n")
    all.append("choice\n\tprompt \"c\"\n" + lines(1_000) { _ in "config A\n\tbool \"a\"\n" } + "endchoice\n")
    return all
  }()

  @Test(arguments: shared.indices)
  func sharedConditionsAreLookedAtOnce(number: Int) throws {
    let text = Self.shared[number]
    for language in [KconfigLanguage.v6_1, .v6_12] {
      let values = try Self.defaults(text, language: language)
      var evaluation = values
      let lines = Self.lines(2_000) { "CONFIG_A\($0)=y\n# CONFIG_S\($0) is not set\n" }
      _ = evaluation.read(Array(lines.utf8))
      #expect(!evaluation.configuration().isEmpty)
    }
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func hostileConfigurationsAreRead(language: KconfigLanguage) throws {
    let text = "config A\n\tbool \"a\"\nconfig S\n\tstring \"s\"\nconfig I\n\tint \"i\"\n\trange 1 5\n"
    let model = try Self.read(["Kconfig": text], language: language)
    let long = String(repeating: "x", count: 2_000_000)
    let hostile: [[UInt8]] = [
      Array("CONFIG_S=\"\(long)\"\n".utf8), Array("CONFIG_\(long)=y\n".utf8), Array(long.utf8),
      Array("CONFIG_S=\"\(String(repeating: "\\\"", count: 500_000))\n".utf8),
      Array("CONFIG_S=\"\(String(repeating: "\\", count: 500_001))\"\n".utf8),
      Array(String(repeating: "CONFIG_A=y\n", count: 20_000).utf8), Array(String(repeating: "\n", count: 500_000).utf8),
      Array("CONFIG_I=\(String(repeating: "9", count: 500_000))\nCONFIG_I=-0\nCONFIG_I=--1\nCONFIG_I=0x1\n".utf8),
      [0, 0xFF, 0x0A] + Array("CONFIG_A=\0y\nCONFIG_=y\n=\nCONFIG\n# CONFIG_\n# CONFIG_A is not se".utf8),
      Array("CONFIG_S=\"a\u{1B}[31m\"\r\nCONFIG_A\u{1B}[31m\r".utf8),
    ]
    for bytes in hostile {
      var evaluation = KconfigEvaluation(model)
      let messages = evaluation.read(bytes)
      #expect(messages.allSatisfy { $0.range?.path == ".config" })
      // Excerpts of long lines are short.
      #expect(messages.allSatisfy { $0.lines.allSatisfy { $0.text.utf8.count < 1_000 } })
      #expect(!evaluation.configuration().isEmpty)
    }
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
      for language in [KconfigLanguage.v6_1, .v6_12] {
        if let model = try? Self.read(["Kconfig": text + "\n"], language: language) {
          var evaluation = KconfigEvaluation(model)
          _ = evaluation.read(Array("CONFIG_A=y\nCONFIG_B=\"x\"\n".utf8))
          _ = evaluation.configuration()
        }
      }
    }
  }
}
