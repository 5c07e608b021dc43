public import Kconfig

/// A Kconfig symbol that hvocheck knows.
public struct KnownSymbol: Sendable {
  /// Its name without `CONFIG_`.
  public var name: String
  /// The directory under `arch/` to which it belongs; n for all others.
  public var architecture: String?
  /// What it follows from.
  public var value: KconfigExpression?
  /// Has no prompt: y only where it is selected.
  public var isSelectedOnly: Bool
  /// Is some kernel's symbol of HVO itself.
  public var isFeature = false
  /// Its `depends on`: where this is n, so is the symbol, unless a select forces it.
  public var depends: KconfigExpression?
  /// Holds a number, not y or n: nothing is ever assumed of it.
  public var isInteger = false
}
