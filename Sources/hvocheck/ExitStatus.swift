import ArgumentParser
import Kconfig
import Workspace

/// The exit statuses of every command.
enum ExitStatus: Int32, CaseIterable {
  /// Something was checked and nothing was found.
  case clean = 0
  /// Findings.
  case findings = 1
  /// Usage, an invalid file, or nothing was checked.
  case badInput = 2
  /// An I/O or internal error.
  case ioError = 3

  /// How a command ends that could not do its work.
  init(_ failure: CommandFailure) {
    self = failure.isIOError ? .ioError : .badInput
  }

  /// How a command ends that could not read a kernel tree; KCONFIG_WERROR makes findings out of warnings.
  init(_ rejection: KconfigRejection) {
    self = rejection.failure.map { ExitStatus($0) } ?? .findings
  }

  /// What ends a command.
  var code: ExitCode { ExitCode(rawValue) }

  /// What the help says of it.
  private var meaning: String {
    switch self {
    case .clean: "something was checked, and nothing open is as severe as --fail-on says"
    case .findings: "findings of that severity: errors, if it is not given"
    case .badInput: "usage, an invalid file, or nothing was checked"
    case .ioError: "an I/O or internal error"
    }
  }

  /// The list in the help.
  static var help: String {
    allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
  }
}
