import Diagnostics
import Files
package import Kconfig

/// Talks as `conf` does, byte for byte; only where it is a terminal that would take them for orders, characters that
/// steer it are replaced.
package final class PlainTerminal: KconfigTerminal {
  private let standard = StandardTerminal()
  private let steersOutput = OutputStream.standardOutput.isTerminal
  private let steersErrors = OutputStream.standardError.isTerminal

  package var echoes: Bool { standard.echoes }

  package func write(_ text: [UInt8], on stream: KconfigMessage.Stream) {
    if stream == .output ? steersOutput : steersErrors { return standard.write(text, on: stream) }
    let output = stream == .output ? OutputStream.standardOutput : OutputStream.standardError
    output.write(text)
  }

  package func readLine() -> [UInt8]? { standard.readLine() }
}
