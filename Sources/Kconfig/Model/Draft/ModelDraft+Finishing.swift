import Diagnostics

/// What follows when all files have been read: dependencies are handed down, submenus form, blocks dissolve.
///
/// Kernel: `menu_finalize` in scripts/kconfig/menu.c. Submenus nest as long as a chain of symbols is, so the menus that are
/// being worked on are kept on a stack of their own.
extension ModelDraft {
  /// Completes the model.
  mutating func finish() throws(KconfigRejection) {
    if nodes[Int(Self.root)].prompt < 0 {
      let title = names.intern("Main menu")
      let property = PropertyRecord(kind: .menu, text: title, node: Self.root, path: names.intern(""), line: 0)
      nodes[Int(Self.root)].prompt = add(property, to: -1)
    }
    try finishMenus()
    try collectDependencies()
    try collectReverseDependencies()
  }

  private struct Frame {
    enum Stage {
      case start
      case children
      case adopting
      case end
    }

    let node: Int32
    let isInsideChoice: Bool
    var stage = Stage.start
    /// The entry inside, or behind, that is looked at; it has been finished already if `isChildFinished`.
    var child: Int32 = -1
    var isChildFinished = false
    var lastAdopted: Int32 = -1
    /// What an entry behind has to depend on at least; nil before it is needed.
    var condition: Int32?
  }

  private mutating func finishMenus() throws(KconfigRejection) {
    var stack = [Frame(node: Self.root, isInsideChoice: false)]
    while let top = stack.indices.last {
      let node = stack[top].node
      switch stack[top].stage {
      case .start:
        let symbol = nodes[Int(node)].symbol
        if nodes[Int(node)].inside >= 0 {
          try handDownDependencies(of: node)
          stack[top].child = nodes[Int(node)].inside
          stack[top].stage = .children
        } else if symbol >= 0, !stack[top].isInsideChoice || !profile.has(.noSubmenusInChoices) {
          stack[top].child = nodes[Int(node)].next
          stack[top].stage = .adopting
        } else {
          stack[top].stage = .end
        }
      case .children:
        if stack[top].isChildFinished {
          stack[top].child = nodes[Int(stack[top].child)].next
          stack[top].isChildFinished = false
        }
        if stack[top].child < 0 {
          stack[top].stage = .end
        } else {
          stack[top].isChildFinished = true
          let symbol = nodes[Int(node)].symbol
          stack.append(
            Frame(node: stack[top].child, isInsideChoice: symbol >= 0 && symbols[Int(symbol)].isChoice))
        }
      case .adopting:
        if stack[top].isChildFinished {
          nodes[Int(stack[top].child)].parent = node
          stack[top].lastAdopted = stack[top].child
          stack[top].child = nodes[Int(stack[top].child)].next
          stack[top].isChildFinished = false
        }
        if stack[top].child >= 0, try belongs(stack[top].child, below: node, &stack[top].condition) {
          stack[top].isChildFinished = true
          stack.append(Frame(node: stack[top].child, isInsideChoice: false))
        } else {
          adopt(upTo: stack[top].lastAdopted, by: node)
          stack[top].stage = .end
        }
      case .end:
        try finishEntry(node)
        stack.removeLast()
      }
    }
  }

  // MARK: dependencies

  /// Gives each entry inside what the menu depends on, and each of its properties what the entry depends on.
  private mutating func handDownDependencies(of parent: Int32) throws(KconfigRejection) {
    let symbol = nodes[Int(parent)].symbol
    var inherited = nodes[Int(parent)].dependency
    if symbol >= 0, symbols[Int(symbol)].isChoice, profile.choices == .choiceSymbol {
      settleChoiceTypes(parent, symbol)
      inherited = expressions.symbol(symbol)
    }
    var child = nodes[Int(parent)].inside
    while child >= 0 {
      let own = transformed(withModules(nodes[Int(child)].dependency))
      let dependency = try simplified(expressions.join(.and, inherited, own))
      nodes[Int(child)].dependency = dependency
      var property = Int(nodes[Int(child)].firstProperty)
      while property < properties.count, properties[property].node == child {
        try handDown(dependency, to: property, of: child)
        property += 1
      }
      child = nodes[Int(child)].next
    }
  }

  private mutating func handDown(_ dependency: Int32, to property: Int, of node: Int32) throws(KconfigRejection) {
    let record = properties[property]
    var condition = dependency
    if record.condition != ExpressionStore.none {
      condition = try simplified(expressions.join(.and, dependency, transformed(withModules(record.condition))))
    }
    properties[property].condition = condition
    switch record.kind {
    case .select:
      let by = expressions.join(.and, expressions.symbol(nodes[Int(node)].symbol), condition)
      selections.append((expressions.first(record.value), by))
    case .imply:
      let by = expressions.join(.and, expressions.symbol(nodes[Int(node)].symbol), condition)
      implications.append((expressions.first(record.value), by))
    default: break
    }
  }

  /// A choice that is a symbol takes its type from the first member that has one; up to v6.8 it gives it to those without.
  private mutating func settleChoiceTypes(_ choice: Int32, _ symbol: Int32) {
    func membersTypes(_ draft: ModelDraft, _ body: (Int32) -> Bool) {
      var child = draft.nodes[Int(choice)].inside
      while child >= 0 {
        if draft.nodes[Int(child)].symbol >= 0, body(draft.nodes[Int(child)].symbol) { return }
        child = draft.nodes[Int(child)].next
      }
    }
    var type = symbols[Int(symbol)].type
    if type == .unknown {
      membersTypes(self) { member in
        type = symbols[Int(member)].type
        return type != .unknown
      }
      symbols[Int(symbol)].type = type
    }
    guard !profile.has(.membersHaveOwnTypes) else { return }
    var untyped: [Int32] = []
    membersTypes(self) { member in
      if symbols[Int(member)].type == .unknown { untyped.append(member) }
      return false
    }
    for member in untyped { symbols[Int(member)].type = type }
  }

  /// Joins what the definitions of each symbol depend on.
  private mutating func collectDependencies() throws(KconfigRejection) {
    var lists: [Int32: [Int32]] = [:]
    for (symbol, dependency) in dependencies where dependency != ExpressionStore.none {
      let known = symbols[Int(symbol)].dependency
      if known == ExpressionStore.none {
        symbols[Int(symbol)].dependency = dependency
      } else {
        if lists[symbol] == nil { expressions.append(known, of: .or, to: &lists[symbol, default: []]) }
        expressions.append(dependency, of: .or, to: &lists[symbol, default: []])
      }
    }
    for (symbol, list) in lists.sorted(by: { $0.key < $1.key }) {
      try spend(list.count)
      symbols[Int(symbol)].dependency = expressions.list(.or, list)
    }
  }

  private mutating func collectReverseDependencies() throws(KconfigRejection) {
    var selecting: [Int32: [Int32]] = [:]
    var implying: [Int32: [Int32]] = [:]
    for (target, by) in selections { expressions.append(by, of: .or, to: &selecting[target, default: []]) }
    for (target, by) in implications { expressions.append(by, of: .or, to: &implying[target, default: []]) }
    for (target, list) in selecting.sorted(by: { $0.key < $1.key }) {
      symbols[Int(target)].selection = expressions.list(.or, list)
    }
    for (target, list) in implying.sorted(by: { $0.key < $1.key }) {
      symbols[Int(target)].implication = expressions.list(.or, list)
    }
    try spend(selections.count + implications.count)
  }
}
