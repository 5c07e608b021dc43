import Diagnostics
// stdout and stderr are variables in C; the tool has one thread.
@preconcurrency import Glibc

/// Standard output and standard error.
struct OutputStream: TextOutputStream {
  private let file: UnsafeMutablePointer<FILE>

  static var standardOutput: OutputStream { OutputStream(file: stdout) }
  static var standardError: OutputStream { OutputStream(file: stderr) }

  private init(file: UnsafeMutablePointer<FILE>) {
    self.file = file
  }

  mutating func write(_ string: String) {
    var string = string
    string.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
  }

  /// Writes what is buffered.
  /// - Throws: where the report did not arrive as a whole: it must not look like a short one.
  static func finish() throws(Diagnostic) {
    if fflush(stdout) != 0 || ferror(stdout) != 0 {
      let reason = errno
      throw Diagnostic(id: "IO002", "cannot write the report: \(String(cString: strerror(reason)))", at: nil)
    }
  }
}

/// When output is coloured.
enum ColourChoice: String, CaseIterable {
  case auto
  case always
  case never

  /// `--color` beats NO_COLOR beats CLICOLOR_FORCE and FORCE_COLOR beats the terminal.
  func style(environment: (String) -> String?, isTerminal: Bool) -> DiagnosticRenderer.Style {
    switch self {
    case .always: return .ansi
    case .never: return .plain
    case .auto:
      if let value = environment("NO_COLOR"), !value.isEmpty { return .plain }
      for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
        if let value = environment(name), !value.isEmpty, value != "0" { return .ansi }
      }
      return isTerminal && environment("TERM") != "dumb" ? .ansi : .plain
    }
  }

  /// The style for the report on standard output.
  var styleOfStandardOutput: DiagnosticRenderer.Style {
    style(environment: Self.environment, isTerminal: isatty(STDOUT_FILENO) == 1)
  }

  /// The style for messages on standard error.
  var styleOfStandardError: DiagnosticRenderer.Style {
    style(environment: Self.environment, isTerminal: isatty(STDERR_FILENO) == 1)
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
