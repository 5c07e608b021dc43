/// Which symbols `conf` would have calculated by now, and with what values.
///
/// `conf` calculates a value when it needs it, and warns when it does; here all values are computed at once. What `conf` has
/// calculated decides which warnings come, in which order, and before or after what else is said.
///
/// Kernel: `SYMBOL_VALID`, `sym_calc_value` and `sym_clear_all_valid` in scripts/kconfig/symbol.c.
struct ConfEvaluationOrder: Sendable {
  private var isValid: IDTable<SymbolID, Bool>
  /// Large expressions whose symbols have been calculated, and choices all of whose members have been looked at.
  private var areSymbolsValid: IDTable<ExpressionID, Bool>
  private var areMembersSeen: IDTable<SymbolID, Bool>
  /// Of each priority choice the member that was calculated first.
  private(set) var firstMembers: [SymbolID: SymbolID] = [:]
  /// The values as `conf` knows them: what has not been calculated again keeps its old one.
  private(set) var values: SymbolValues
  /// What prompts allowed the user when `conf` last looked.
  private var visibility: IDTable<SymbolID, Tristate>

  init(_ evaluation: KconfigEvaluation) {
    let count = evaluation.model.symbols.count
    isValid = IDTable(repeating: false, count: count)
    areMembersSeen = isValid
    areSymbolsValid = IDTable(repeating: false, count: evaluation.model.expressions.count)
    values = evaluation.initialValues
    visibility = IDTable(repeating: .n, count: count)
  }

  /// Whether a symbol has been calculated.
  func contains(_ symbol: SymbolID) -> Bool { isValid[symbol] }

  /// Makes all symbols be calculated again.
  mutating func invalidateAll() {
    isValid.fill(with: false)
    firstMembers = [:]
    forgetRelations()
  }

  /// Makes a symbol be calculated again.
  mutating func invalidate(_ symbol: SymbolID) {
    isValid[symbol] = false
    forgetRelations()
  }

  private mutating func forgetRelations() {
    areSymbolsValid.fill(with: false)
    areMembersSeen.fill(with: false)
  }

  // MARK: the order

  /// A symbol that is being calculated.
  private struct Frame {
    let symbol: SymbolID
    /// The symbols that it needs, in order.
    var needed: [SymbolID] = []
    /// How many of these come before its own warning; nil where it has none.
    var warning: Int?
    var next = 0

    /// Whether it is time for the symbol's own warning.
    var isAtWarning: Bool { next == warning }
  }

  /// Calculates symbols and all that they depend on.
  /// - Returns: those that were calculated now and are selected against what they depend on, in order.
  mutating func calculate(
    _ roots: some Sequence<SymbolID>, in evaluation: inout KconfigEvaluation
  ) -> [SymbolID] {
    let unmet = Set(evaluation.unmet)
    var warned: [SymbolID] = []
    var stack: [Frame] = []
    for root in roots {
      enter(root, &stack, &evaluation)
      while let top = stack.indices.last {
        if stack[top].isAtWarning {
          stack[top].warning = nil
          if unmet.contains(stack[top].symbol) { warned.append(stack[top].symbol) }
        }
        if stack[top].next < stack[top].needed.count {
          stack[top].next += 1
          enter(stack[top].needed[stack[top].next - 1], &stack, &evaluation)
        } else {
          leave(&stack, &evaluation)
        }
      }
    }
    return warned
  }

  private mutating func enter(_ symbol: SymbolID, _ stack: inout [Frame], _ evaluation: inout KconfigEvaluation) {
    if isValid[symbol] { return }
    isValid[symbol] = true
    if let choice = evaluation.model.choice(of: symbol), firstMembers[choice] == nil { firstMembers[choice] = symbol }
    stack.append(frame(of: symbol, &evaluation))
  }

  private mutating func leave(_ stack: inout [Frame], _ evaluation: inout KconfigEvaluation) {
    let symbol = stack.removeLast().symbol
    take(symbol, &evaluation)
    if evaluation.model.symbols[symbol].isChoice { lookAtMembers(of: symbol, for: stack, &evaluation) }
  }

  /// Takes over the value of a symbol, and those that `conf` calculates with it.
  private mutating func take(_ symbol: SymbolID, _ evaluation: inout KconfigEvaluation) {
    values.take(symbol, from: evaluation.values)
    visibility[symbol] = evaluation.visibility[symbol]
    if evaluation.choiceSymbols.unanswered.contains(symbol) { evaluation.user.isSet[symbol] = false }
    // From v6.11 on all members of a choice are calculated at once.
    guard let choice = evaluation.model.choice(of: symbol), evaluation.model.language.choices == .memberPriority else {
      return
    }
    for entry in evaluation.model.choiceEntries[choice] ?? [] where evaluation.visibility[entry] != .n {
      isValid[entry] = true
      values.take(entry, from: evaluation.values)
    }
  }

  /// A choice symbol that picks a member looks at all its members. One that does not pick lets those members have a line
  /// that could be seen when `conf` last looked at them, of the members that are being calculated just now.
  private mutating func lookAtMembers(
    of choice: SymbolID, for open: [Frame], _ evaluation: inout KconfigEvaluation
  ) {
    let model = evaluation.model
    guard model.language.choices == .choiceSymbol else { return }
    if evaluation.choiceSymbols.decided.contains(choice) {
      for member in model.members[choice] ?? [] { visibility[member] = evaluation.visibility[member] }
    } else if max(evaluation.visibility[choice], evaluation.selection[choice]) != .n {
      for frame in open where model.symbols[frame.symbol].choice == choice && visibility[frame.symbol] != .n {
        evaluation.setWritten(frame.symbol, true)
      }
    }
  }

  // MARK: what a symbol needs

  /// What calculating a symbol needs. Kernel: `sym_calc_value` in scripts/kconfig/symbol.c.
  private mutating func frame(of symbol: SymbolID, _ evaluation: inout KconfigEvaluation) -> Frame {
    let model = evaluation.model
    let record = model.symbols[symbol]
    var frame = Frame(symbol: symbol)
    if record.type == .unknown || record.isConstant { return frame }
    for prompt in model.index.prompts(of: symbol) { collect(model.index.prompts[prompt], model, &frame.needed) }
    if let choice = model.choice(of: symbol), model.language.choices == .memberPriority {
      collectMembers(of: choice, evaluation, &frame.needed)
      return frame
    }
    collect(record.dependency, model, &frame.needed)
    collect(record.selection, model, &frame.needed)
    collect(record.implication, model, &frame.needed)
    let isSet = evaluation.visibility[symbol] != .n && evaluation.user.isSet[symbol]
    if !isSet, !record.isChoice, !(record.choice != nil && evaluation.visibility[symbol] == .y) {
      collectFirst(of: model.index.defaults[model.index.defaults(of: symbol)], &evaluation, &frame.needed)
    }
    frame.warning = frame.needed.count
    if record.isChoice, model.language.choices == .choiceSymbol {
      collectMembers(of: symbol, evaluation, &frame.needed)
    }
    collectFirst(of: model.index.ranges[model.index.ranges(of: symbol)], &evaluation, &frame.needed)
    return frame
  }

  /// The symbols of the conditions up to the first that is given, and of what counts then.
  private mutating func collectFirst(
    of properties: ArraySlice<PropertyIndex.Value>, _ evaluation: inout KconfigEvaluation, _ list: inout [SymbolID]
  ) {
    for property in properties {
      collect(property.condition, evaluation.model, &list)
      guard evaluation.evaluate(property.condition) != .n else { continue }
      collect(property.value, evaluation.model, &list)
      return
    }
  }

  private mutating func collectMembers(
    of choice: SymbolID, _ evaluation: KconfigEvaluation, _ list: inout [SymbolID]
  ) {
    guard !areMembersSeen[choice] else { return }
    areMembersSeen[choice] = true
    let model = evaluation.model
    let members =
      model.language.choices == .memberPriority
      ? evaluation.user.members(of: choice, model) : model.members[choice] ?? []
    for member in members {
      for prompt in model.index.prompts(of: member) { collect(model.index.prompts[prompt], model, &list) }
    }
    for number in model.index.defaults(of: choice) {
      collect(model.index.defaults[number].condition, model, &list)
    }
  }

  /// Expressions with more symbols are gone through once: a tree may have any number of symbols share a huge one.
  private static let manySymbols = 256

  /// The symbols of an expression, unless they are many and have been calculated on behalf of another symbol.
  private mutating func collect(_ expression: ExpressionID, _ model: KconfigModel, _ list: inout [SymbolID]) {
    guard !expression.isEmpty, !areSymbolsValid[expression] else { return }
    let count = list.count
    model.expressions.collectSymbols(expression, into: &list)
    areSymbolsValid[expression] = list.count - count > Self.manySymbols
  }
}
