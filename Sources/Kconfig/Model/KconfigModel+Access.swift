/// What a model says about one symbol, constant or choice. Symbols and expressions are known by number.
public struct KconfigSymbol: Sendable, Hashable {
  /// Something that counts under a condition.
  public struct Property: Sendable, Hashable {
    /// When it counts, with all that its place depends on; nil for always.
    public let condition: Int?
    /// The expression of a default, the symbol that is selected, or the bounds of a range.
    public let value: Int
    /// Where it stands.
    public let place: KconfigPlace
  }

  /// Its number.
  public let number: Int
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
  public let choice: Int?
  /// The members of a choice, in the order of its statements.
  public let members: [Int]
  /// What it depends on, over all definitions; nil for nothing.
  public let dependency: Int?
  /// When it is selected; nil for never. Members of choices cannot be selected.
  public let selection: Int?
  /// When it is implied; nil for never.
  public let implication: Int?
  /// The conditions of its prompts; nil stands for always.
  public let prompts: [Int?]
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

/// One node of an expression. Operands have lower numbers than the expressions that they belong to.
public enum KconfigNode: Sendable, Hashable {
  /// The value of a symbol.
  case symbol(Int)
  /// A comparison of two symbols.
  case comparison(left: Int, KconfigRelation, right: Int)
  /// The negation of an expression.
  case not(Int)
  /// All of at least two expressions.
  case all([Int])
  /// One of at least two expressions.
  case any([Int])
  /// The two symbols that bound a range.
  case range(lower: Int, upper: Int)
}

extension KconfigModel {
  /// How many symbols there are; their numbers begin with 0, 1 and 2 for the constants y, m and n.
  public var symbolCount: Int { symbols.count }

  /// How many expressions there are; their numbers begin with 1.
  public var expressionCount: Int { expressions.count - 1 }

  /// The symbol with `modules`; the constant n where there is none.
  public var modulesSymbol: Int { Int(modules) }

  /// The number of a symbol, by its name without `CONFIG_`.
  public func number(of name: String) -> Int? {
    symbol(named: Array(name.utf8).span).map(Int.init)
  }

  /// The name of a symbol, without `CONFIG_`; empty for a choice without one.
  public func name(of number: Int) -> String {
    symbols[number].name < 0 ? "" : names.text(symbols[number].name)
  }

  /// The type of a symbol.
  public func type(of number: Int) -> KconfigType { symbols[number].type }

  /// A node of an expression.
  /// - Parameter expression: a number that the model gave.
  public func node(_ expression: Int) -> KconfigNode {
    let number = Int32(expression)
    let first = Int(expressions.first(number))
    switch expressions.kind(number) {
    case .symbol: return .symbol(first)
    case .not: return .not(first)
    case .and: return .all(expressions.operands(number).map(Int.init))
    case .or: return .any(expressions.operands(number).map(Int.init))
    case .range: return .range(lower: first, upper: Int(expressions.second(number)))
    case let comparison:
      guard let relation = comparison.relation else { return .symbol(first) }
      return .comparison(left: first, relation, right: Int(expressions.second(number)))
    }
  }

  /// All that the model says about a symbol.
  /// - Parameter number: a number that the model gave.
  /// - Complexity: O(properties of the symbol)
  public func symbol(_ number: Int) -> KconfigSymbol {
    let record = symbols[number]
    let all = properties(of: Int32(number))
    func those(_ kind: PropertyRecord.Kind) -> [KconfigSymbol.Property] {
      all.filter { $0.kind == kind }.map {
        KconfigSymbol.Property(condition: Self.optional($0.condition), value: Int($0.value), place: place(of: $0))
      }
    }
    return KconfigSymbol(
      number: number, name: record.name < 0 ? "" : names.text(record.name), type: record.type,
      isConstant: record.isConstant, isChoice: record.isChoice, isOptional: record.isOptional,
      choice: choices[number] < 0 ? nil : Int(choices[number]),
      members: (choiceEntries[Int32(number)] ?? []).map(Int.init), dependency: Self.optional(record.dependency),
      selection: Self.optional(record.selection), implication: Self.optional(record.implication),
      prompts: index.prompts(of: number).map { Self.optional(index.prompts[$0]) }, defaults: those(.default),
      ranges: those(.range), selects: those(.select), implies: those(.imply),
      definitions: definitions(of: Int32(number)).map(place))
  }

  private static func optional(_ expression: Int32) -> Int? {
    expression == ExpressionStore.none ? nil : Int(expression)
  }
}
