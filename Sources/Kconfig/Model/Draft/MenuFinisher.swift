/// What follows when all files have been read: dependencies are handed down, submenus form, blocks dissolve.
///
/// Kernel: `menu_finalize` in scripts/kconfig/menu.c. Submenus nest as long as a chain of symbols is, so the menus that are
/// being worked on are kept on a stack of their own.
struct MenuFinisher {
  private var draft: ModelDraft
  private var rewriter: ExpressionRewriter
  private var collector = DependencyCollector()
  /// The symbols whose properties have been checked, which is done with the first of their entries.
  private var isChecked: IDTable<SymbolID, Bool>

  init(_ draft: consuming ModelDraft) {
    var draft = draft
    rewriter = ExpressionRewriter(draft)
    // They are with the rewriter now, and changed in place.
    draft.expressions = ExpressionStore()
    isChecked = IDTable(repeating: false, count: draft.symbols.count)
    self.draft = draft
  }

  /// The finished draft.
  mutating func finished() throws(KconfigRejection) -> ModelDraft {
    if draft.menu[.root].prompt == nil {
      let title = draft.names.intern("Main menu")
      let property = PropertyRecord(kind: .menu, text: title, node: .root, path: draft.names.intern(""), line: 0)
      draft.menu[.root].prompt = draft.properties.add(property, of: nil)
    }
    try finishMenus()
    try collector.collect(into: &draft.symbols, &rewriter)
    draft.expressions = rewriter.expressions
    draft.budget = rewriter.budget
    return draft
  }

  // MARK: the walk

  private struct Frame {
    enum Stage {
      case start
      case children
      case adopting
      case end
    }

    let node: NodeID
    let isInsideChoice: Bool
    var stage = Stage.start
    /// The entry inside, or behind, that is looked at; it has been finished already if `isChildFinished`.
    var child: NodeID?
    var isChildFinished = false
    var lastAdopted: NodeID?
    /// What an entry behind has to depend on at least; nil before it is needed.
    var condition: ExpressionID?
  }

  private mutating func finishMenus() throws(KconfigRejection) {
    var stack = [Frame(node: .root, isInsideChoice: false)]
    while let top = stack.indices.last {
      switch stack[top].stage {
      case .start: try start(&stack[top])
      case .children:
        if let child = nextChild(&stack[top]) {
          let isInsideChoice = draft.menu[stack[top].node].symbol.map { draft.symbols[$0].isChoice } ?? false
          stack.append(Frame(node: child, isInsideChoice: isInsideChoice))
        } else {
          stack[top].stage = .end
        }
      case .adopting:
        if let child = try nextAdopted(&stack[top]) {
          stack.append(Frame(node: child, isInsideChoice: false))
        } else {
          adopt(upTo: stack[top].lastAdopted, by: stack[top].node)
          stack[top].stage = .end
        }
      case .end:
        try finishEntry(stack[top].node)
        stack.removeLast()
      }
    }
  }

  private mutating func start(_ frame: inout Frame) throws(KconfigRejection) {
    let record = draft.menu[frame.node]
    if let inside = record.inside {
      try handDownDependencies(of: frame.node)
      frame.child = inside
      frame.stage = .children
    } else if record.symbol != nil, !frame.isInsideChoice || !draft.language.has(.noSubmenusInChoices) {
      frame.child = record.next
      frame.stage = .adopting
    } else {
      frame.stage = .end
    }
  }

  private func nextChild(_ frame: inout Frame) -> NodeID? {
    if frame.isChildFinished { frame.child = frame.child.flatMap { draft.menu[$0].next } }
    frame.isChildFinished = true
    return frame.child
  }

  /// The next entry behind that belongs below, once the one before it is finished.
  private mutating func nextAdopted(_ frame: inout Frame) throws(KconfigRejection) -> NodeID? {
    if frame.isChildFinished, let child = frame.child {
      draft.menu.setParent(of: child, to: frame.node)
      frame.lastAdopted = child
      frame.child = draft.menu[child].next
      frame.isChildFinished = false
    }
    guard let child = frame.child, let symbol = draft.menu[frame.node].symbol,
      try belongs(child, below: frame.node, symbol, &frame.condition)
    else { return nil }
    frame.isChildFinished = true
    return child
  }

  // MARK: dependencies

  /// Gives each entry inside what the menu depends on, and each of its properties what the entry depends on.
  private mutating func handDownDependencies(of parent: NodeID) throws(KconfigRejection) {
    var inherited = draft.menu[parent].dependency
    if let symbol = draft.menu[parent].symbol, draft.symbols[symbol].isChoice, draft.language.choices == .choiceSymbol {
      settleChoiceTypes(parent, symbol)
      inherited = rewriter.symbol(of: symbol)
    }
    var next = draft.menu[parent].inside
    while let child = next {
      let own = transformed(draft.menu[child].dependency)
      let dependency = try rewriter.simplified(rewriter.join(.and, inherited, own), draft.symbols.records)
      draft.menu[child].dependency = dependency
      var property = draft.menu[child].firstProperty
      while draft.properties.belongs(property, to: child) {
        try handDown(dependency, to: property, of: child)
        property = property.successor
      }
      next = draft.menu[child].next
    }
  }

  private mutating func handDown(
    _ dependency: ExpressionID, to property: PropertyID, of node: NodeID
  ) throws(KconfigRejection) {
    let record = draft.properties[property]
    var condition = dependency
    if !record.condition.isEmpty {
      let own = transformed(record.condition)
      condition = try rewriter.simplified(rewriter.join(.and, dependency, own), draft.symbols.records)
    }
    draft.properties[property].condition = condition
    guard record.kind == .select || record.kind == .imply, let symbol = draft.menu[node].symbol else { return }
    let by = rewriter.join(.and, rewriter.symbol(of: symbol), condition)
    let target = rewriter.expressions.symbol(record.value)
    if record.kind == .select {
      collector.addSelection(of: target, by: by)
    } else {
      collector.addImplication(of: target, by: by)
    }
  }

  /// A condition of the files in the form of `conf`, with its repetitions.
  private mutating func transformed(_ condition: ExpressionID) -> ExpressionID {
    rewriter.transformed(rewriter.withModules(condition, draft.modules), draft.symbols.records)
  }

  /// A choice symbol takes its type from the first member that has one; up to v6.8 it gives it to those without.
  private mutating func settleChoiceTypes(_ choice: NodeID, _ symbol: SymbolID) {
    let members = draft.menu.entries(inside: choice).compactMap { draft.menu[$0].symbol }
    if draft.symbols[symbol].type == .unknown {
      let typed = members.first { draft.symbols[$0].type != .unknown }
      draft.symbols[symbol].type = typed.map { draft.symbols[$0].type } ?? .unknown
    }
    guard !draft.language.has(.membersHaveOwnTypes) else { return }
    for member in members where draft.symbols[member].type == .unknown {
      draft.symbols[member].type = draft.symbols[symbol].type
    }
  }

  // MARK: submenus

  /// Whether an entry depends on the symbol of another, as far as the menu is concerned.
  private mutating func belongs(
    _ node: NodeID, below parent: NodeID, _ symbol: SymbolID, _ condition: inout ExpressionID?
  ) throws(KconfigRejection) -> Bool {
    let dependency = draft.menu[node].prompt.map { draft.properties[$0].condition } ?? draft.menu[node].dependency
    guard try rewriter.mentions(dependency, symbol) else { return false }
    if rewriter.expressions.dependsOutright(dependency, on: symbol) { return true }
    // Also where all that the parent asks for is asked for here, such as in `(parent || other) && more`.
    let wanted: ExpressionID
    if let condition {
      wanted = condition
    } else {
      let own = draft.menu[parent].prompt.map { draft.properties[$0].condition } ?? .empty
      wanted = try simplifiedIsNotNo(own)
      condition = wanted
    }
    return try rewriter.isMet(wanted, by: simplifiedIsNotNo(dependency))
  }

  private mutating func simplifiedIsNotNo(_ expression: ExpressionID) throws(KconfigRejection) -> ExpressionID {
    let symbols = draft.symbols.records
    return try rewriter.simplified(rewriter.transformed(rewriter.isNotNo(expression), symbols), symbols)
  }

  /// Moves the entries behind a symbol below it.
  private mutating func adopt(upTo last: NodeID?, by node: NodeID) {
    if let last { draft.menu.adopt(upTo: last, by: node) }
    if let symbol = draft.menu[node].symbol {
      collector.addDependency(of: symbol, on: draft.menu[node].dependency)
    }
  }

  // MARK: the end of an entry

  /// What is left to do for an entry when all entries inside are finished.
  private mutating func finishEntry(_ node: NodeID) throws(KconfigRejection) {
    let symbol = draft.menu[node].symbol
    let choice = symbol.flatMap { draft.symbols[$0].isChoice ? $0 : nil }
    var next = draft.menu[node].inside
    while let child = next {
      if let choice, draft.language.choices == .choiceSymbol { addMember(child, to: choice) }
      // Entries inside one without a prompt lie behind it.
      if draft.menu[child].inside != nil, draft.menu[child].prompt == nil {
        try rewriter.spend(draft.menu.dissolve(child, into: node))
      }
      next = draft.menu[child].next
    }
    guard let symbol else { return }
    if !isChecked[symbol] { try check(symbol, at: node) }
    isChecked[symbol] = true
    guard let choice, draft.language.choices == .choiceSymbol, !draft.symbols[choice].isOptional,
      let prompt = draft.menu[node].prompt
    else { return }
    // A choice that can be seen cannot be left at n.
    let visible = rewriter.join(.and, draft.properties[prompt].condition, rewriter.symbol(of: .constantM))
    try rewriter.spend(1)
    draft.symbols[choice].selection = rewriter.join(.or, draft.symbols[choice].selection, visible)
  }

  private mutating func check(_ symbol: SymbolID, at node: NodeID) throws(KconfigRejection) {
    if draft.symbols[symbol].type == .unknown {
      draft.log.warn("KCONFIG141", Array(ascii: "config symbol defined without type"), at: draft.place(of: node))
    }
    if draft.symbols[symbol].isChoice, !draft.language.has(.choicesNeedPrompts), draft.menu[node].prompt == nil {
      draft.log.warn("KCONFIG142", Array(ascii: "choice must have a prompt"), at: draft.place(of: node))
    }
    try draft.checkProperties(of: symbol, &rewriter)
  }

  /// Makes a symbol a member of a choice symbol.
  private mutating func addMember(_ node: NodeID, to choice: SymbolID) {
    guard let member = draft.menu[node].symbol, !draft.symbols[member].isMember else { return }
    draft.symbols[member].isMember = true
    draft.symbols[member].choice = choice
    draft.members[choice, default: []].append(member)
    if draft.menu[node].prompt == nil, !draft.language.has(.membersNeedPrompts) {
      draft.log.warn("KCONFIG143", Array(ascii: "choice value must have a prompt"), at: draft.place(of: node))
    }
    if !draft.language.has(.memberPropertiesAreErrors) {
      draft.warnAboutProperties(of: member, at: node, inside: choice)
    }
    guard draft.symbols[choice].type == .tristate, draft.symbols[member].type != .tristate else { return }
    // Of a choice that is a module, only tristate members can be chosen.
    let chosen = rewriter.pair(.equal, choice, .constantY)
    draft.menu[node].dependency = rewriter.join(.and, chosen, draft.menu[node].dependency)
    var property = draft.menu[node].firstProperty
    while draft.properties.belongs(property, to: node) {
      draft.properties[property].condition = rewriter.join(.and, chosen, draft.properties[property].condition)
      property = property.successor
    }
  }
}

extension ModelDraft {
  /// Up to v6.9 what does not belong to a member is a warning.
  fileprivate func warnAboutProperties(of member: SymbolID, at node: NodeID, inside choice: SymbolID) {
    for property in properties.properties(of: member) {
      if property.kind == .default {
        log.warn("KCONFIG143", Array(ascii: "defaults for choice values not supported"), at: place(of: property))
      }
      guard property.node != node, property.kind == .prompt else { continue }
      let outer = menu[property.node].parent.flatMap { menu[$0].symbol }
      if outer != choice {
        log.warn("KCONFIG143", Array(ascii: "choice value used outside its choice group"), at: place(of: property))
      }
    }
  }
}
