/// Single questions and what becomes of the answers. Kernel: `conf_sym` and `conf_string`.
extension KconfigRun {
  mutating func askForTruth(_ node: NodeID, _ symbol: SymbolID, _ conversation: inout Conversation) {
    while true {
      showQuestion(node, symbol, conversation)
      let current = evaluation.truth(symbol)
      show("[" + current.letter.uppercased())
      for value in Tristate.allCases where current != value && evaluation.allows(value, for: symbol) {
        show("/" + value.letter)
      }
      show("/?] ")
      guard readAnswer(symbol, Array(evaluation.bytes(of: symbol)), &conversation) else { return }
      switch conversation.word {
      case "n", "N", "no", "No": if set(symbol, to: .n) { return }
      case "m", "M": if set(symbol, to: .m) { return }
      case "y", "Y", "yes", "Yes": if set(symbol, to: .y) { return }
      case "": if set(symbol, to: current) || conversation.isAtEnd { return }
      case let answer where answer.hasPrefix("?"): break
      default: continue
      }
      showHelp(node)
    }
  }

  mutating func askForText(
    _ node: NodeID, _ symbol: SymbolID, _ conversation: inout Conversation
  ) throws(KconfigRejection) {
    while true {
      showQuestion(node, symbol, conversation)
      var answer = Array(evaluation.bytes(of: symbol))
      terminal.write(Array(ascii: "[") + answer + Array(ascii: "] "), on: .output)
      guard readAnswer(symbol, answer, &conversation) else { return }
      if conversation.line == Array(ascii: "?\n") {
        showHelp(node)
        continue
      }
      if conversation.line.first != .newline { answer = Array(conversation.line.dropLast()) }
      if set(symbol, to: answer) { return }
      // `conf` up to v6.10 would ask for ever.
      if conversation.isAtEnd {
        let name = String(decoding: model.nameText(of: symbol), as: UTF8.self)
        throw failure("KCONFIG165", "\nerror: no value for new symbol '\(name)' at end of input\n")
      }
    }
  }

  private func showQuestion(_ node: NodeID, _ symbol: SymbolID, _ conversation: Conversation) {
    var text = conversation.margin + Array(model.title(of: node)) + [.space]
    if let name = model.symbols[symbol].name { text += .text("(".utf8, model.names[name], ") ".utf8) }
    terminal.write(text, on: .output)
  }

  // MARK: answers

  /// - Returns: whether the symbol can have the value.
  mutating func set(_ symbol: SymbolID, to value: Tristate) -> Bool {
    let hasChoiceSymbols = model.language.choices == .choiceSymbol
    let current = evaluation.truth(symbol)
    guard evaluation.allows(value, for: symbol) || hasChoiceSymbols && value == current else { return false }
    evaluation.user.set(symbol, truth: value)
    if hasChoiceSymbols, value == .y, let choice = model.symbols[symbol].choice {
      evaluation.user.chosen[choice] = symbol
      evaluation.user.isSet[choice] = true
      for member in model.members[choice] ?? [] where evaluation.visibility[member] != .n {
        evaluation.user.isSet[member] = true
      }
    }
    if current != value { takeEffect() }
    return true
  }

  private mutating func set(_ symbol: SymbolID, to text: [UInt8]) -> Bool {
    guard evaluation.allows(text, for: symbol) else { return false }
    let isHex = model.symbols[symbol].type == .hex
    let hasPrefix = text.count >= 2 && text[0] == UInt8(ascii: "0") && text[1] | 0x20 == UInt8(ascii: "x")
    evaluation.user.set(symbol, text: isHex && !hasPrefix ? Array(ascii: "0x") + text : text)
    takeEffect()
    return true
  }
}
