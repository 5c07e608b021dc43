import Diagnostics
import Files
package import Kconfig

/// A kernel tree with the configuration of the working folder, as `olddefconfig` would read it.
package struct PresentConfiguration {
  let input: KernelTreeInput
  package let model: KconfigModel
  package let values: KconfigEvaluation
  /// The file that the configuration was read from; nil where there is none and everything has its default.
  package let path: String?

  /// - Throws: `KconfigRejection` where `conf` would stop, `Diagnostic` where a file cannot be read.
  package init(_ input: KernelTreeInput) throws {
    self.input = input
    model = try input.model()
    var run = KconfigRun(model, environment: input.environment, files: input.files, terminal: ErrorsTerminal())
    let isThere = try run.readPresent()
    path = isThere ? run.configurationPath : nil
    values = run.values
  }

  /// What the values are those of.
  package var origin: String {
    let toolchain = model.openProbes.isEmpty ? "" : "; of the toolchain, the least that the kernel takes"
    guard let path else { return "there is no configuration: everything has its default" + toolchain }
    return "\(path), and defaults for what it does not say" + toolchain
  }

  /// Says it where it does not disturb scripts.
  package func sayOrigin() {
    var output = OutputStream.standardError
    output.write("values of \(input.architecture): \(origin)".printable + "\n")
  }
}

/// Says everything on standard error: standard output is for the answer.
private final class ErrorsTerminal: KconfigTerminal {
  private let terminal = StandardTerminal()

  var echoes: Bool { terminal.echoes }

  func write(_ text: [UInt8], on stream: KconfigMessage.Stream) { terminal.write(text, on: .errors) }

  func readLine() -> [UInt8]? { nil }
}
