import Kconfig
import Testing

/// Choices as the conf of v6.1 has them: symbols of their own, whose members may be described elsewhere.
struct ChoiceSymbolTests {
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
    let old = try ConfExample.run(kconfig, .oldconfig, answers: "1\ny\nn\n")
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
    let other = try ConfExample.run(kconfig, .oldconfig, answers: "2\nn\n")
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
    #expect(try ConfExample.run(kconfig, .allyesconfig).configuration == ["# CONFIG_A is not set"])
  }

  /// The choice is new from when it is looked at, and has what the file said until the next answer after that.
  @Test func `an answer counts until the choice is looked at with a member that nothing was said about`() throws {
    func kconfig(_ between: String) -> String {
      """
      config MODULES
      \tbool "modules"
      \tmodules
      \(between)choice ONE
      \tprompt "one of"
      config P
      config Q
      \ttristate "q" if MODULES
      endchoice

      """
    }
    func output(_ between: String, _ answers: String) throws -> String {
      try ConfExample.run(kconfig(between), .oldconfig, config: "CONFIG_P=y\n", answers: answers).output
    }
    #expect(try output("", "y\nm\n").contains("one of (ONE) [Y/m/?] (NEW) m\n"))
    let unrelated = "config N\n\tint \"n\"\n"
    #expect(try output(unrelated, "y\n1\nm\n").contains("one of (ONE) [Y/m/?] (NEW) m\n"))
    let related = "config N\n\tint \"n\" if Q\n"
    #expect(try output(related, "y\n1\nm\n").contains("one of (ONE) [M/y/?] (NEW) m\n"))
  }

  /// Q stays away: P is what the choice is asked for by, and could be seen before.
  @Test func `a member that could be seen keeps its line where the choice is asked for on its behalf`() throws {
    let kconfig = """
      choice ONE
      \tprompt "one of"
      \toptional
      config P
      \ttristate "p"
      config Q
      \ttristate "q"
      config R
      \ttristate "r" if n
      endchoice

      """
    let lines = try ConfExample.run(kconfig, .mod2noconfig, config: "CONFIG_R=m\n").configuration
    #expect(lines == ["# CONFIG_P is not set"])
  }

  @Test func `a choice without type has no value to show`() throws {
    let kconfig = """
      choice
      \tprompt "one of"
      if S
      config P
      \tbool "p"
      endif
      endchoice
      config P
      \tbool "p"

      """
    #expect(try ConfExample.run(kconfig, .helpnewconfig).output.contains("-> one of (<choice> [=(null)])\n"))
  }

  /// The messages about what lies below an entry come first.
  @Test func `a y in the condition of a prompt keeps others from lying below it`() throws {
    func order(_ condition: String) throws -> [Int?] {
      let kconfig = """
        if X
        config P
        \tprompt "p"\(condition)
        config Q
        \tdepends on P = S
        endif

        """
      let model = try KconfigModel.read(
        language: .v6_1, sources: MemorySources(files: ["Kconfig": Array(kconfig.utf8)]))
      return model.messages.map { $0.place?.line }
    }
    #expect(try order("") == [4, 2])
    #expect(try order(" if y") == [2, 4])
  }
}
