import Kconfig
import Testing

/// Random configurations follow their seed as those of `conf` do.
struct RandomConfigurationTests {
  /// A member with two entries, and which member `conf` of 6.12 picked for the seeds from 1.
  @Test func `a member with two entries is picked as conf picks it`() throws {
    let kconfig = """
      config L
      \tbool "l"
      choice
      \tbool "one of"
      config P
      \tbool "p" if L
      config P
      \tbool "other p" if !L
      config Q
      \tbool "q"
      config R
      \tbool "r"
      endchoice

      """
    let picked = try configurations(of: kconfig, language: .v6_12, seeds: 1...12)
    #expect(picked == ["Q", "R", "LP", "LR", "P", "LP", "R", "P", "LQ", "P", "LQ", "Q"])
  }

  /// `conf` of 6.1 computes S for the choice "early", picks A or B, and goes by the old S for the choice "late"; what it
  /// made of the seeds from 1.
  @Test func `a choice is left out by values that were computed before others were picked`() throws {
    let kconfig = """
      choice
      \tprompt "other"
      config F
      \tbool "f"
      config G
      \tbool "g"
      endchoice
      config S
      \tdef_bool A
      choice
      \tprompt "late"
      \tdepends on S
      config P
      \tbool "p"
      config Q
      \tbool "q"
      endchoice
      choice
      \tprompt "middle"
      config A
      \tbool "a"
      config B
      \tbool "b"
      endchoice
      choice
      \tprompt "early"
      \tdepends on S
      config X
      \tbool "x"
      config Y
      \tbool "y"
      endchoice

      """
    let picked = try configurations(of: kconfig, language: .v6_1, seeds: 1...8)
    #expect(picked == ["FB", "FB", "FSQAY", "FB", "FSPAX", "FSPAY", "FB", "FB"])
  }

  /// The symbols that are y for each seed, one after the other.
  private func configurations(
    of kconfig: String, language: KconfigLanguage, seeds: ClosedRange<Int>
  ) throws -> [String] {
    let model = try KconfigModel.read(
      language: language, sources: MemorySources(files: ["Kconfig": Array(kconfig.utf8)]))
    return try seeds.map { seed in
      var run = KconfigRun(
        model, environment: ["KCONFIG_SEED": String(seed)], files: MemorySources(files: [:]),
        terminal: KconfigTranscript())
      let file = try #require(try run.perform(.randconfig))
      let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
      return lines.filter { $0.hasSuffix("=y") }.map { $0.dropFirst(7).dropLast(2) }.joined()
    }
  }
}
