/// What is known of the Kconfig symbols, as the macros of `include/generated/autoconf.h` show it.
struct ConfigFacts: Sendable {
  /// Whether a `CONFIG_` macro is defined.
  enum Definition {
    case defined
    case notDefined
    /// Neither is known; the Kconfig symbol that would decide it.
    case undecided(symbol: String)
  }

  static let prefix = "CONFIG_"
  private static let moduleSuffix = "_MODULE"

  var values: [String: ConfigValue]

  /// The Kconfig symbol that a `CONFIG_` macro speaks of: `CONFIG_X` and `CONFIG_X_MODULE` both speak of `X`.
  static func symbol(ofMacro name: String) -> String? {
    guard name.hasPrefix(prefix), name.utf8.count > prefix.utf8.count else { return nil }
    let symbol = name.dropFirst(prefix.count)
    guard symbol.hasSuffix(moduleSuffix), symbol.count > moduleSuffix.count else { return String(symbol) }
    return String(symbol.dropLast(moduleSuffix.count))
  }

  /// The definition of a macro whose name starts with `CONFIG_`.
  func definition(ofMacro name: String) -> Definition {
    let symbol = String(name.dropFirst(Self.prefix.count))
    if let value = values[symbol] { return value == .yes ? .defined : .notDefined }
    guard symbol.hasSuffix(Self.moduleSuffix) else { return .undecided(symbol: symbol) }
    let base = String(symbol.dropLast(Self.moduleSuffix.count))
    guard let value = values[base] else { return .undecided(symbol: base) }
    return value == .module ? .defined : .notDefined
  }
}
