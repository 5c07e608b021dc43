public import Diagnostics

/// A Kconfig expression, such as `HUGETLB_PAGE && (64BIT || PAGE_SIZE_4KB != n)`.
///
/// Comparisons bind tightest and only join names and constants, then `!`, `&&`, `||`; so `!A = n` is `!(A = n)`. Kernel:
/// scripts/kconfig/parser.y. Equality includes the places.
///
/// The nodes lie in one array, children before parents, so that neither reading nor evaluating nor freeing a chain of
/// any length recurses.
public struct KconfigExpression: Sendable, Hashable {
  enum Shape: Sendable, Hashable {
    case operand(Int)
    case comparison(left: Int, KconfigRelation, right: Int)
    case not(Int)
    case and(Int, Int)
    case or(Int, Int)
  }

  struct Node: Sendable, Hashable {
    var shape: Shape
    var start: SourcePosition
    var end: SourcePosition
  }

  /// How many `(` and `!` may be open at a place.
  public static let deepestNesting = 200

  /// All names and constants in text order.
  public let operands: [KconfigOperand]
  /// Children before parents, the root last; never empty.
  let nodes: [Node]
  private let path: String

  /// Made by the parser only.
  init(operands: [KconfigOperand], nodes: [Node], path: String) {
    self.operands = operands
    self.nodes = nodes
    self.path = path
  }

  /// Reads an expression; line ends count as blanks.
  /// - Complexity: O(length)
  /// - Throws: the first mistake, with its place in the file that holds the text.
  public static func parse(_ text: EmbeddedText) throws(Diagnostic) -> KconfigExpression {
    var parser = ConditionParser(text)
    return try parser.parse()
  }

  /// The bare words in text order, for the caller to check against the words it knows.
  public var symbols: [KconfigOperand] {
    operands.filter(\.isName)
  }

  /// The comparisons in text order, for the caller to check what a fact may be compared with.
  public var comparisons: [KconfigComparison] {
    nodes.compactMap { node in
      guard case .comparison(let left, let relation, let right) = node.shape else { return nil }
      return KconfigComparison(left: operands[left], relation: relation, right: operands[right])
    }
  }

  /// The place of the whole expression, without parentheses around it.
  public var range: SourceRange {
    guard let root = nodes.last else { return .startOfFile(path) }
    return SourceRange(path: path, start: root.start, end: root.end)
  }
}
