/// Which symbols `conf` would have computed by now.
///
/// `conf` computes a value when somebody asks for it, and warns when it does; here all values are computed at once. What has
/// been asked for decides which warnings come, in which order, and before or after what else is said.
///
/// Kernel: `SYMBOL_VALID`, `sym_calc_value` and `sym_clear_all_valid` in scripts/kconfig/symbol.c.
struct ConfEvaluationOrder: Sendable {
  private var isAsked: [Bool]
  /// Large expressions whose symbols have been asked for, and choices all of whose members have been looked at.
  private var areSymbolsAsked: [Bool]
  private var areMembersAsked: [Bool]
  /// Of each priority choice the member that was asked for first.
  private(set) var firstMembers: [Int32: Int32] = [:]
  /// The values as `conf` knows them: what has not been asked for again keeps its old one.
  private(set) var known: KconfigEvaluation.Values
  /// What prompts allowed the user when `conf` last looked.
  private var visibility: [UInt8]

  init(_ evaluation: KconfigEvaluation) {
    isAsked = [Bool](repeating: false, count: evaluation.model.symbols.count)
    areMembersAsked = isAsked
    areSymbolsAsked = [Bool](repeating: false, count: evaluation.model.expressions.count)
    known = evaluation.initialValues
    visibility = [UInt8](repeating: KconfigEvaluation.no, count: evaluation.model.symbols.count)
  }

  /// Whether a symbol has been asked for.
  func contains(_ symbol: Int32) -> Bool { isAsked[Int(symbol)] }

  /// Nothing has been asked for.
  mutating func forget() {
    for symbol in isAsked.indices { isAsked[symbol] = false }
    firstMembers = [:]
    forgetRelations()
  }

  /// It has to be asked for again.
  mutating func forget(_ symbol: Int32) {
    isAsked[Int(symbol)] = false
    forgetRelations()
  }

  private mutating func forgetRelations() {
    for expression in areSymbolsAsked.indices { areSymbolsAsked[expression] = false }
    for choice in areMembersAsked.indices { areMembersAsked[choice] = false }
  }

  /// What is left to be asked for on behalf of a symbol; -1 stands for its warning.
  private struct Frame {
    let symbol: Int32
    let asks: [Int32]
    var next = 0
  }

  /// Asks for symbols and for all that they depend on.
  /// - Returns: those that were asked for the first time and are selected against what they depend on, in order.
  mutating func ask(for roots: some Sequence<Int32>, in evaluation: inout KconfigEvaluation) -> [Int32] {
    let unmet = Set(evaluation.unmet)
    var met: [Int32] = []
    var stack: [Frame] = []
    for root in roots where !isAsked[Int(root)] {
      meet(root, evaluation.model)
      stack.append(Frame(symbol: root, asks: asks(of: root, &evaluation)))
      while let top = stack.indices.last {
        guard stack[top].next < stack[top].asks.count else {
          let symbol = stack.removeLast().symbol
          compute(symbol, &evaluation)
          if evaluation.model.symbols[Int(symbol)].isChoice { lookAtMembers(of: symbol, for: stack, &evaluation) }
          continue
        }
        let next = stack[top].asks[stack[top].next]
        stack[top].next += 1
        if next < 0 {
          if unmet.contains(stack[top].symbol) { met.append(stack[top].symbol) }
        } else if !isAsked[Int(next)] {
          meet(next, evaluation.model)
          stack.append(Frame(symbol: next, asks: asks(of: next, &evaluation)))
        }
      }
    }
    return met
  }

  private mutating func meet(_ symbol: Int32, _ model: KconfigModel) {
    isAsked[Int(symbol)] = true
    let choice = model.choices[Int(symbol)]
    if choice >= 0, firstMembers[choice] == nil { firstMembers[choice] = symbol }
  }

  private mutating func compute(_ symbol: Int32, _ evaluation: inout KconfigEvaluation) {
    known.take(symbol, from: evaluation.values)
    visibility[Int(symbol)] = evaluation.visibility[Int(symbol)]
    if evaluation.unanswered.contains(symbol) { evaluation.user.isSet[Int(symbol)] = false }
    // v6.12 computes all members of a choice at once.
    let choice = evaluation.model.choices[Int(symbol)]
    guard choice >= 0, evaluation.model.language.choices == .memberPriority else { return }
    for entry in evaluation.model.choiceEntries[choice] ?? []
    where evaluation.visibility[Int(entry)] != KconfigEvaluation.no {
      isAsked[Int(entry)] = true
      known.take(entry, from: evaluation.values)
    }
  }

  /// A choice symbol that picks a member looks at all of them. Else it gives a line to those that could be seen when they
  /// were last looked at, which is kept by those that are computed just now.
  private mutating func lookAtMembers(
    of choice: Int32, for asking: [Frame], _ evaluation: inout KconfigEvaluation
  ) {
    let model = evaluation.model
    guard model.language.choices == .choiceSymbol else { return }
    if evaluation.decided.contains(choice) {
      for member in model.members[choice] ?? [] { visibility[Int(member)] = evaluation.visibility[Int(member)] }
    } else if max(evaluation.visibility[Int(choice)], evaluation.selection[Int(choice)]) != KconfigEvaluation.no {
      for frame in asking
      where model.symbols[Int(frame.symbol)].choice == choice && visibility[Int(frame.symbol)] != KconfigEvaluation.no {
        evaluation.setWritten(frame.symbol, true)
      }
    }
  }

  /// The symbols that computing one asks for, in order. Kernel: `sym_calc_value` in scripts/kconfig/symbol.c.
  private mutating func asks(of symbol: Int32, _ evaluation: inout KconfigEvaluation) -> [Int32] {
    let model = evaluation.model
    let index = Int(symbol)
    let record = model.symbols[index]
    var list: [Int32] = []
    if record.type == .unknown || record.isConstant { return [] }
    for prompt in model.index.prompts(of: index) { collect(model.index.prompts[prompt], model, &list) }
    if model.choices[index] >= 0, model.language.choices == .memberPriority {
      askForMembers(of: model.choices[index], evaluation, &list)
      return list
    }
    collect(record.dependency, model, &list)
    collect(record.selection, model, &list)
    collect(record.implication, model, &list)
    let isVisible = evaluation.visibility[index] != KconfigEvaluation.no
    let isSet = isVisible && evaluation.user.isSet[index]
    if !isSet, !record.isChoice, !(record.choice >= 0 && evaluation.visibility[index] == KconfigEvaluation.yes) {
      collectFirst(of: model.index.defaults[model.index.defaults(of: index)], &evaluation, &list)
    }
    list.append(-1)
    if record.isChoice, model.language.choices == .choiceSymbol { askForMembers(of: symbol, evaluation, &list) }
    collectFirst(of: model.index.ranges[model.index.ranges(of: index)], &evaluation, &list)
    return list
  }

  /// The symbols of the conditions up to the first that is given, and of what counts then.
  private mutating func collectFirst(
    of properties: ArraySlice<PropertyIndex.Default>, _ evaluation: inout KconfigEvaluation, _ list: inout [Int32]
  ) {
    let model = evaluation.model
    for property in properties {
      collect(property.condition, model, &list)
      guard evaluation.evaluate(property.condition) != KconfigEvaluation.no else { continue }
      collect(property.value, model, &list)
      return
    }
  }

  private mutating func askForMembers(
    of choice: Int32, _ evaluation: KconfigEvaluation, _ list: inout [Int32]
  ) {
    guard !areMembersAsked[Int(choice)] else { return }
    areMembersAsked[Int(choice)] = true
    let model = evaluation.model
    let members =
      model.language.choices == .memberPriority
      ? evaluation.user.members(of: choice, model) : model.members[choice] ?? []
    for member in members {
      for prompt in model.index.prompts(of: Int(member)) { collect(model.index.prompts[prompt], model, &list) }
    }
    for number in model.index.defaults(of: Int(choice)) {
      collect(model.index.defaults[number].condition, model, &list)
    }
  }

  /// Expressions with more symbols are gone through once: a tree may have any number of symbols share a huge one.
  private static let manySymbols = 256

  /// The symbols of an expression, unless they are many and have been asked for on behalf of another symbol.
  private mutating func collect(_ expression: Int32, _ model: KconfigModel, _ list: inout [Int32]) {
    guard expression != ExpressionStore.none, !areSymbolsAsked[Int(expression)] else { return }
    let count = list.count
    model.expressions.collectSymbols(expression, into: &list)
    areSymbolsAsked[Int(expression)] = list.count - count > Self.manySymbols
  }
}
