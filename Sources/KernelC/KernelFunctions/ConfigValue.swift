/// The value of a Kconfig symbol as the C of a kernel sees it.
package enum ConfigValue: Hashable, Sendable {
  /// Built in: `CONFIG_X` is defined as 1.
  case yes
  /// A module: `CONFIG_X_MODULE` is defined as 1.
  case module
  /// Not set: neither macro is defined.
  case no
}
