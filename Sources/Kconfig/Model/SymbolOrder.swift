/// Orders of symbols.
enum SymbolOrder {
  /// The order of the symbol table of `conf`: buckets by the hash of the name, the newest first.
  ///
  /// Warnings about values and the random numbers of v6.1 follow it. Kernel: `for_all_symbols` in scripts/kconfig.
  static func byHash(_ draft: ModelDraft) -> [Int32] {
    let buckets = draft.language.symbolBuckets
    var heads = [Int32](repeating: -1, count: Int(buckets))
    var next = [Int32](repeating: -1, count: draft.symbols.count)
    for symbol in draft.symbols.indices.dropFirst(3) {
      let name = draft.symbols[symbol].name
      let bucket = name < 0 ? 0 : Int(draft.names.hash(of: name) % buckets)
      next[symbol] = heads[bucket]
      heads[bucket] = Int32(symbol)
    }
    var order: [Int32] = []
    order.reserveCapacity(draft.symbols.count)
    for head in heads {
      var symbol = head
      while symbol >= 0 {
        order.append(symbol)
        symbol = next[Int(symbol)]
      }
    }
    return order
  }

  /// Each symbol behind those that its value depends on, and a choice behind its members: values can be computed in this
  /// order, once each, without looking back. The symbol of modules comes as early as it can.
  ///
  /// Only ranges can lead back to a symbol; then the first value counts.
  static func byDependency(_ draft: ModelDraft, choices: [Int32], choiceEntries: [Int32: [Int32]]) -> [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(draft.symbols.count)
    var isEntered = [Bool](repeating: false, count: draft.symbols.count)
    var isDone = [Bool](repeating: false, count: draft.expressions.count)
    isDone[Int(ExpressionStore.none)] = true
    // What is left to be looked at: expressions of the units that are entered, and the symbols of the innermost one.
    var stack: [(unit: Int32, expressions: Int, symbols: Int, open: Int32)] = []
    var waiting: [Int32] = []
    var pending: [Int32] = []

    func enter(_ symbol: Int32) {
      let unit = choices[Int(symbol)] >= 0 ? choices[Int(symbol)] : symbol
      guard !isEntered[Int(unit)] else { return }
      isEntered[Int(unit)] = true
      stack.append((unit, waiting.count, pending.count, ExpressionStore.none))
      forEachExpression(of: unit) { if !isDone[Int($0)] { waiting.append($0) } }
    }
    func forEachExpression(of unit: Int32, _ body: (Int32) -> Void) {
      draft.forEachExpression(of: unit, body)
      for member in (choiceEntries[unit] ?? []).withoutRepetitions { draft.forEachExpression(of: member, body) }
    }
    for root in [draft.modules] + draft.symbols.indices.map(Int32.init) {
      enter(root)
      while let top = stack.last {
        if pending.count > top.symbols {
          enter(pending.removeLast())
          continue
        }
        // Everything in the expression has its place now: nobody need look at it again. One at a time, since a chain of
        // symbols may share a large one.
        isDone[Int(top.open)] = true
        if waiting.count > top.expressions {
          let expression = waiting.removeLast()
          stack[stack.count - 1].open = expression
          if !isDone[Int(expression)] { draft.expressions.collectSymbols(expression, into: &pending) }
        } else {
          stack.removeLast()
          order.append(top.unit)
        }
      }
    }
    return order
  }
}

extension ModelDraft {
  /// Everything that the value of a symbol depends on.
  fileprivate func forEachExpression(of symbol: Int32, _ body: (Int32) -> Void) {
    let record = symbols[Int(symbol)]
    body(record.dependency)
    body(record.selection)
    body(record.implication)
    var number = record.firstProperty
    while number >= 0 {
      let property = properties[Int(number)]
      switch property.kind {
      case .prompt, .menu, .comment:
        body(property.condition)
      // `conf` looks at which member a choice has by default, never at the value of one that is none of its members.
      case .default where record.isChoice:
        body(property.condition)
      case .default, .range:
        body(property.condition)
        body(property.value)
      // Under which condition it selects others says nothing about itself.
      case .definition, .select, .imply: break
      }
      number = property.next
    }
  }
}
