/// What a model says about one symbol, constant or choice.
public struct KconfigSymbol: Sendable, Hashable {
  /// Something that counts under a condition.
  public struct Property: Sendable, Hashable {
    /// When it counts, with all that its place depends on; nil for always.
    public let condition: ExpressionID?
    /// The expression of a default, the symbol that is selected, or the bounds of a range.
    public let value: ExpressionID
    /// Where it stands.
    public let place: KconfigPlace
  }

  /// Its number.
  public let id: SymbolID
  /// Its name, or the text of a constant; empty for a choice without a name.
  public let name: String
  /// Its type.
  public let type: KconfigType
  /// Whether it is a constant.
  public let isConstant: Bool
  /// Whether it is a choice.
  public let isChoice: Bool
  /// Whether it is a choice symbol that may have no member.
  public let isOptional: Bool
  /// The choice that it is a member of; nil for none.
  public let choice: SymbolID?
  /// The members of a choice, in the order of its statements.
  public let members: [SymbolID]
  /// What it depends on, over all definitions; nil for nothing.
  public let dependency: ExpressionID?
  /// When it is selected; nil for never. Members of choices cannot be selected.
  public let selection: ExpressionID?
  /// When it is implied; nil for never.
  public let implication: ExpressionID?
  /// The conditions of its prompts; nil stands for always.
  public let prompts: [ExpressionID?]
  /// Its defaults; the first whose condition is given counts.
  public let defaults: [Property]
  /// Its ranges; the first whose condition is given counts.
  public let ranges: [Property]
  /// What it selects: values are expressions of one symbol.
  public let selects: [Property]
  /// What it implies: values are expressions of one symbol.
  public let implies: [Property]
  /// Where it is defined.
  public let definitions: [KconfigPlace]
}

/// One node of an expression.
public enum KconfigNode: Sendable, Hashable {
  /// The value of a symbol.
  case symbol(SymbolID)
  /// A comparison of two symbols.
  case comparison(left: SymbolID, KconfigRelation, right: SymbolID)
  /// The negation of an expression.
  case not(ExpressionID)
  /// All of at least two expressions.
  case all([ExpressionID])
  /// One of at least two expressions.
  case any([ExpressionID])
  /// The two symbols that bound a range.
  case range(lower: SymbolID, upper: SymbolID)
}

extension KconfigModel {
  /// All symbols, those first that the files name first; the constants y, m and n before all others.
  public var symbolIDs: [SymbolID] { Array(symbols.ids) }

  /// All expressions, operands before the expressions that they belong to.
  public var expressionIDs: [ExpressionID] { IDRange(count: expressions.count).dropFirst() + [] }

  /// The symbol with `modules`; the constant n where there is none.
  public var modulesSymbol: SymbolID { modules }

  /// A symbol, by its name without `CONFIG_`.
  public func symbolID(named name: String) -> SymbolID? { symbol(named: Array(name.utf8).span) }

  /// The name of a symbol, without `CONFIG_`; empty for a choice without one.
  public func name(of symbol: SymbolID) -> String { symbols[symbol].name.map { names.text($0) } ?? "" }

  /// The type of a symbol.
  public func type(of symbol: SymbolID) -> KconfigType { symbols[symbol].type }

  /// A node of an expression.
  public func node(_ expression: ExpressionID) -> KconfigNode {
    let kind = expressions.kind(expression)
    switch kind {
    case .symbol: return .symbol(expressions.symbol(expression))
    case .not: return .not(expressions.operand(expression))
    case .and: return .all(Array(expressions.operands(expression)))
    case .or: return .any(Array(expressions.operands(expression)))
    case .range: return .range(lower: expressions.symbol(expression), upper: expressions.rightSymbol(expression))
    case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let relation = kind.relation else { return .symbol(expressions.symbol(expression)) }
      return .comparison(
        left: expressions.symbol(expression), relation, right: expressions.rightSymbol(expression))
    }
  }

  /// All that the model says about a symbol.
  /// - Complexity: O(properties of the symbol)
  public func symbol(_ symbol: SymbolID) -> KconfigSymbol {
    let record = symbols[symbol]
    let all = Array(properties.properties(of: symbol))
    func those(_ kind: PropertyRecord.Kind) -> [KconfigSymbol.Property] {
      all.filter { $0.kind == kind }.map {
        KconfigSymbol.Property(condition: $0.condition.unlessEmpty, value: $0.value, place: place(of: $0))
      }
    }
    return KconfigSymbol(
      id: symbol, name: name(of: symbol), type: record.type, isConstant: record.isConstant, isChoice: record.isChoice,
      isOptional: record.isOptional, choice: choice(of: symbol), members: choiceEntries[symbol] ?? [],
      dependency: record.dependency.unlessEmpty, selection: record.selection.unlessEmpty,
      implication: record.implication.unlessEmpty,
      prompts: index.prompts(of: symbol).map { index.prompts[$0].unlessEmpty }, defaults: those(.default),
      ranges: those(.range), selects: those(.select), implies: those(.imply),
      definitions: menu.definitions(of: symbol).map { place(of: $0) })
  }
}

extension ExpressionID {
  /// Nil for the empty expression.
  fileprivate var unlessEmpty: ExpressionID? { isEmpty ? nil : self }
}
