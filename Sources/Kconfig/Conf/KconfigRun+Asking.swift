/// What `conf` computes, and when: its warnings come as it does.
extension KconfigRun {
  /// What the user said counts from now on. Kernel: `sym_clear_all_valid` in scripts/kconfig/symbol.c.
  mutating func takeEffect() {
    isChanged = true
    let before = evaluation.visibility
    evaluation.evaluate()
    keepMembersInView(since: before)
    asked.forget()
    ask(for: [model.modules])
  }

  /// Leaves members of choices as they were that `conf` does not look at again: all but the one that it is asked for
  /// first.
  private mutating func keepMembersInView(since before: [UInt8]) {
    let left = evaluation.membersLeftInView(since: before)
    if left.isEmpty { return }
    var asking = AskedSymbols(evaluation)
    let menu = model.nodesInMenuOrder.map { model.nodes[Int($0)].symbol }.filter { $0 >= 0 }
    _ = asking.ask(for: [model.modules] + menu, in: &evaluation)
    for member in left where asking.firstMembers[model.choices[Int(member)]] != member {
      evaluation.keepInView(member, before[Int(member)])
    }
  }

  /// Asks for symbols and says what is unmet.
  mutating func ask(for symbols: some Sequence<Int32>) {
    // Values stay as they are until the user's next word: nothing will be said about these.
    if evaluation.unmet.isEmpty, !usesOldValues { return }
    let met = asked.ask(for: symbols, in: &evaluation)
    if met.isEmpty { return }
    unmet += met.count
    var dependencies = UnmetDependencies(evaluation)
    for symbol in met { say(dependencies.message(symbol)) }
  }

  mutating func ask(about expression: Int32) {
    var symbols: [Int32] = []
    model.expressions.collectSymbols(expression, into: &symbols)
    ask(for: symbols)
  }

  /// Kernel: `conf_write` in scripts/kconfig/confdata.c.
  mutating func askForConfiguration(_ node: Int32) {
    let symbol = model.nodes[Int(node)].symbol
    if symbol < 0 {
      _ = promptVisibility(of: node)
    } else if !model.symbols[Int(symbol)].isChoice {
      ask(for: [symbol])
    }
  }

  /// Kernel: `conf_write_defconfig` in scripts/kconfig/confdata.c, which also asks what a symbol would be by default.
  mutating func askForMinimalConfiguration(_ node: Int32) {
    let symbol = model.nodes[Int(node)].symbol
    guard symbol >= 0, !model.symbols[Int(symbol)].isChoice else { return }
    ask(for: [symbol])
    guard evaluation.isWritten[Int(symbol)], evaluation.isChangeable(symbol) else { return }
    for number in model.index.defaults(of: Int(symbol)) {
      let property = model.index.defaults[number]
      ask(about: property.condition)
      if evaluation.evaluate(property.condition) != KconfigEvaluation.no { return ask(about: property.value) }
    }
  }

  // MARK: the menu

  /// Whether an entry is shown: its prompt is visible, or that of an entry inside it. Kernel: `menu_is_visible` in
  /// scripts/kconfig/menu.c.
  mutating func isShown(_ node: Int32) -> Bool {
    // Entries that are not visible themselves and whose entries inside are looked at.
    var path: [Int32] = []
    var current = node
    while true {
      switch promptVisibility(of: current) {
      case .visible:
        if model.profile.choices == .choiceSymbol {
          for entry in path { evaluation.user.isSet[Int(model.nodes[Int(entry)].symbol)] = true }
        }
        return true
      case .hiddenWithValue where model.nodes[Int(current)].inside >= 0:
        path.append(current)
        current = model.nodes[Int(current)].inside
        continue
      case .hidden, .hiddenWithValue:
        break
      }
      while !path.isEmpty, model.nodes[Int(current)].next < 0 { current = path.removeLast() }
      if path.isEmpty { return false }
      current = model.nodes[Int(current)].next
    }
  }

  private enum PromptVisibility {
    case visible
    case hidden
    /// Hidden, but its symbol is not n: what is inside may be visible.
    case hiddenWithValue
  }

  private mutating func promptVisibility(of node: Int32) -> PromptVisibility {
    let record = model.nodes[Int(node)]
    guard record.prompt >= 0 else { return .hidden }
    if record.visibility != ExpressionStore.none {
      ask(about: record.visibility)
      if evaluation.evaluate(record.visibility) == KconfigEvaluation.no { return .hidden }
    }
    if record.symbol >= 0 {
      ask(for: [record.symbol])
    } else {
      ask(about: model.properties[Int(record.prompt)].condition)
    }
    if evaluation.isPromptVisible(record) { return .visible }
    guard record.symbol >= 0, evaluation.truth[Int(record.symbol)] != KconfigEvaluation.no else { return .hidden }
    return .hiddenWithValue
  }
}
