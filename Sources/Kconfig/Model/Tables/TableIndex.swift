/// The number of an entry of a table. Entries of different tables have numbers of different types.
protocol TableIndex: Hashable, Comparable, Sendable {
  /// 0 for the first entry.
  var number: Int32 { get }

  init(number: Int32)
}

extension TableIndex {
  init(_ position: Int) {
    self.init(number: Int32(truncatingIfNeeded: position))
  }

  var position: Int { Int(number) }

  /// The number behind this one.
  var successor: Self { Self(number: number + 1) }

  static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// A symbol, a constant or a choice of a model, by its number.
public struct SymbolID: Hashable, Comparable, Sendable {
  let number: Int32

  /// The order in which the files first name symbols.
  public static func < (left: SymbolID, right: SymbolID) -> Bool { left.number < right.number }
}

extension SymbolID: TableIndex {
  /// The constant y.
  static var constantY: SymbolID { SymbolID(number: 0) }
  /// The constant m.
  static var constantM: SymbolID { SymbolID(number: 1) }
  /// The constant n.
  static var constantN: SymbolID { SymbolID(number: 2) }

  /// Whether it is one of the constants y, m and n.
  var isTristateConstant: Bool { number <= SymbolID.constantN.number }
}

/// An expression of a model, by its number. Operands have lower numbers than the expressions that they belong to.
public struct ExpressionID: Hashable, Comparable, Sendable {
  let number: Int32

  /// Operands come before the expressions that they belong to.
  public static func < (left: ExpressionID, right: ExpressionID) -> Bool { left.number < right.number }
}

extension ExpressionID: TableIndex {
  /// No expression: a condition that is not written counts as y, and what is not selected is selected by nothing. The first
  /// place of each table of expressions belongs to it, so that it needs no room and no question of its own.
  static var empty: ExpressionID { ExpressionID(number: 0) }

  var isEmpty: Bool { number == 0 }
}

/// An entry of the menu: a definition of a symbol, a choice, a menu, a comment or an `if`.
struct NodeID: TableIndex {
  let number: Int32

  /// The top of the menu.
  static var root: NodeID { NodeID(number: 0) }
}

/// What one statement says about a symbol or an entry.
struct PropertyID: TableIndex {
  let number: Int32
}

/// A text that is stored once: a name, a constant, a prompt or a path.
struct NameID: TableIndex {
  let number: Int32
}

/// A file, each time that it was opened.
struct FileID: TableIndex {
  let number: Int32
}
