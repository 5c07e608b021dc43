import Diagnostics
package import Files
package import Kconfig

extension KconfigRejection {
  /// More messages than this help nobody.
  private static let mostShown = 100

  /// Says what is wrong with the tree or the configuration.
  /// - Parameter reason: why a question has no answer, if that is known.
  package func write(because reason: String? = nil) {
    var output = OutputStream.standardError
    for problem in problems.prefix(Self.mostShown) {
      output.write(problem, because: status == 2 && problem == problems.last ? reason : nil)
    }
    if problems.count > Self.mostShown { output.write("... and \(problems.count - Self.mostShown) more\n") }
  }

  /// The mistakes that it is about; none where KCONFIG_WERROR made findings out of warnings.
  package var failure: CommandFailure? {
    messages.isEmpty ? nil : CommandFailure(problems.map(\.diagnostic))
  }

  /// Says what `conf` would say as it does.
  /// - Parameter reason: why a question has no answer, if that is known.
  /// - Throws: what `conf` does not know, for it to be said as everywhere in this tool.
  func show(on terminal: any KconfigTerminal, because reason: String? = nil) throws(CommandFailure) {
    let own = status == 2 ? diagnostics.suffix(1) : []
    for message in messages.dropLast(own.count) { terminal.write(message.text, on: message.stream) }
    guard var diagnostic = own.first else { return }
    if let reason { diagnostic.explain(by: reason) }
    throw CommandFailure(diagnostic)
  }
}

extension OutputStream {
  /// Writes a message with the lines that it is about.
  package mutating func write(_ message: KconfigMessage, because reason: String? = nil) {
    var diagnostic = message.diagnostic
    if let reason { diagnostic.explain(by: reason) }
    let renderer = DiagnosticRenderer(lines: message.lines, style: ColourChoice.auto.styleOfStandardError)
    renderer.render(diagnostic, into: &self)
  }
}

extension Diagnostic {
  /// Says why the shell, which was asked, did not answer; how to ask it is known then.
  fileprivate mutating func explain(by reason: String) {
    reasons.append(reason)
    help = []
  }
}
