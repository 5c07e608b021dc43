import Diagnostics

/// What `conf` says about symbols that are selected although what they depend on is not given.
///
/// Kernel: `sym_warn_unmet_dep` in scripts/kconfig/symbol.c.
struct UnmetDependencies {
  private var evaluation: KconfigEvaluation
  private let model: KconfigModel
  private var locator: MessageLocator

  init(_ evaluation: KconfigEvaluation) {
    self.evaluation = evaluation
    model = evaluation.model
    locator = MessageLocator(model.files)
  }

  /// The warning about a symbol.
  mutating func message(_ symbol: Int32) -> KconfigMessage {
    let record = model.symbols[Int(symbol)]
    let name = model.names[max(record.name, 0)]
    var printer = ExpressionPrinter(evaluation, showing: evaluation.values)
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
    var printer = ExpressionPrinter(evaluation, showing: evaluation.values)
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
