/// Everything that the values of some symbols depend on, whatever the user says: a few hundred symbols of a kernel's
/// twenty thousand.
struct DependencyCone {
  /// Whether a symbol is in it, by number. A choice is in it with all that it contains.
  private(set) var contains: [Bool]
  /// Comparisons between symbols, by the number of the expression.
  private(set) var comparisons: [Int32] = []
  private let model: KconfigModel
  private var waiting: [Int32] = []
  private var isExpressionMet: [Bool]

  init(of targets: [Int32], in model: KconfigModel) {
    self.model = model
    contains = [Bool](repeating: false, count: model.symbols.count)
    isExpressionMet = [Bool](repeating: false, count: model.expressions.count)
    for target in targets { meet(target) }
    for requirement in model.requirements { read(requirement) }
    while let symbol = waiting.popLast() { follow(symbol) }
  }

  /// How many symbols with a name are in it.
  var count: Int {
    contains.indices.count { contains[$0] && !model.symbols[$0].isConstant && model.symbols[$0].name >= 0 }
  }

  private mutating func meet(_ symbol: Int32) {
    guard symbol >= 0, !contains[Int(symbol)] else { return }
    contains[Int(symbol)] = true
    waiting.append(symbol)
  }

  private mutating func follow(_ symbol: Int32) {
    let record = model.symbols[Int(symbol)]
    if record.type == .tristate { meet(model.modules) }
    for prompt in model.index.prompts(of: Int(symbol)) { read(model.index.prompts[prompt]) }
    for number in model.index.defaults(of: Int(symbol)) {
      read(model.index.defaults[number].condition)
      read(model.index.defaults[number].value)
    }
    for number in model.index.ranges(of: Int(symbol)) {
      read(model.index.ranges[number].condition)
      read(model.index.ranges[number].value)
    }
    read(record.dependency)
    read(record.selection)
    read(record.implication)
    meet(model.choices[Int(symbol)])
    if record.isChoice {
      for member in (model.choiceEntries[symbol] ?? []) + (model.members[symbol] ?? []) { meet(member) }
    }
  }

  private mutating func read(_ expression: Int32) {
    var open = [expression]
    while let expression = open.popLast() {
      guard expression != ExpressionStore.none, !isExpressionMet[Int(expression)] else { continue }
      isExpressionMet[Int(expression)] = true
      let (first, second) = (model.expressions.first(expression), model.expressions.second(expression))
      switch model.expressions.kind(expression) {
      case .and, .or: open += model.expressions.operands(expression)
      case .not: open.append(first)
      case .symbol: meet(first)
      case .range:
        meet(first)
        meet(second)
      default:
        comparisons.append(expression)
        meet(first)
        meet(second)
      }
    }
  }
}
