import Diagnostics

/// Says which symbols are selected although what they depend on is not given.
struct UnmetDependencies {
  private let evaluation: KconfigEvaluation
  private let model: KconfigModel

  init(_ evaluation: KconfigEvaluation) {
    self.evaluation = evaluation
    model = evaluation.model
  }

  /// A warning for each, in the order in which `conf` comes to them from `roots`.
  func messages(askingFor roots: some Sequence<Int32>) -> [KconfigMessage] {
    let unmet = Set(evaluation.unmet)
    guard !unmet.isEmpty else { return [] }
    if unmet.count == 1 { return unmet.map(message) }
    var order: [Int32] = []
    var asking = AskingOrder(evaluation)
    asking.walk(from: roots) { step in
      if case .checked(let symbol) = step, unmet.contains(symbol) { order.append(symbol) }
    }
    return order.map(message)
  }

  private func message(_ symbol: Int32) -> KconfigMessage {
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
    return KconfigMessage(
      .warning, id: "KCONFIG160", exactly: printer.text,
      summary: .text(name, " is selected although what it depends on is not given".utf8), at: place)
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
