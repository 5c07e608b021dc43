import ArgumentParser
import Diagnostics
import Kconfig

extension KconfigRejection {
  /// More messages than this help nobody.
  private static let mostShown = 100

  /// Says what is wrong with the tree or the configuration.
  /// - Throws: always; what ends the command.
  func report() throws {
    var output = OutputStream.standardError
    for problem in problems.prefix(Self.mostShown) { output.write(problem) }
    if problems.count > Self.mostShown { output.write("... and \(problems.count - Self.mostShown) more\n") }
    // KCONFIG_WERROR makes findings out of warnings; there is nothing else to say then.
    guard !messages.isEmpty else { throw ExitCode(ExitStatus.findings) }
    throw ExitCode(CommandFailure(problems.map(\.diagnostic)).exitStatus)
  }
}

extension OutputStream {
  /// Writes a message with the lines that it is about.
  mutating func write(_ message: KconfigMessage) {
    let renderer = DiagnosticRenderer(lines: message.lines, style: ColourChoice.auto.styleOfStandardError)
    renderer.render(message.diagnostic, into: &self)
  }
}
