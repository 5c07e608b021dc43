import Diagnostics

/// Says which symbols are selected although what they depend on is not given.
///
/// `conf` computes values when they are asked for and warns when it does. What is asked for first therefore decides the
/// order of its warnings, which is followed here only for the symbols that lead to one.
struct UnmetDependencies {
  private var evaluation: KconfigEvaluation
  private let model: KconfigModel
  private var locator: MessageLocator
  /// Expressions and choices that somebody asks for already: nobody else need.
  private var isExpressionAsked: [Bool] = []
  private var isChoiceAsked: [Bool] = []

  init(_ evaluation: KconfigEvaluation) {
    self.evaluation = evaluation
    model = evaluation.model
    locator = MessageLocator(model.files)
  }

  /// A warning for each, in the order in which `conf` comes to them from `roots`.
  mutating func messages(askingFor roots: some Sequence<Int32>) -> [KconfigMessage] {
    let unmet = Set(evaluation.unmet)
    guard !unmet.isEmpty else { return [] }
    let order = unmet.count == 1 ? Array(unmet) : orderOfWarnings(unmet, roots)
    var messages: [KconfigMessage] = []
    for symbol in order { messages.append(message(symbol)) }
    return messages
  }

  private mutating func message(_ symbol: Int32) -> KconfigMessage {
    let record = model.symbols[Int(symbol)]
    let name = model.names[max(record.name, 0)]
    var printer = ExpressionPrinter(evaluation)
    printer.append("\nWARNING: unmet direct dependencies detected for ")
    printer.append(name)
    let isModule = evaluation.dependency[Int(symbol)] == KconfigEvaluation.module
    printer.append("\n  Depends on [\(isModule ? "m" : "n")]: ")
    printer.append(expression: record.dependency)
    printer.append("\n")
    printer.appendAlternatives(of: record.selection, being: KconfigEvaluation.yes, title: "  Selected by [y]:\n")
    printer.appendAlternatives(of: record.selection, being: KconfigEvaluation.module, title: "  Selected by [m]:\n")
    let place = record.firstNode < 0 ? nil : model.place(of: record.firstNode)
    let message = KconfigMessage(
      .warning, id: "KCONFIG160", exactly: printer.text,
      summary: .text(name, " is selected although what it depends on is not given".utf8), at: place,
      reasons: reasons(symbol), notes: notes(symbol))
    return locator.located(message)
  }

  /// What it depends on, with the values.
  private func reasons(_ symbol: Int32) -> [String] {
    var printer = ExpressionPrinter(evaluation)
    printer.append("it depends on ")
    printer.append(expression: model.symbols[Int(symbol)].dependency)
    let longest = 400
    let text = String(decoding: printer.text.prefix(longest), as: UTF8.self)
    return [printer.text.count > longest ? text + "..." : text]
  }

  /// Each `select` that counts, and the further definitions of the symbol.
  private mutating func notes(_ symbol: Int32) -> [Diagnostic.Note] {
    var notes: [Diagnostic.Note] = []
    for selecting in selections(of: symbol) {
      var number = model.symbols[Int(selecting)].firstProperty
      while number >= 0 {
        let property = model.properties[Int(number)]
        if property.kind == .select, model.expressions.isSymbol(property.value, symbol),
          evaluation.evaluate(property.condition) != KconfigEvaluation.no
        {
          let name = model.names.text(max(model.symbols[Int(selecting)].name, 0))
          let place = KconfigPlace(path: model.names.text(property.path), line: Int(property.line))
          notes.append(Diagnostic.Note("selected here by \(name)", at: place.range))
        }
        number = property.next
      }
    }
    var node = model.symbols[Int(symbol)].firstNode
    if node >= 0 { node = model.nodes[Int(node)].nextDefinition }
    while node >= 0, notes.count < 16 {
      notes.append(Diagnostic.Note("also defined here", at: model.place(of: node).range))
      node = model.nodes[Int(node)].nextDefinition
    }
    return notes
  }

  /// The symbols that select another one now, each once: the first of each alternative.
  private mutating func selections(of symbol: Int32) -> [Int32] {
    let expression = model.symbols[Int(symbol)].selection
    guard expression != ExpressionStore.none else { return [] }
    var alternatives: [Int32] = []
    model.expressions.append(expression, of: .or, to: &alternatives)
    var found: [Int32] = []
    for alternative in alternatives where evaluation.evaluate(alternative) != KconfigEvaluation.no {
      var operands: [Int32] = []
      model.expressions.append(alternative, of: .and, to: &operands)
      guard let first = operands.first, model.expressions.kind(first) == .symbol else { continue }
      let selecting = model.expressions.first(first)
      if !found.contains(selecting) { found.append(selecting) }
      if found.count == 16 { break }
    }
    return found
  }

  // MARK: order

  /// What is left to be asked for on behalf of a symbol; -1 stands for its warning.
  private struct Frame {
    let symbol: Int32
    let asks: [Int32]
    var next = 0
  }

  private mutating func orderOfWarnings(_ unmet: Set<Int32>, _ roots: some Sequence<Int32>) -> [Int32] {
    var order: [Int32] = []
    var isAsked = [Bool](repeating: false, count: model.symbols.count)
    isExpressionAsked = [Bool](repeating: false, count: model.expressions.count)
    isExpressionAsked[Int(ExpressionStore.none)] = true
    isChoiceAsked = isAsked
    var stack: [Frame] = []
    for root in [model.modules] + Array(roots) {
      guard !isAsked[Int(root)] else { continue }
      isAsked[Int(root)] = true
      stack.append(Frame(symbol: root, asks: asks(of: root)))
      while let top = stack.indices.last {
        guard stack[top].next < stack[top].asks.count else {
          stack.removeLast()
          continue
        }
        let next = stack[top].asks[stack[top].next]
        stack[top].next += 1
        if next < 0 {
          if unmet.contains(stack[top].symbol) { order.append(stack[top].symbol) }
        } else if !isAsked[Int(next)] {
          isAsked[Int(next)] = true
          stack.append(Frame(symbol: next, asks: asks(of: next)))
        }
      }
    }
    return order
  }

  /// The symbols that computing one asks for, in order. Kernel: `sym_calc_value` in scripts/kconfig/symbol.c.
  private mutating func asks(of symbol: Int32) -> [Int32] {
    let index = Int(symbol)
    let record = model.symbols[index]
    var list: [Int32] = []
    if record.type == .unknown || record.isConstant { return [] }
    for prompt in model.index.prompts(of: index) { collect(model.index.prompts[prompt], &list) }
    if model.choices[index] >= 0, model.profile.choices == .memberPriority {
      askForMembers(of: model.choices[index], &list)
      return list
    }
    collect(record.dependency, &list)
    collect(record.selection, &list)
    collect(record.implication, &list)
    let isVisible = evaluation.visibility[index] != KconfigEvaluation.no
    let isSet = isVisible && evaluation.user.isSet[index]
    if !isSet, !record.isChoice, !(record.choice >= 0 && evaluation.visibility[index] == KconfigEvaluation.yes) {
      for number in model.index.defaults(of: index) {
        let property = model.index.defaults[number]
        collect(property.condition, &list)
        if evaluation.evaluate(property.condition) != KconfigEvaluation.no {
          collect(property.value, &list)
          break
        }
      }
    }
    list.append(-1)
    if record.isChoice, model.profile.choices == .choiceSymbol { askForMembers(of: symbol, &list) }
    for number in model.index.ranges(of: index) {
      let property = model.index.ranges[number]
      collect(property.condition, &list)
      if evaluation.evaluate(property.condition) != KconfigEvaluation.no {
        collect(property.value, &list)
        break
      }
    }
    return list
  }

  private mutating func askForMembers(of choice: Int32, _ list: inout [Int32]) {
    guard !isChoiceAsked[Int(choice)] else { return }
    isChoiceAsked[Int(choice)] = true
    let members =
      model.profile.choices == .memberPriority
      ? evaluation.user.members(of: choice, model) : model.members[choice] ?? []
    for member in members {
      for prompt in model.index.prompts(of: Int(member)) { collect(model.index.prompts[prompt], &list) }
    }
    for number in model.index.defaults(of: Int(choice)) { collect(model.index.defaults[number].condition, &list) }
  }

  private mutating func collect(_ expression: Int32, _ list: inout [Int32]) {
    guard !isExpressionAsked[Int(expression)] else { return }
    isExpressionAsked[Int(expression)] = true
    model.expressions.collectSymbols(expression, into: &list)
  }
}

extension KconfigModel {
  func place(of node: Int32) -> KconfigPlace {
    KconfigPlace(path: names.text(nodes[Int(node)].path), line: Int(nodes[Int(node)].line))
  }

  /// The entry after another in menu order, inside `top`; -1 at the end.
  func node(after node: Int32, inside top: Int32) -> Int32 {
    if nodes[Int(node)].inside >= 0 { return nodes[Int(node)].inside }
    var node = node
    while node != top, nodes[Int(node)].next < 0 { node = nodes[Int(node)].parent }
    return node == top ? -1 : nodes[Int(node)].next
  }

  /// All entries in menu order, without the root.
  var nodesInMenuOrder: [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(nodes.count)
    var next = node(after: ModelDraft.root, inside: ModelDraft.root)
    while next >= 0 {
      order.append(next)
      next = node(after: next, inside: ModelDraft.root)
    }
    return order
  }

  /// The text of a prompt, title or name that stands for an entry.
  func title(of node: Int32) -> ArraySlice<UInt8> {
    let record = nodes[Int(node)]
    if record.prompt >= 0 { return names[properties[Int(record.prompt)].text] }
    guard record.symbol >= 0, symbols[Int(record.symbol)].name >= 0 else { return [] }
    return names[symbols[Int(record.symbol)].name]
  }
}
