import Kconfig

/// What one run makes of a small tree.
enum ConfExample {
  /// - Parameter config: the `.config` file that lies there; nil for none.
  /// - Returns: the lines of the configuration without its heading, and what was printed.
  static func run(
    _ kconfig: String, _ mode: KconfigMode, config: String? = nil, answers: String = "",
    language: KconfigLanguage = .v6_1
  ) throws -> (configuration: [String], output: String) {
    let model = try KconfigModel.read(
      language: language, sources: MemorySources(files: ["Kconfig": Array(kconfig.utf8)]))
    let given = MemorySources(files: config.map { [".config": Array($0.utf8)] } ?? [:])
    let terminal = KconfigTranscript(input: Array(answers.utf8))
    var run = KconfigRun(model, environment: [:], files: given, terminal: terminal)
    let file = try run.perform(mode)
    let lines = String(decoding: file?.bytes ?? [], as: UTF8.self).split(separator: "\n").dropFirst(4).map(String.init)
    return (lines, String(decoding: terminal.output, as: UTF8.self))
  }
}
