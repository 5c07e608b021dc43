/// What `conf` calculates, and when: its warnings come as it does.
extension KconfigRun {
  /// What the user said counts from now on. Kernel: `sym_clear_all_valid` in scripts/kconfig/symbol.c.
  mutating func takeEffect() {
    isChanged = true
    let before = evaluation.visibility
    evaluation.evaluate()
    keepMembersInView(since: before)
    order.invalidateAll()
    calculate([model.modules])
  }

  /// Leaves members of choices as they were that `conf` does not look at again: all but the one of each choice that it
  /// calculates first.
  private mutating func keepMembersInView(since before: IDTable<SymbolID, Tristate>) {
    let left = evaluation.membersLeftInView(since: before)
    if left.isEmpty { return }
    var trial = ConfEvaluationOrder(evaluation)
    _ = trial.calculate([model.modules] + model.menu.symbols(inside: .root), in: &evaluation)
    for member in left {
      guard let choice = model.choice(of: member), trial.firstMembers[choice] != member else { continue }
      evaluation.keepInView(member, before[member])
    }
  }

  /// Calculates symbols and says what is unmet.
  mutating func calculate(_ symbols: some Sequence<SymbolID>) {
    // Without an unmet dependency there is nothing to say, and values stay as they are until the user's next word.
    if evaluation.unmet.isEmpty, !usesOldValues { return }
    let warned = order.calculate(symbols, in: &evaluation)
    if warned.isEmpty { return }
    unmet += warned.count
    var dependencies = UnmetDependencies(evaluation)
    for symbol in warned { say(dependencies.message(symbol)) }
  }

  mutating func calculate(symbolsOf expression: ExpressionID) {
    if expression.isEmpty { return }
    var symbols: [SymbolID] = []
    model.expressions.collectSymbols(expression, into: &symbols)
    calculate(symbols)
  }

  /// Kernel: `conf_write` in scripts/kconfig/confdata.c.
  mutating func calculateForConfiguration(_ node: NodeID) {
    if let symbol = model.menu[node].symbol {
      if !model.symbols[symbol].isChoice { calculate([symbol]) }
    } else {
      _ = promptVisibility(of: node)
    }
  }

  /// Kernel: `conf_write_defconfig` in scripts/kconfig/confdata.c, which also asks what a symbol would be by default.
  mutating func calculateForMinimalConfiguration(_ symbol: SymbolID) {
    if model.symbols[symbol].isChoice { return }
    calculate([symbol])
    guard evaluation.isWritten[symbol], evaluation.isChangeable(symbol) else { return }
    for number in model.index.defaults(of: symbol) {
      let property = model.index.defaults[number]
      calculate(symbolsOf: property.condition)
      if evaluation.evaluate(property.condition) != .n { return calculate(symbolsOf: property.value) }
    }
  }

  // MARK: the menu

  /// Whether an entry is shown: its prompt is visible, or that of an entry inside it. Kernel: `menu_is_visible` in
  /// scripts/kconfig/menu.c.
  mutating func isShown(_ node: NodeID) -> Bool {
    // Entries that are not visible themselves and whose entries inside are looked at.
    var path: [NodeID] = []
    var current = node
    while true {
      switch promptVisibility(of: current) {
      case .visible:
        if model.language.choices == .choiceSymbol { setSymbols(of: path) }
        return true
      case .hiddenWithValue:
        if let inside = model.menu[current].inside {
          path.append(current)
          current = inside
          continue
        }
      case .hidden:
        break
      }
      guard let next = self.next(after: current, &path) else { return false }
      current = next
    }
  }

  /// The entry behind, or behind one of those around it; nil where that would be behind all of them.
  private func next(after node: NodeID, _ path: inout [NodeID]) -> NodeID? {
    var node = node
    while !path.isEmpty {
      if let next = model.menu[node].next { return next }
      node = path.removeLast()
    }
    return nil
  }

  private mutating func setSymbols(of nodes: [NodeID]) {
    for node in nodes {
      if let symbol = model.menu[node].symbol { evaluation.user.isSet[symbol] = true }
    }
  }

  private enum PromptVisibility {
    case visible
    case hidden
    /// Hidden, but its symbol is not n: what is inside may be visible.
    case hiddenWithValue
  }

  private mutating func promptVisibility(of node: NodeID) -> PromptVisibility {
    let record = model.menu[node]
    guard let prompt = record.prompt else { return .hidden }
    calculate(symbolsOf: record.visibility)
    guard evaluation.isInVisibleMenu(node) else { return .hidden }
    if let symbol = record.symbol {
      calculate([symbol])
    } else {
      calculate(symbolsOf: model.properties[prompt].condition)
    }
    if evaluation.isPromptVisible(node) { return .visible }
    guard let symbol = record.symbol, evaluation.truth(symbol) != .n else { return .hidden }
    return .hiddenWithValue
  }
}
