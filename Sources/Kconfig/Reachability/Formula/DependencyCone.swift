/// Everything that the values of some symbols depend on, whatever the user says: a few hundred symbols of a kernel's
/// twenty thousand.
struct DependencyCone {
  /// Whether a symbol is in it. A choice is in it with all that it contains.
  private(set) var contains: IDTable<SymbolID, Bool>
  /// Comparisons between symbols.
  private(set) var comparisons: [ExpressionID] = []
  private let model: KconfigModel
  private var waiting: [SymbolID] = []
  private var isExpressionMet: IDTable<ExpressionID, Bool>

  init(of targets: [SymbolID], in model: KconfigModel) {
    self.model = model
    contains = IDTable(repeating: false, count: model.symbols.count)
    isExpressionMet = IDTable(repeating: false, count: model.expressions.count)
    for target in targets { meet(target) }
    for requirement in model.requirements { read(requirement) }
    while let symbol = waiting.popLast() { follow(symbol) }
  }

  /// How many symbols with a name are in it.
  var count: Int {
    contains.ids.count { contains[$0] && !model.symbols[$0].isConstant && model.symbols[$0].name != nil }
  }

  private mutating func meet(_ symbol: SymbolID) {
    if contains[symbol] { return }
    contains[symbol] = true
    waiting.append(symbol)
  }

  private mutating func follow(_ symbol: SymbolID) {
    let record = model.symbols[symbol]
    if record.type == .tristate { meet(model.modules) }
    for prompt in model.index.prompts(of: symbol) { read(model.index.prompts[prompt]) }
    for number in model.index.defaults(of: symbol) {
      read(model.index.defaults[number].condition)
      read(model.index.defaults[number].value)
    }
    for number in model.index.ranges(of: symbol) {
      read(model.index.ranges[number].condition)
      read(model.index.ranges[number].value)
    }
    read(record.dependency)
    read(record.selection)
    read(record.implication)
    if let choice = model.choice(of: symbol) { meet(choice) }
    if record.isChoice {
      for member in (model.choiceEntries[symbol] ?? []) + (model.members[symbol] ?? []) { meet(member) }
    }
  }

  private mutating func read(_ expression: ExpressionID) {
    var open = [expression]
    while let expression = open.popLast() {
      guard !expression.isEmpty, !isExpressionMet[expression] else { continue }
      isExpressionMet[expression] = true
      switch model.expressions.kind(expression) {
      case .and, .or: open += model.expressions.operands(expression)
      case .not: open.append(model.expressions.operand(expression))
      case .symbol: meet(model.expressions.symbol(expression))
      case .range, .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual:
        if model.expressions.kind(expression) != .range { comparisons.append(expression) }
        meet(model.expressions.symbol(expression))
        meet(model.expressions.rightSymbol(expression))
      }
    }
  }
}
