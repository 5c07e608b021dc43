package import Kconfig

/// A Kconfig symbol that hvocheck knows, as a range of kernel versions has it.
package struct KnownSymbol: Sendable {
  /// Its name without `CONFIG_`.
  package var name: String
  /// The first version that has it so; nil for the first there is.
  package var from: KernelVersion?
  /// The first version behind those that have it so; nil for none.
  package var before: KernelVersion?
  /// The directory under `arch/` to which it belongs; others do not have it.
  package var architecture: String?
  /// What it follows from.
  package var value: KconfigExpression?
  /// Has no prompt: y only where it is selected.
  package var isSelectedOnly = false
  /// Is some kernel's symbol of HVO itself.
  package var isFeature = false
  /// Its `depends on`: where this is n, so is the symbol, unless a select forces it.
  package var depends: KconfigExpression?
  /// The choice that it is a member of, by any name: one of those that can be y is y.
  package var choice: String?
  /// It can be y only with base pages of so many bytes.
  package var pageSize: UInt64?
  /// Holds a number, not y or n: nothing is ever assumed of it.
  package var isInteger = false

  /// Whether a version has the symbol so.
  func holds(in version: KernelVersion) -> Bool {
    (from.map { $0 <= version } ?? true) && (before.map { version < $0 } ?? true)
  }
}
