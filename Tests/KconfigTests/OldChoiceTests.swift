import Kconfig
import Testing

/// Choices as the conf of v6.1 has them: symbols of their own, whose members may be described elsewhere.
struct OldChoiceTests {
  private static func run(
    _ kconfig: String, _ mode: KconfigMode, answers: String = "", profile: KconfigProfile = .v6_1
  ) throws -> (configuration: [String], output: String) {
    let model = try KconfigModel.read(
      profile: profile, sources: MemorySources(files: ["Kconfig": Array(kconfig.utf8)]))
    let terminal = KconfigTranscript(input: Array(answers.utf8))
    var run = KconfigRun(model, environment: [:], files: MemorySources(files: [:]), terminal: terminal)
    let file = try run.perform(mode)
    let lines = String(decoding: file?.bytes ?? [], as: UTF8.self).split(separator: "\n").dropFirst(4).map(String.init)
    return (lines, String(decoding: terminal.output, as: UTF8.self))
  }

  /// It asks about them before it goes on, and v6.12 does not ask at all.
  @Test func `what lies inside a member is asked once the member is chosen`() throws {
    let kconfig = """
      choice
      \tprompt "one of"
      config P
      \tbool "p"
      config I
      \tbool "inside p"
      \tdepends on P
      config Q
      \tbool "q"
      endchoice
      config R
      \tbool "r"

      """
    let old = try Self.run(kconfig, .oldconfig, answers: "1\ny\nn\n")
    #expect(
      old.output.hasSuffix(
        """
        choice[1-2?]: 1
          inside p (I) [N/y/?] (NEW) y
        r (R) [N/y/?] (NEW) n
        #
        # configuration written to .config
        #

        """))
    #expect(old.configuration == ["CONFIG_P=y", "CONFIG_I=y", "# CONFIG_Q is not set", "# CONFIG_R is not set"])
    let other = try Self.run(kconfig, .oldconfig, answers: "2\nn\n")
    #expect(!other.output.contains("inside p"))
    #expect(other.configuration == ["# CONFIG_P is not set", "CONFIG_Q=y", "# CONFIG_R is not set"])
  }

  @Test func `a member that has its type and prompt from elsewhere is a symbol as others`() throws {
    let kconfig = """
      choice
      if y
      config A
      endif
      endchoice
      config A
      \ttristate "a"

      """
    #expect(try Self.run(kconfig, .allyesconfig).configuration == ["# CONFIG_A is not set"])
  }
}
