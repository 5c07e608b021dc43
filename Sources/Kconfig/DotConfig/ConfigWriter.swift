/// Writes `.config` files. Kernel: `conf_write` and `conf_write_defconfig` in scripts/kconfig/confdata.c.
struct ConfigWriter {
  private var evaluation: KconfigEvaluation
  private let model: KconfigModel
  private let line: ConfigLine

  /// - Parameter prefix: what stands before names, `CONFIG_` usually.
  init(_ evaluation: KconfigEvaluation, prefix: [UInt8]) {
    self.evaluation = evaluation
    model = evaluation.model
    line = ConfigLine(evaluation: evaluation, prefix: prefix)
  }

  /// The whole configuration.
  mutating func configuration() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(1 << 18)
    text += ConfigHeading.pound(model)
    var isDone = IDTable<SymbolID, Bool>(repeating: false, count: model.symbols.count)
    var needsBlankLine = false
    var next = model.menu[.root].inside
    while let node = next {
      if let symbol = model.menu[node].symbol {
        if !model.symbols[symbol].isChoice, !isDone[symbol], evaluation.isWritten[symbol] {
          if needsBlankLine { text.append(.newline) }
          needsBlankLine = false
          isDone[symbol] = true
          line.append(symbol, to: &text)
        }
      } else if evaluation.isTitleVisible(node) {
        text += Array(ascii: "\n#\n# ")
        text += model.title(of: node)
        text += Array(ascii: "\n#\n")
        needsBlankLine = false
      }
      next = self.next(after: node, &text, &needsBlankLine)
    }
    return text
  }

  /// Moves on in menu order and closes the menus that are left.
  private mutating func next(after node: NodeID, _ text: inout [UInt8], _ needsBlankLine: inout Bool) -> NodeID? {
    if let inside = model.menu[node].inside { return inside }
    var next: NodeID? = node
    while let node = next {
      if isMenu(node), evaluation.isTitleVisible(node) {
        text += Array(ascii: "# end of ")
        text += model.title(of: node)
        text.append(.newline)
        needsBlankLine = true
      }
      if let behind = model.menu[node].next { return behind }
      next = model.menu[node].parent
    }
    return nil
  }

  private func isMenu(_ node: NodeID) -> Bool {
    guard node != .root, model.menu[node].symbol == nil, let title = model.menu[node].prompt else { return false }
    return model.properties[title].kind == .menu
  }

  /// Only what differs from what everybody gets.
  mutating func minimalConfiguration() -> [UInt8] {
    var text: [UInt8] = []
    var isDone = IDTable<SymbolID, Bool>(repeating: false, count: model.symbols.count)
    for node in model.menu.nodes(inside: .root) {
      guard let symbol = model.menu[node].symbol, !model.symbols[symbol].isChoice, evaluation.isWritten[symbol],
        !isDone[symbol]
      else { continue }
      isDone[symbol] = true
      if evaluation.isChangeable(symbol), !hasUsualValue(symbol) { line.append(symbol, to: &text) }
    }
    return text
  }

  private mutating func hasUsualValue(_ symbol: SymbolID) -> Bool {
    if evaluation.bytes(of: symbol).elementsEqual(evaluation.usualText(of: symbol)) { return true }
    guard let choice = model.choice(of: symbol), evaluation.usualMember(choice) == symbol,
      evaluation.truth(symbol) == .y
    else { return false }
    if model.language.choices == .memberPriority { return true }
    return !model.symbols[choice].isOptional && model.symbols[symbol].type == .bool
  }
}
