import Diagnostics
import Kconfig

extension KconfigRejection {
  /// Says what `conf` would say as it does.
  /// - Parameter reason: why a question has no answer, if that is known.
  /// - Throws: what `conf` does not know, for it to be said as everywhere in this tool.
  func show(on terminal: any KconfigTerminal, because reason: String? = nil) throws(CommandFailure) {
    let own = status == 2 ? diagnostics.suffix(1) : []
    for message in messages.dropLast(own.count) { terminal.write(message.text, on: message.stream) }
    guard var diagnostic = own.first else { return }
    if let reason { diagnostic.reasons.append(reason) }
    throw CommandFailure(diagnostic)
  }
}
