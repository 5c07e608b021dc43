import Diagnostics
import Kconfig
import TestSupport
import Testing

/// What is reachable with some toolchain, against reading the files once for every toolchain that there may be.
struct FreeProbeTests {
  private static let macros = """
    if-success = $(shell,{ $(1); } >/dev/null 2>&1 && echo "$(2)" || echo "$(3)")
    success = $(if-success,$(1),y,n)
    failure = $(if-success,$(1),n,y)

    """

  private static let files: [String: [UInt8]] = [
    "scripts/cc-version.sh": [], "scripts/pahole-version.sh": [],
    "scripts/min-tool-version.sh": Array("gcc)\n\techo 5.1.0\n;;\nllvm)\n\techo 13.0.1\n;;\n".utf8),
  ]

  private static func sources(_ text: String) -> MemorySources {
    MemorySources(files: files.merging(["Kconfig": Array((macros + text).utf8)]) { $1 })
  }

  private static func openModel(_ text: String, _ language: KconfigLanguage = .v6_12) throws -> KconfigModel {
    let sources = sources(text)
    return try KconfigModel.read(
      language: language, environment: FreeProbes.environment, sources: sources,
      free: FreeProbes(folder: "t", sources: sources, environment: FreeProbes.environment))
  }

  private static func values(_ symbols: [String], of model: KconfigModel, with file: String) -> [String] {
    var evaluation = KconfigEvaluation(model)
    _ = evaluation.read(Array(file.utf8))
    return symbols.map { name in model.symbolID(named: name).map { evaluation.value(of: $0).text } ?? "n" }
  }

  /// Each combination again, from files that are read with a toolchain that answers as it says.
  private static func expectConfirmed(
    _ found: KconfigReachability, in model: KconfigModel, _ text: String, _ language: KconfigLanguage,
    _ comment: Comment
  ) throws {
    let sources = sources(text)
    for combination in found.combinations {
      let assumed = AssumedProbes(
        combination.answers, in: model, folder: "t", sources: sources, environment: FreeProbes.environment)
      #expect(!assumed.isContradictory, comment)
      let again = try KconfigModel.read(
        language: language, environment: FreeProbes.environment, sources: sources, probes: assumed)
      let file = combination.witness.map { $0.line + "\n" }.joined()
      #expect(Self.values(found.symbols, of: again, with: file) == combination.values, comment)
    }
  }

  // MARK: random trees

  /// A toolchain: which commands succeed, what some print, and what the compiler is.
  private struct Toolchain: KconfigProbes {
    var succeeding: Set<String>
    var texts: [String: String]
    var compiler: String

    func output(of command: [UInt8]) -> [UInt8]? {
      let text = String(decoding: command, as: UTF8.self)
      if text == "t/scripts/cc-version.sh cc" { return Array(compiler.utf8) }
      if let known = texts[text] { return Array(known.utf8) }
      if let outcome = answerOfShell(text) { return outcome }
      let halves = text.split(separator: "; } >/dev/null", maxSplits: 1)
      guard halves.count == 2, text.hasPrefix("{ ") else { return nil }
      let parts = halves[1].split(separator: "\"", omittingEmptySubsequences: false)
      return Array((succeeding.contains(String(halves[0].dropFirst(2))) ? parts[1] : parts[3]).utf8)
    }

    /// `set --` and `test` on what is known are the shell's own; here a small one that shares nothing with the tool's.
    private func answerOfShell(_ text: String) -> [UInt8]? {
      let words = text.split(separator: " ").map(String.init)
      if words.count == 7, words[0] == "set", words[4] == "&&", words[5] == "echo" {
        return Array((words[6] == "$1" ? words[2] : words[3]).utf8)
      }
      guard words.count > 6, words[0] == "{", words[1] == "test" else { return nil }
      let holds: Bool
      if words[2] == "-z" {
        holds = words[3] == "\"\";"
      } else {
        let question = text.dropFirst("{ test ".count).prefix { $0 != ";" }
        let isEquation = question.contains(" = ")
        let sides = question.split(separator: isEquation ? " = " : " -ge ").map { $0.filter { $0 != "\"" } }
        holds = isEquation ? sides[0] == sides[1] : (Int(sides[0]) ?? 0) >= (Int(sides[1]) ?? 0)
      }
      let parts = text.split(separator: "echo \"").map { $0.prefix { $0 != "\"" } }
      return Array(parts[holds ? 1 : 2].utf8)
    }
  }

  private static let commands = ["cc -fa", "cc -fb", "ld -v --c"]
  private static let versions = [50_100, 60_000, 60_001]

  /// All that answer the questions of a tree in different ways.
  private static func toolchains(for tree: String) -> [Toolchain] {
    func choices<Choice>(_ all: [Choice], where word: String) -> [Choice] {
      tree.contains(word) ? all : Array(all.prefix(1))
    }
    // A command that depends on another is asked in two forms.
    let asked = commands + (tree.contains("-fd") ? ["cc -m32 -fd", "cc -fd"] : [])
    var all: [Toolchain] = []
    for mask in 0..<(1 << asked.count) {
      let succeeding = Set(asked.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element))
      for name in choices(["GCC", "Clang"], where: "(cc-name)\"") {
        for version in choices(versions, where: "60000") {
          for text in choices(["a", "b", "y", "m", "", "GCC", "-m32 "], where: "tool --print") {
            all.append(
              Toolchain(succeeding: succeeding, texts: ["tool --print": text], compiler: "\(name) \(version)"))
          }
        }
      }
    }
    return all
  }

  private static func tree(seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
    let questions =
      commands.map { "$(success,\($0))" } + commands.map { "$(failure,\($0))" } + [
        "$(success,test \"$(cc-name)\" = GCC)", "$(success,test \"$(cc-name)\" = Clang)",
        "$(success,test $(cc-version) -ge 60000)", "$(success,cc $(m32)-fd)",
        "$(success,test \"$(shell,tool --print)\" = a)", "$(success,test -z \"$(shell,tool --print)\")",
        "$(shell,tool --print)", "\"$(shell,tool --print)\" = \"b\"", "VERSION >= 60000", "VERSION < 60000",
      ]
    func condition() -> String { pick(["", " if \(pick(questions))", " if A", " if !\(pick(questions))"]) }
    var text = """
      m32 := $(if-success,cc -fb,-m32 ,)
      cc-info := $(shell,t/scripts/cc-version.sh $(CC))
      $(error-if,$(success,test -z "$(cc-info)"),no compiler)
      cc-name := $(shell,set -- $(cc-info) && echo $1)
      cc-version := $(shell,set -- $(cc-info) && echo $2)
      config VERSION
      \tint
      \tdefault $(cc-version)\(pick([" if $(success,test \"$(cc-name)\" = GCC)", "", " if $(success,cc -fa)"]))
      \tdefault 0

      """
    if Bool.random(using: &random) { text += "$(error-if,\(pick(Array(questions.prefix(6)))),refused)\n" }
    text += "config A\n\tbool \"a\"\(pick(["", " if \(pick(questions))"]))\n\tdepends on \(pick(questions))\n"
    text += "config B\n\tdef_bool \(pick(questions))\(condition())\n"
    text += "config C\n\t\(pick(["bool", "tristate"])) \"c\"\n\tdefault \(pick(questions))\(condition())\n"
    text += "\tselect D\(condition())\n"
    text += "config D\n\tbool\n"
    text +=
      "config E\n\tstring\n\tdefault \"\(pick(["$(shell,tool --print)", "$(m32)", "$(cc-name)"]))\"\(condition())\n"
    return text + "config F\n\tdef_bool E = \"\(pick(["a", "-m32 ", "GCC", ""]))\" && (\(pick(questions)))\n"
  }

  private static let symbols = ["A", "B", "C", "D", "F"]

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...3 as ClosedRange<UInt64>)
  func `combinations are those of every toolchain`(language: KconfigLanguage, seed: UInt64) throws {
    let text = Self.tree(seed: seed)
    let sources = Self.sources(text)
    var expected: Set<[String]> = []
    let files = ["", "CONFIG_A=y\n", "# CONFIG_A is not set\n"].flatMap { a in
      ["", "CONFIG_C=y\n", "CONFIG_C=m\n", "# CONFIG_C is not set\n"].map { a + $0 }
    }
    for toolchain in Self.toolchains(for: text) {
      do throws(KconfigRejection) {
        let model = try KconfigModel.read(
          language: language, environment: FreeProbes.environment, sources: sources, probes: toolchain)
        for file in files { expected.insert(Self.values(Self.symbols, of: model, with: file)) }
      } catch {
        // error-if refuses it, or a word is missing where it prints none.
        let isRefused = ["KCONFIG123", "KCONFIG101"].contains(error.diagnostics.first?.id)
        #expect(isRefused, "seed \(seed)\n\(text)")
      }
    }
    let model = try Self.openModel(text, language)
    let found = try KconfigReachability(of: Self.symbols, in: model)
    #expect(Set(found.combinations.map(\.values)) == expected, "seed \(seed)\n\(text)")
    try Self.expectConfirmed(found, in: model, text, language, "seed \(seed)\n\(text)")
  }

  // MARK: single points

  /// What some symbols can be, as text.
  private static func reachable(_ symbols: [String], _ text: String) throws -> [String] {
    try KconfigReachability(of: symbols, in: openModel(text)).combinations.map { $0.values.joined() }
  }

  static let points: [(String, [String])] = [
    ("config A\n\tdef_bool $(success,x)\nconfig B\n\tdef_bool $(success,x)\n", ["nn", "yy"]),
    ("config A\n\tdef_bool $(success,x)\nconfig B\n\tdef_bool $(failure,x)\n", ["ny", "yn"]),
    ("config A\n\tdef_bool $(success,x)\nconfig B\n\tdef_bool $(success,z)\n", ["nn", "ny", "yn", "yy"]),
    ("config A\n\tdef_bool $(success,test a = a)\nconfig B\n\tdef_bool $(success,test -n \"\")\n", ["yn"]),
    (
      "$(error-if,$(success,x),no)\nconfig A\n\tdef_bool $(success,x)\nconfig B\n\tdef_bool $(success,z)\n",
      ["nn", "ny"]
    ),
    ("$(warning-if,$(success,x),no)\nconfig A\n\tdef_bool $(success,x)\nconfig B\n\tbool\n", ["nn", "yn"]),
    ("config A\n\tdef_bool $(shell,x) = y\nconfig B\n\tdef_bool $(shell,x)\n", ["nn", "ny", "yy"]),
    (
      "config T\n\tint\n\tdefault $(shell,t/scripts/pahole-version.sh $(PAHOLE))\n"
        + "config A\n\tdef_bool T >= 126\nconfig B\n\tdef_bool T >= 120\n", ["nn", "ny", "yy"]
    ),
    (
      "config A\n\tdef_bool \"$(shell,x)\" = \"1\"\nconfig B\n\tdef_bool $(success,test \"$(shell,x)\" = 1)\n",
      ["nn", "yy"]
    ),
    ("config A\n\tbool \"$(shell,x)\"\nconfig B\n\tdef_bool A && $(success,x)\n", ["nn", "yn", "yy"]),
  ]

  @Test(arguments: points) func point(text: String, expected: [String]) throws {
    #expect(try Self.reachable(["A", "B"], text) == expected)
  }

  static let refused: [(String, String)] = [
    ("source \"$(shell,x)\"\n", "the name of a file"), ("config $(shell,x)\n\tbool\n", "a name"),
    ("config A\n\tbool\n\tselect $(shell,x)\n", "a name"), ("A := $($(shell,x))\n", "the name of a macro"),
    ("$(error-if,a$(shell,x),no)\n", "the condition of error-if"),
    ("config A\n\tdef_bool $(if-success,x,B,C)\n", "a word"), ("config A\n\tdef_bool $(if-success,x,y,)\n", "a word"),
    ("config A\n\tdef_tristate $(if-success,x,m,y)\n", "a word"),
    ("config A\n\tdef_bool a$(shell,x)\n", "a word"),
    ("config A\n\tdefault $(shell,x)\n\tint\n", "a default in front of the type"),
  ]

  @Test(arguments: refused) func `what cannot be followed is an error with its place`(text: String, what: String) throws
  {
    do throws(KconfigRejection) {
      let sources = Self.sources(text)
      _ = try KconfigModel.read(
        language: .v6_12, environment: FreeProbes.environment, sources: sources,
        free: FreeProbes(folder: "t", sources: sources, environment: FreeProbes.environment))
      Issue.record("accepted: \(text)")
    } catch {
      let diagnostic = try #require(error.diagnostics.last)
      #expect(diagnostic.id == "KCONFIG200")
      #expect(diagnostic.message == "\(what) depends on a probe whose answer is not known")
      #expect((diagnostic.place?.start.line ?? 0) > 3)
    }
  }

  @Test func `a model says what it is open about`() throws {
    let model = try Self.openModel("config A\n\tdef_bool $(success,cc -fa)\nconfig B\n\tdef_bool $(success,true)\n")
    #expect(model.openProbes.map(\.question) == ["cc -fa"])
    #expect(model.openProbes.map(\.place.line) == [5])
    let found = try KconfigReachability(of: ["A"], in: model)
    #expect(found.combinations.map(\.values) == [["n"], ["y"]])
    #expect(found.combinations[1].answers.map(\.value) == ["y"])
    #expect(found.combinations[1].witness.isEmpty)
    #expect(String(decoding: KconfigEvaluation(model).configuration(), as: UTF8.self).contains("probe") == false)
  }
}
