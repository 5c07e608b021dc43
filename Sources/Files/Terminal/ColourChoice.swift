package import Diagnostics

/// When output is coloured.
package enum ColourChoice: String, CaseIterable {
  case auto
  case always
  case never

  /// `--color` beats NO_COLOR beats CLICOLOR_FORCE and FORCE_COLOR beats the terminal.
  package func style(environment: (String) -> String?, isTerminal: Bool) -> DiagnosticRenderer.Style {
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
  package var styleOfStandardOutput: DiagnosticRenderer.Style {
    style(environment: Self.environment, isTerminal: OutputStream.standardOutput.isTerminal)
  }

  /// The style for messages on standard error.
  package var styleOfStandardError: DiagnosticRenderer.Style {
    style(environment: Self.environment, isTerminal: OutputStream.standardError.isTerminal)
  }

  private static func environment(_ name: String) -> String? {
    ProcessEnvironment.value(name)
  }
}
