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
  /// How many `if`, `menu` and `choice` blocks are open at a place.
  public var blockDepth = 1_000
  /// How many `(` and `!` are open at a place of an expression.
  public var expressionDepth = KconfigExpression.deepestNesting
  /// Messages; a tree with CR LF line ends has one for each of its lines.
  public var messages = 1 << 18
  /// Operands of all distinct expressions together.
  public var operands = 32 << 20
  /// Steps of simplifying expressions and of building submenus.
  public var steps = 1_000_000_000

  /// The limits that fit any kernel.
  public init() {}
}
