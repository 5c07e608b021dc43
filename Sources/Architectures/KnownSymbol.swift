public import Kconfig

/// A Kconfig symbol that hvocheck knows, as a range of kernel versions has it.
public struct KnownSymbol: Sendable {
  /// Its name without `CONFIG_`.
  public var name: String
  /// The first version that has it so; nil for the first there is.
  public var from: KernelVersion?
  /// The first version behind those that have it so; nil for none.
  public var before: KernelVersion?
  /// The directory under `arch/` to which it belongs; others do not have it.
  public var architecture: String?
  /// What it follows from.
  public var value: KconfigExpression?
  /// Has no prompt: y only where it is selected.
  public var isSelectedOnly = false
  /// Is some kernel's symbol of HVO itself.
  public var isFeature = false
  /// Its `depends on`: where this is n, so is the symbol, unless a select forces it.
  public var depends: KconfigExpression?
  /// The choice that it is a member of, by any name: one of those that can be y is y.
  public var choice: String?
  /// It can be y only with base pages of so many bytes.
  public var pageSize: UInt64?
  /// Holds a number, not y or n: nothing is ever assumed of it.
  public var isInteger = false

  /// Whether a version has the symbol so.
  func holds(in version: KernelVersion) -> Bool {
    (from.map { $0 <= version } ?? true) && (before.map { version < $0 } ?? true)
  }
}
