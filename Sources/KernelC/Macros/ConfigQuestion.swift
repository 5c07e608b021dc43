/// The macros of `include/linux/kconfig.h` that ask for a Kconfig symbol.
enum ConfigQuestion: String, Sendable {
  case enabled = "IS_ENABLED"
  case builtin = "IS_BUILTIN"
  case module = "IS_MODULE"
  /// Architecture code is never a module, so only what is built in is reachable.
  case reachable = "IS_REACHABLE"

  func answer(for value: ConfigValue) -> Bool {
    switch self {
    case .enabled: value != .no
    case .builtin, .reachable: value == .yes
    case .module: value == .module
    }
  }
}
