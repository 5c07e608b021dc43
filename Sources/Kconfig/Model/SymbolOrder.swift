/// Orders of symbols.
enum SymbolOrder {
  /// The order of the symbol table of `conf`: buckets by the hash of the name, the newest first.
  ///
  /// Warnings about values, and up to v6.10 random numbers, follow it. Kernel: `for_all_symbols` in scripts/kconfig.
  static func byHash(_ draft: ModelDraft) -> [SymbolID] {
    let buckets = draft.language.symbolBuckets
    var heads = [Compact<SymbolID>](repeating: Compact(wrappedValue: nil), count: Int(buckets))
    var next = CompactTable<SymbolID, SymbolID>(count: draft.symbols.count)
    for symbol in draft.symbols.ids.dropFirst(3) {
      let bucket = draft.symbols[symbol].name.map { Int(draft.names.hash(of: $0) % buckets) } ?? 0
      next[symbol] = heads[bucket].wrappedValue
      heads[bucket].wrappedValue = symbol
    }
    var order: [SymbolID] = []
    order.reserveCapacity(draft.symbols.count)
    for head in heads {
      var symbol = head.wrappedValue
      while let found = symbol {
        order.append(found)
        symbol = next[found]
      }
    }
    return order
  }

  /// Each symbol behind those that its value depends on, and a choice behind its members: values can be computed in this
  /// order, once each, without looking back. The symbol of modules comes as early as it can.
  ///
  /// Only ranges can lead back to a symbol; then the first value counts.
  static func byDependency(
    _ draft: ModelDraft, choices: CompactTable<SymbolID, SymbolID>, choiceEntries: [SymbolID: [SymbolID]]
  ) -> [SymbolID] {
    var order: [SymbolID] = []
    order.reserveCapacity(draft.symbols.count)
    var isEntered = IDTable<SymbolID, Bool>(repeating: false, count: draft.symbols.count)
    var isDone = IDTable<ExpressionID, Bool>(repeating: false, count: draft.expressions.count)
    isDone[.empty] = true
    // What is left to be looked at: expressions of the units that are entered, and the symbols of the innermost one.
    var stack: [(unit: SymbolID, expressions: Int, symbols: Int, open: ExpressionID)] = []
    var waiting: [ExpressionID] = []
    var pending: [SymbolID] = []

    func enter(_ symbol: SymbolID) {
      let unit = choices[symbol] ?? symbol
      guard !isEntered[unit] else { return }
      isEntered[unit] = true
      stack.append((unit, waiting.count, pending.count, .empty))
      forEachExpression(of: unit) { if !isDone[$0] { waiting.append($0) } }
    }
    func forEachExpression(of unit: SymbolID, _ body: (ExpressionID) -> Void) {
      draft.forEachExpression(of: unit, body)
      guard draft.symbols[unit].isChoice, let members = choiceEntries[unit] else { return }
      for member in members.withoutRepetitions { draft.forEachExpression(of: member, body) }
    }
    for root in [draft.modules] + draft.symbols.ids {
      enter(root)
      while let top = stack.last {
        if pending.count > top.symbols {
          enter(pending.removeLast())
          continue
        }
        // Everything in the expression has its place now: nobody need look at it again. One at a time, since a chain of
        // symbols may share a large one.
        isDone[top.open] = true
        if waiting.count > top.expressions {
          let expression = waiting.removeLast()
          stack[stack.count - 1].open = expression
          if !isDone[expression] { draft.expressions.collectSymbols(expression, into: &pending) }
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
  fileprivate func forEachExpression(of symbol: SymbolID, _ body: (ExpressionID) -> Void) {
    let record = symbols[symbol]
    body(record.dependency)
    body(record.selection)
    body(record.implication)
    for property in properties.properties(of: symbol) {
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
    }
  }
}
