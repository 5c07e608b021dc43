import Diagnostics
// stdin is a variable in C; the tool has one thread.
@preconcurrency import Glibc
import Kconfig

/// Asks on standard input and answers on standard output, with everything escaped that would steer a terminal.
final class StandardTerminal: KconfigTerminal {
  let echoes = isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1

  func write(_ text: [UInt8], on stream: KconfigMessage.Stream) {
    var output = stream == .output ? OutputStream.standardOutput : OutputStream.standardError
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    output.write(lines.map { String($0).printable }.joined(separator: "\n"))
  }

  /// In the tool's own form; what belongs to no place, as `conf` says it.
  func show(_ message: KconfigMessage) {
    guard message.stream == .errors, message.range != nil else { return write(message.text, on: message.stream) }
    var output = OutputStream.standardError
    output.write(message)
  }

  func readLine() -> [UInt8]? {
    fflush(stdout)
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    let count = getline(&line, &capacity, stdin)
    defer { free(line) }
    guard count > 0, let line else { return nil }
    return UnsafeBufferPointer(start: line, count: count).map { UInt8(bitPattern: $0) }
  }
}
