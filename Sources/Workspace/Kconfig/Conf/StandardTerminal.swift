import Diagnostics
import Files
package import Kconfig

/// Asks on standard input and answers on standard output, with everything escaped that would steer a terminal.
package final class StandardTerminal: KconfigTerminal {
  package let echoes = !InputStream.isTerminal || !OutputStream.standardOutput.isTerminal

  /// The terminal of this process.
  package init() {}

  package func write(_ text: [UInt8], on stream: KconfigMessage.Stream) {
    var output = stream == .output ? OutputStream.standardOutput : OutputStream.standardError
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    output.write(lines.map { String($0).printable }.joined(separator: "\n"))
  }

  /// In the tool's own form; what belongs to no place, as `conf` says it.
  package func show(_ message: KconfigMessage) {
    guard message.stream == .errors, message.range != nil else { return write(message.text, on: message.stream) }
    var output = OutputStream.standardError
    output.write(message)
  }

  package func readLine() -> [UInt8]? { InputStream.readLine() }
}
