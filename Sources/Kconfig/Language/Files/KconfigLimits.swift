/// What a tree may cost. Real kernels stay below a hundredth of each limit; files made to exhaust memory or time do not.
public struct KconfigLimits: Sendable, Hashable {
  /// How many files include one another.
  public var includeDepth = 256
  /// How many times a file is opened.
  public var files = 16_384
  /// Bytes of all files together.
  public var bytes = 256 << 20
  /// Bytes that macros expand to, all together.
  public var expandedBytes = 64 << 20
  /// References and function calls that are expanded, all together.
  public var expansions = 1_000_000
  /// Variables and functions of the macro language.
  public var variables = 100_000
  /// Entries of the menu.
  public var entries = 2_000_000
  /// What entries say of symbols: prompts, defaults, selects and so on.
  public var properties = 6_000_000
  /// Symbols and constants, defined or only named.
  public var symbols = 2_000_000
  /// How many `if`, `menu` and `choice` blocks are open at a place.
  public var blockDepth = 1_000
  /// How many `(` and `!` are open at a place of an expression.
  public var expressionDepth = KconfigExpression.deepestNesting
  /// Messages; a tree with CR LF line ends has one for each of its lines.
  public var messages = 1 << 18
  /// Operands of all distinct expressions together.
  public var operands = 12_000_000
  /// Steps of simplifying expressions and of building submenus.
  public var steps = 50_000_000

  /// The limits that fit any kernel.
  public init() {}
}
