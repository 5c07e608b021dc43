import Diagnostics
// stdout, stderr and stdin are variables in C; the tool has one thread.
@preconcurrency import Glibc
import Kconfig

/// Talks as `conf` does, byte for byte; only where it is a terminal that would take them for orders, characters that
/// steer it are replaced.
final class PlainTerminal: KconfigTerminal {
  private let standard = StandardTerminal()
  private let steersOutput = isatty(STDOUT_FILENO) == 1
  private let steersErrors = isatty(STDERR_FILENO) == 1

  var echoes: Bool { standard.echoes }

  func write(_ text: [UInt8], on stream: KconfigMessage.Stream) {
    if stream == .output ? steersOutput : steersErrors { return standard.write(text, on: stream) }
    _ = text.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, stream == .output ? stdout : stderr) }
  }

  func readLine() -> [UInt8]? { standard.readLine() }
}
