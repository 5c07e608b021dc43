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
    var isDone = [Bool](repeating: false, count: model.symbols.count)
    var needsBlankLine = false
    var node = model.nodes[Int(ModelDraft.root)].inside
    while node >= 0 {
      let symbol = model.nodes[Int(node)].symbol
      if symbol < 0 {
        if evaluation.isTitleVisible(node) {
          text += Array(ascii: "\n#\n# ")
          text += model.title(of: node)
          text += Array(ascii: "\n#\n")
          needsBlankLine = false
        }
      } else if !model.symbols[Int(symbol)].isChoice, !isDone[Int(symbol)], evaluation.isWritten[Int(symbol)] {
        if needsBlankLine { text.append(.newline) }
        needsBlankLine = false
        isDone[Int(symbol)] = true
        line.append(symbol, to: &text)
      }
      node = next(after: node, &text, &needsBlankLine)
    }
    return text
  }

  /// Moves on in menu order and closes the menus that are left.
  private mutating func next(after node: Int32, _ text: inout [UInt8], _ needsBlankLine: inout Bool) -> Int32 {
    if model.nodes[Int(node)].inside >= 0 { return model.nodes[Int(node)].inside }
    var node = node
    while node >= 0 {
      let record = model.nodes[Int(node)]
      if record.symbol < 0, node != ModelDraft.root, evaluation.isTitleVisible(node),
        record.prompt >= 0, model.properties[Int(record.prompt)].kind == .menu
      {
        text += Array(ascii: "# end of ")
        text += model.title(of: node)
        text.append(.newline)
        needsBlankLine = true
      }
      if record.next >= 0 { return record.next }
      node = record.parent
    }
    return -1
  }

  /// Only what differs from what everybody gets.
  mutating func minimalConfiguration() -> [UInt8] {
    var text: [UInt8] = []
    var isDone = [Bool](repeating: false, count: model.symbols.count)
    for node in model.nodesInMenuOrder {
      let symbol = model.nodes[Int(node)].symbol
      guard symbol >= 0, !model.symbols[Int(symbol)].isChoice, evaluation.isWritten[Int(symbol)],
        !isDone[Int(symbol)]
      else { continue }
      isDone[Int(symbol)] = true
      if evaluation.isChangeable(symbol), !hasUsualValue(symbol) { line.append(symbol, to: &text) }
    }
    return text
  }

  private mutating func hasUsualValue(_ symbol: Int32) -> Bool {
    if evaluation.bytes(of: symbol).elementsEqual(evaluation.usualText(of: symbol)) { return true }
    let choice = model.choices[Int(symbol)]
    guard choice >= 0, evaluation.usualMember(choice) == symbol,
      evaluation.truth[Int(symbol)] == KconfigEvaluation.yes
    else { return false }
    if model.profile.choices == .memberPriority { return true }
    return !model.symbols[Int(choice)].isOptional && model.symbols[Int(symbol)].type == .bool
  }
}
