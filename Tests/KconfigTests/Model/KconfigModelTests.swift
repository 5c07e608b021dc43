import Diagnostics
import Kconfig
import Testing

/// The model and its evaluations as other parts of the tool use them.
struct KconfigModelTests {
  private static func model(_ files: [String: String], language: KconfigLanguage = .v6_12) throws -> KconfigModel {
    try KconfigModel.read(language: language, sources: MemorySources(files: files.mapValues { Array($0.utf8) }))
  }

  @Test(arguments: [("6", "1", KconfigLanguage.v6_1), ("6", "7", .v6_1), ("6", "12", .v6_12)])
  func profileIsThatOfTheMakefile(version: String, patchLevel: String, language: KconfigLanguage) {
    let text = "# SPDX\nVERSION = \(version)\nPATCHLEVEL = \(patchLevel)\nSUBLEVEL = 3\n"
    #expect(KconfigLanguage(makefile: Array(text.utf8)) == language)
    #expect(KconfigLanguage(makefile: Array("all:\n".utf8)) == nil)
  }

  @Test func symbolsTellWhatTheyDependOn() throws {
    let model = try Self.model([
      "Kconfig": """
      config A
      \tbool "a"
      config B
      \tbool "b" if A
      \tdefault y if !A
      \tdepends on A || D
      \tselect C if A
      config C
      \tbool
      config D
      \tbool "d"

      """
    ])
    let b = model.symbol(try #require(model.symbolID(named: "B")))
    let a = try #require(model.symbolID(named: "A"))
    let c = try #require(model.symbolID(named: "C"))
    let d = try #require(model.symbolID(named: "D"))
    #expect(b.type == .bool)
    #expect(b.definitions == [KconfigPlace(path: "Kconfig", line: 3)])
    let dependency = try #require(b.dependency)
    guard case .any(let operands) = model.node(dependency) else {
      Issue.record("not an alternative: \(model.node(dependency))")
      return
    }
    #expect(operands.map { model.node($0) } == [.symbol(a), .symbol(d)])
    let selection = try #require(model.symbol(c).selection)
    guard case .all(let all) = model.node(selection) else {
      Issue.record("not a conjunction: \(model.node(selection))")
      return
    }
    #expect(model.node(all[0]) == .symbol(b.id))
    #expect(b.selects.map { model.node($0.value) } == [.symbol(c)])
    #expect(b.defaults.count == 1)
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func oneModelHasManyEvaluations(language: KconfigLanguage) throws {
    let text =
      "choice\n\tprompt \"c\"\nconfig A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\nendchoice\n"
      + "config N\n\tint \"n\"\n\tdefault 3\n"
    let model = try Self.model(["Kconfig": text], language: language)
    let (a, b) = (try #require(model.symbolID(named: "A")), try #require(model.symbolID(named: "B")))
    let n = try #require(model.symbolID(named: "N"))
    var first = KconfigEvaluation(model)
    first.recompute()
    var second = first
    second.set(b, to: .y)
    let accepted = [second.set(n, to: "7"), second.set(n, to: "07")]
    #expect(accepted == [true, false])
    second.recompute()
    #expect([a, b, n].map { first.value(of: $0) } == [.tristate(.y), .tristate(.n), .int("3")])
    #expect([a, b, n].map { second.value(of: $0) } == [.tristate(.n), .tristate(.y), .int("7")])
    #expect(first.visibility(of: a) == .y)
  }

  @Test func patternsNeedADialect() throws {
    let files = ["Kconfig": "rsource \"sub*\"\nosource \"none*\"\n", "sub1": "config A\n\tbool \"a\"\n", "sub2": ""]
    #expect(throws: KconfigRejection.self) { try Self.model(files) }
    let model = try Self.model(files, language: KconfigLanguage.v6_12.withPatterns)
    #expect(model.symbolID(named: "A") != nil)
  }

  @Test func mistakesHavePlaces() throws {
    do {
      _ = try Self.model(["Kconfig": "config A\n\tbool \"a\"\n\tfoo\n"])
      Issue.record("a word that is none is read")
    } catch let rejection as KconfigRejection {
      // `conf` says two things about one mistake.
      #expect(rejection.messages.map(\.id) == ["KCONFIG101", "KCONFIG103"])
      #expect(
        rejection.messages.map { String(decoding: $0.text, as: UTF8.self) } == [
          "Kconfig:3: syntax error\n", "Kconfig:3: unknown statement \"foo\"\n",
        ])
      #expect(rejection.diagnostics.map(\.id) == ["KCONFIG101"])
      #expect(rejection.diagnostics.first?.place?.start == SourcePosition(line: 3, column: 2))
      #expect(rejection.diagnostics.first?.place?.end == SourcePosition(line: 3, column: 5))
    }
  }
}
