import Kconfig
import Testing

/// What depends on what was computed or shown before, as both versions of `conf` did it.
struct ConversationTests {
  @Test func `a member that conf does not look at again keeps its line`() throws {
    let kconfig = """
      config MODULES
      \tbool "modules"
      \tmodules
      config M
      \ttristate "m"
      choice
      \tbool "one of"
      config P
      \tbool "p"
      config Q
      \tbool "q" if M
      endchoice

      """
    func lines(_ config: String, _ language: KconfigLanguage) throws -> [String] {
      try ConfExample.run(kconfig, .mod2noconfig, config: "CONFIG_MODULES=y\nCONFIG_M=m\n" + config, language: language)
        .configuration
    }
    let usual = ["CONFIG_MODULES=y", "# CONFIG_M is not set", "CONFIG_P=y"]
    #expect(try lines("CONFIG_P=y\n", .v6_12) == usual + ["# CONFIG_Q is not set"])
    // Nothing stops it before Q here, and v6.1 looks at all members.
    #expect(try lines("CONFIG_Q=y\n", .v6_12) == usual)
    #expect(try lines("CONFIG_P=y\n", .v6_1) == usual)
  }

  @Test func `one configuration leaves nothing behind for the next`() throws {
    let kconfig = """
      config M
      \tbool "m"
      choice
      \tbool "one of"
      config P
      \tbool "p"
      config Q
      \tbool "q" if M
      endchoice

      """
    let model = try KconfigModel.read(
      language: .v6_12, sources: MemorySources(files: ["Kconfig": Array(kconfig.utf8)]))
    var evaluation = KconfigEvaluation(model)
    _ = evaluation.read(Array("CONFIG_M=y\nCONFIG_P=y\n".utf8))
    _ = evaluation.read(Array("CONFIG_P=y\n".utf8))
    let q = try #require(model.symbolID(named: "Q"))
    #expect(!evaluation.writes(q))
  }

  @Test func `what is shown for the sake of others counts as answered in old trees`() throws {
    let kconfig = """
      config A
      \tbool "a" if B
      \tdefault y
      config C
      \tbool "c"
      \tdepends on A
      config B
      \tbool "b"

      """
    func output(_ language: KconfigLanguage) throws -> String {
      try ConfExample.run(kconfig, .oldaskconfig, answers: "\nn\n", language: language).output
    }
    #expect(try output(.v6_1).contains("\na (A) [Y/?] y\n"))
    #expect(try output(.v6_12).contains("\na (A) [Y/?] (NEW) y\n"))
  }

  @Test func `a y decides nothing about whether a prompt has a condition of its own`() throws {
    let kconfig = """
      config T
      \tdef_bool y
      if T
      config Q
      \tbool "q" if y
      \tdepends on y && !S
      endif

      """
    let output = try ConfExample.run(kconfig, .helpnewconfig, language: .v6_1).output
    #expect(output.contains("  Depends on: T [=y] && y [=y] && !S\n  Location:\n"))
  }

  /// What selects a member means nothing to it, so that nothing has asked for A by then, nor for B.
  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func `help asks for what selects a symbol and shows the rest as it is`(language: KconfigLanguage) throws {
    let kconfig = """
      config A
      \tdef_bool y
      \tselect P
      choice
      \tprompt "one of"
      config P
      \tbool "p"
      \tselect B
      config Q
      \tbool "q"
      endchoice
      config B
      \tbool
      \tdefault y

      """
    let output = try ConfExample.run(kconfig, .helpnewconfig, language: language).output
    #expect(output.contains("Selects: B [=n]\nSelected by [y]:\n  - A [=y]\n"))
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12])
  func `a carriage return at the end of a file that no line end follows belongs to the value`(
    language: KconfigLanguage
  ) throws {
    let kconfig = "config A\n\tstring \"a\"\nconfig B\n\tint \"b\"\n\tdefault 1\n"
    func lines(_ config: String) throws -> [String] {
      try ConfExample.run(kconfig, .olddefconfig, config: config, language: language).configuration
    }
    #expect(try lines("CONFIG_A=\"x\"\r\nCONFIG_B=2\r\n") == ["CONFIG_A=\"x\"", "CONFIG_B=2"])
    #expect(try lines("CONFIG_A=\"x\"\r\nCONFIG_B=2\r") == ["CONFIG_A=\"x\"", "CONFIG_B=1"])
  }
}
