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
    let model = try KconfigModel.read(
      profile: .v6_12, sources: MemorySources(files: ["Kconfig": Array(kconfig.utf8)]))
    var picked = ""
    for seed in 1...12 {
      let environment = ["KCONFIG_SEED": String(seed)]
      var run = KconfigRun(
        model, environment: environment, files: MemorySources(files: [:]), terminal: KconfigTranscript())
      let file = try #require(try run.perform(.randconfig))
      let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
      picked += ["P", "Q", "R"].filter { lines.contains("CONFIG_\($0)=y") }.joined()
    }
    #expect(picked == "QRPRPPRPQPQQ")
  }
}
