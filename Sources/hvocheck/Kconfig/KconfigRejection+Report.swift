import ArgumentParser
import Diagnostics
import Kconfig

extension KconfigRejection {
  /// Says what `conf` would say as it does; what it does not know, as everywhere in this tool.
  /// - Throws: always; what ends the command.
  func report() throws {
    let terminal = StandardTerminal()
    let own = status == 2 ? diagnostics.suffix(1) : []
    for message in messages.dropLast(own.count) { terminal.write(message.text, on: message.stream) }
    if let diagnostic = own.first { throw CommandFailure(diagnostic) }
    // KCONFIG_WERROR makes findings out of warnings; there is nothing else to say then.
    throw ExitCode(messages.isEmpty ? ExitStatus.findings : ExitStatus.badInput)
  }
}
