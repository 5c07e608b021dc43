/// Which symbols `conf` would have computed by now.
///
/// `conf` computes a value when somebody asks for it, and warns when it does; here all values are computed at once. What has
/// been asked for decides which warnings come, in which order, and before or after what else is said.
///
/// Kernel: `SYMBOL_VALID`, `sym_calc_value` and `sym_clear_all_valid` in scripts/kconfig/symbol.c.
struct AskedSymbols: Sendable {
  private var isAsked: [Bool]
  /// The values as `conf` knows them: what has not been asked for again keeps its old one.
  private(set) var known: KconfigEvaluation.Values

  init(_ evaluation: KconfigEvaluation) {
    isAsked = [Bool](repeating: false, count: evaluation.model.symbols.count)
    known = evaluation.initialValues
  }

  /// Nothing has been asked for.
  mutating func forget() {
    for symbol in isAsked.indices { isAsked[symbol] = false }
  }

  /// It has to be asked for again.
  mutating func forget(_ symbol: Int32) {
    isAsked[Int(symbol)] = false
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
      isAsked[Int(root)] = true
      stack.append(Frame(symbol: root, asks: evaluation.asks(of: root)))
      while let top = stack.indices.last {
        guard stack[top].next < stack[top].asks.count else {
          compute(stack.removeLast().symbol, evaluation)
          continue
        }
        let next = stack[top].asks[stack[top].next]
        stack[top].next += 1
        if next < 0 {
          if unmet.contains(stack[top].symbol) { met.append(stack[top].symbol) }
        } else if !isAsked[Int(next)] {
          isAsked[Int(next)] = true
          stack.append(Frame(symbol: next, asks: evaluation.asks(of: next)))
        }
      }
    }
    return met
  }

  private mutating func compute(_ symbol: Int32, _ evaluation: KconfigEvaluation) {
    known.take(symbol, from: evaluation.values)
    // v6.12 computes all members of a choice at once.
    let choice = evaluation.model.choices[Int(symbol)]
    guard choice >= 0, evaluation.model.profile.choices == .memberPriority else { return }
    for entry in evaluation.model.choiceEntries[choice] ?? []
    where evaluation.visibility[Int(entry)] != KconfigEvaluation.no {
      isAsked[Int(entry)] = true
      known.take(entry, from: evaluation.values)
    }
  }
}

extension KconfigEvaluation {
  /// The symbols that computing one asks for, in order. Kernel: `sym_calc_value` in scripts/kconfig/symbol.c.
  fileprivate mutating func asks(of symbol: Int32) -> [Int32] {
    let index = Int(symbol)
    let record = model.symbols[index]
    var list: [Int32] = []
    func collect(_ expression: Int32) { model.expressions.collectSymbols(expression, into: &list) }
    if record.type == .unknown || record.isConstant { return [] }
    for prompt in model.index.prompts(of: index) { collect(model.index.prompts[prompt]) }
    if model.choices[index] >= 0, model.profile.choices == .memberPriority {
      askForMembers(of: model.choices[index], &list)
      return list
    }
    collect(record.dependency)
    collect(record.selection)
    collect(record.implication)
    let isVisible = visibility[index] != Self.no
    let isSet = isVisible && user.isSet[index]
    if !isSet, !record.isChoice, !(record.choice >= 0 && visibility[index] == Self.yes) {
      for number in model.index.defaults(of: index) {
        let property = model.index.defaults[number]
        collect(property.condition)
        if evaluate(property.condition) != Self.no {
          collect(property.value)
          break
        }
      }
    }
    list.append(-1)
    if record.isChoice, model.profile.choices == .choiceSymbol { askForMembers(of: symbol, &list) }
    for number in model.index.ranges(of: index) {
      let property = model.index.ranges[number]
      collect(property.condition)
      if evaluate(property.condition) != Self.no {
        collect(property.value)
        break
      }
    }
    return list
  }

  private func askForMembers(of choice: Int32, _ list: inout [Int32]) {
    let members = user.priorities[choice] ?? model.members[choice] ?? []
    for member in members {
      for prompt in model.index.prompts(of: Int(member)) {
        model.expressions.collectSymbols(model.index.prompts[prompt], into: &list)
      }
    }
    for number in model.index.defaults(of: Int(choice)) {
      model.expressions.collectSymbols(model.index.defaults[number].condition, into: &list)
    }
  }
}
