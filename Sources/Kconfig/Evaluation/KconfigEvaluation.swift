/// The values that the symbols of a model have for what a user said: a value of its own, of which there may be many.
///
/// Kernel: scripts/kconfig/symbol.c. `conf` computes a value when somebody asks for it; here all are computed in an order
/// in which nothing is asked for before it is known, so that no chain of dependencies is too long.
///
/// One of three evaluators. `KconfigExpression` evaluates single conditions, where a value may be unknown.
/// `ConfigurationCircuit` says with literals of a formula what is computed here with values; each solution of the formula
/// is confirmed here, so that a mistake in one of both shows.
public struct KconfigEvaluation: Sendable {
  /// What is evaluated.
  public let model: KconfigModel
  var user: UserValues
  private(set) var values: SymbolValues
  /// What the prompts allow the user.
  private(set) var visibility: IDTable<SymbolID, Tristate>
  private(set) var dependency: IDTable<SymbolID, Tristate>
  private(set) var selection: IDTable<SymbolID, Tristate>
  private(set) var implication: IDTable<SymbolID, Tristate>
  /// Whether a `.config` file has a line for the symbol.
  private(set) var isWritten: IDTable<SymbolID, Bool>
  private(set) var choiceSymbols: ChoiceSymbolStates
  /// Whether there are modules, as the symbols that were computed last knew it.
  private(set) var modules = Tristate.n
  /// The symbols that are selected although what they depend on is not given.
  private(set) var unmet: [SymbolID] = []
  private var truths: ExpressionTruths
  let initialValues: SymbolValues
  /// The symbols and choices whose values are computed, each behind what it depends on.
  private let order: [SymbolID]

  /// An evaluation of a model of which the user said nothing yet.
  public init(_ model: KconfigModel) {
    self.init(model, order: model.evaluationOrder)
  }

  /// An evaluation of a cone only; what lies outside has no values.
  init(_ model: KconfigModel, inside cone: DependencyCone) {
    self.init(model, order: model.evaluationOrder.filter { cone.contains[$0] })
  }

  private init(_ model: KconfigModel, order: [SymbolID]) {
    self.model = model
    self.order = order
    user = UserValues(model)
    initialValues = SymbolValues(initial: model)
    values = initialValues
    let nothing = IDTable<SymbolID, Tristate>(repeating: .n, count: model.symbols.count)
    (visibility, dependency, selection, implication) = (nothing, nothing, nothing, nothing)
    isWritten = IDTable(repeating: false, count: model.symbols.count)
    choiceSymbols = ChoiceSymbolStates(count: model.symbols.count)
    truths = ExpressionTruths(count: model.expressions.count)
  }

  /// The value of a bool or tristate; n for all others.
  func truth(_ symbol: SymbolID) -> Tristate { values.truth[symbol] }

  // MARK: all symbols

  /// Computes all values anew.
  mutating func evaluate() {
    values = initialValues
    unmet = []
    choiceSymbols.forget()
    forgetExpressions()
    for unit in order {
      compute(unit)
      if unit == model.modules { modules = truth(unit) }
    }
  }

  /// Computes what `conf` would compute anew, from what it would not, which keeps the value that it was given then.
  mutating func evaluate(keeping valid: ConfEvaluationOrder) {
    let before = values
    values = initialValues
    for symbol in model.symbols.ids where valid.contains(symbol) { values.take(symbol, from: before) }
    unmet = unmet.filter { valid.contains($0) }
    choiceSymbols.forget()
    forgetExpressions()
    for unit in order {
      let members = model.symbols[unit].isChoice ? model.members[unit] ?? [] : []
      if valid.contains(unit) {
        for member in members where !valid.contains(member) { computeSymbol(member) }
      } else {
        compute(unit)
        for member in members where valid.contains(member) { values.take(member, from: before) }
      }
    }
  }

  mutating func forgetExpressions() { truths.forget() }

  /// Computes one value anew and leaves those that depend on it.
  mutating func reevaluate(_ symbol: SymbolID) {
    forgetExpressions()
    values.set(symbol, to: initialValues.text[symbol])
    compute(symbol)
  }

  private mutating func compute(_ unit: SymbolID) {
    if model.symbols[unit].isConstant { return }
    if model.symbols[unit].type == .unknown { return computeMembers(ofUntyped: unit) }
    computeSymbol(unit)
    guard model.symbols[unit].isChoice else { return }
    switch model.language.choices {
    case .choiceSymbol: computeChoiceSymbol(unit)
    case .memberPriority: computePriorityChoice(unit)
    }
    isWritten[unit] = false
  }

  // MARK: one symbol

  mutating func computeSymbol(_ symbol: SymbolID) {
    computeVisibility(symbol)
    isWritten[symbol] = visibility[symbol] != .n
    if effectiveType(symbol).isLogical {
      computeTruth(symbol)
      takeOverTransition(symbol)
    } else {
      computeText(symbol)
      takeOverTransition(symbol)
      limit(symbol)
    }
    if model.symbols[symbol].isTransitional { isWritten[symbol] = false }
  }

  mutating func computeVisibility(_ symbol: SymbolID) {
    let record = model.symbols[symbol]
    if record.isTransitional {
      visibility[symbol] = .y
      return
    }
    var visible = Tristate.n
    for prompt in model.index.prompts(of: symbol) {
      var value = evaluate(model.index.prompts[prompt])
      if value == .m, hidesModule(record.choice, record.type) { value = .n }
      visible = max(visible, value)
    }
    if visible == .m, record.type != .tristate || modules == .n { visible = .y }
    visibility[symbol] = visible
    // Dependencies and selections mean nothing to the member of a choice.
    if record.isMember { return }
    let isBool = effectiveType(symbol) == .bool
    dependency[symbol] = record.dependency.isEmpty ? .y : promoted(record.dependency, isBool)
    selection[symbol] = record.selection.isEmpty ? .n : promoted(record.selection, isBool)
    implication[symbol] = record.implication.isEmpty ? .n : promoted(record.implication, isBool)
  }

  /// Whether a choice symbol that is y hides the prompt of a member that could be m only.
  func hidesModule(_ choice: SymbolID?, _ type: KconfigType) -> Bool {
    guard let choice, type == .tristate else { return false }
    return truth(choice) == .y
  }

  /// The value of a condition, for a bool without m.
  private mutating func promoted(_ expression: ExpressionID, _ isBool: Bool) -> Tristate {
    let value = evaluate(expression)
    return isBool && value == .m ? .y : value
  }

  /// A tristate without modules is a bool; so is the chosen member of a choice symbol.
  func effectiveType(_ symbol: SymbolID) -> KconfigType {
    let record = model.symbols[symbol]
    guard record.type == .tristate else { return record.type }
    if record.choice != nil, visibility[symbol] == .y { return .bool }
    return modules == .n ? .bool : .tristate
  }

  private mutating func computeTruth(_ symbol: SymbolID) {
    let record = model.symbols[symbol]
    var value = Tristate.n
    if let choice = record.choice, visibility[symbol] == .y {
      value = choiceSymbols.chosen(choice) == symbol ? .y : .n
    } else {
      if visibility[symbol] != .n, user.isSet[symbol] {
        value = min(user.truth[symbol], visibility[symbol])
      } else {
        if selection[symbol] != .n { isWritten[symbol] = true }
        if !record.isChoice { value = valueWithoutUser(symbol) }
      }
      if dependency[symbol] < selection[symbol] { unmet.append(symbol) }
      value = max(value, selection[symbol])
    }
    if value == .m, effectiveType(symbol) == .bool { value = .y }
    values.set(symbol, to: value)
  }

  private mutating func valueWithoutUser(_ symbol: SymbolID) -> Tristate {
    var value = Tristate.n
    if let property = activeDefault(symbol) {
      value = min(evaluate(property.value), evaluate(property.condition))
      if value != .n { isWritten[symbol] = true }
    }
    if implication[symbol] != .n {
      isWritten[symbol] = true
      value = min(max(value, implication[symbol]), dependency[symbol])
    }
    return value
  }

  private mutating func computeText(_ symbol: SymbolID) {
    if visibility[symbol] != .n, user.isSet[symbol] {
      if let text = user.textID(of: symbol) { values.set(symbol, to: TextReference(text)) }
      return
    }
    guard let property = activeDefault(symbol), model.expressions.kind(property.value) == .symbol else { return }
    isWritten[symbol] = true
    values.set(symbol, to: textTaken(from: model.expressions.symbol(property.value)))
  }

  /// Moves a number to the bound that it lies beyond.
  private mutating func limit(_ symbol: SymbolID) {
    guard let base = model.symbols[symbol].type.base, let range = activeRange(symbol) else { return }
    let value = Int64(saturating: bytes(of: symbol), base: base)
    if value < bound(range.lower, base) {
      values.set(symbol, to: textTaken(from: range.lower))
    } else if value > bound(range.upper, base) {
      values.set(symbol, to: textTaken(from: range.upper))
    }
  }

  /// What the user said about the old name of a symbol counts as said about the symbol from now on.
  ///
  /// Kernel: the end of `sym_calc_value` in scripts/kconfig/symbol.c of v6.18.
  private mutating func takeOverTransition(_ symbol: SymbolID) {
    guard model.language.has(.transitionalSymbols), !user.isSet[symbol], model.choice(of: symbol) == nil,
      let property = activeDefault(symbol), isFromTransition(property)
    else { return }
    if model.symbols[symbol].type.isLogical {
      user.set(symbol, truth: truth(symbol))
    } else {
      user.set(symbol, text: Array(bytes(of: symbol)))
    }
  }

  // MARK: what choices set

  /// Gives a choice symbol its state; the member that it has is computed afterwards.
  mutating func setChoiceSymbol(_ choice: SymbolID, chosen: SymbolID?) { choiceSymbols.choose(chosen, of: choice) }

  /// Notes that a choice symbol looked for a member to pick.
  mutating func setDecided(_ choice: SymbolID, isAnswered: Bool) {
    choiceSymbols.decide(choice, isAnswered: isAnswered)
  }

  mutating func setTruth(_ symbol: SymbolID, _ value: Tristate) { values.set(symbol, to: value) }
  mutating func setVisibility(_ symbol: SymbolID, _ value: Tristate) { visibility[symbol] = value }
  mutating func setWritten(_ symbol: SymbolID, _ value: Bool) { isWritten[symbol] = value }

  // MARK: expressions

  /// The value of an expression; that of none is y.
  mutating func evaluate(_ expression: ExpressionID) -> Tristate {
    if expression.isEmpty { return .y }
    if let known = truths[expression] { return known }
    let value = evaluateAnew(expression)
    truths.set(expression, to: value)
    return value
  }

  private mutating func evaluateAnew(_ expression: ExpressionID) -> Tristate {
    switch model.expressions.kind(expression) {
    case .symbol:
      return truth(model.expressions.symbol(expression))
    case .and:
      var value = Tristate.y
      for index in model.expressions.operandRange(expression) {
        value = min(value, evaluate(model.expressions.operands[index]))
      }
      return value
    case .or:
      var value = Tristate.n
      for index in model.expressions.operandRange(expression) {
        value = max(value, evaluate(model.expressions.operands[index]))
      }
      return value
    case .not:
      return !evaluate(model.expressions.operand(expression))
    case .range:
      return .n
    default:
      return compare(expression) ? .y : .n
    }
  }
}
