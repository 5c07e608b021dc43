/// Asking the user, one line for one symbol. Kernel: `conf` and `check_conf` in scripts/kconfig/conf.c.
extension KconfigRun {
  mutating func converse(_ mode: KconfigMode) throws(KconfigRejection) {
    var conversation = Conversation(mode)
    if mode == .oldaskconfig {
      try ask(about: .root, &conversation)
      conversation.restart()
    }
    repeat {
      conversation.beginRound()
      try askAboutNew(inside: .root, &conversation)
    } while conversation.rounds > 0
  }

  private func isSet(_ symbol: SymbolID) -> Bool { evaluation.user.isSet[symbol] }

  private func isAskable(_ symbol: SymbolID) -> Bool {
    if evaluation.isChangeable(symbol) { return true }
    return model.language.choices == .choiceSymbol && model.symbols[symbol].isChoice && evaluation.truth(symbol) == .y
  }

  /// Looks for what is new, and goes through the menu around it.
  private mutating func askAboutNew(inside top: NodeID, _ conversation: inout Conversation) throws(KconfigRejection) {
    var next: NodeID? = top
    while let node = next {
      guard isShown(node) else {
        next = model.menu.node(behind: node, inside: top)
        continue
      }
      if let symbol = model.menu[node].symbol, !isSet(symbol), isAskable(symbol) {
        try meet(node, symbol, &conversation)
      }
      next = model.menu.node(after: node, inside: top)
    }
  }

  private mutating func meet(
    _ node: NodeID, _ symbol: SymbolID, _ conversation: inout Conversation
  ) throws(KconfigRejection) {
    switch conversation.mode {
    case .listnewconfig:
      guard model.symbols[symbol].name != nil else { return }
      var text: [UInt8] = []
      ConfigLine(evaluation: evaluation, prefix: prefix).appendAssignment(of: symbol, to: &text)
      terminal.write(text, on: .output)
    case .helpnewconfig:
      show("-----\n")
      showHelp(node)
      show("-----\n")
    default:
      if conversation.rounds == 0 { show("*\n* Restart config...\n*\n") }
      let menu = menu(around: node)
      conversation.begin(menu)
      try ask(about: menu, &conversation)
    }
  }

  /// The menu that an entry lies in, or is.
  private func menu(around node: NodeID) -> NodeID {
    var menu = node
    while menu != .root {
      if let title = model.menu[menu].prompt, model.properties[title].kind == .menu { break }
      menu = model.menu[menu].parent ?? .root
    }
    return menu
  }

  /// Asks about an entry and all inside it.
  private mutating func ask(about top: NodeID, _ conversation: inout Conversation) throws(KconfigRejection) {
    var next: NodeID? = top
    // The choices of which one member was entered, and no other one will be.
    var choices: [NodeID] = []
    while var node = next {
      if let entered = try askAlone(about: node, &conversation), let inside = model.menu[entered].inside {
        if entered != node { choices.append(node) }
        if model.menu[entered].symbol != nil { conversation.enterEntry() }
        next = inside
        continue
      }
      while node != top, model.menu[node].next == nil, let parent = model.menu[node].parent {
        node = parent
        if model.menu[node].symbol != nil { conversation.leaveEntry() }
        if let choice = choices.last, model.menu[node].parent == choice { node = choices.removeLast() }
      }
      next = node == top ? nil : model.menu[node].next
    }
  }

  /// Asks about one entry.
  /// - Returns: the entry whose inside comes next: this one, or a member of this choice; nil for none.
  private mutating func askAlone(
    about node: NodeID, _ conversation: inout Conversation
  ) throws(KconfigRejection) -> NodeID? {
    guard isShown(node) else { return nil }
    let record = model.menu[node]
    if let title = record.prompt {
      let kind = model.properties[title].kind
      if kind == .menu, conversation.restarts, conversation.top != node {
        try askAboutNew(inside: node, &conversation)
        return nil
      }
      if kind == .menu || kind == .comment {
        let star = conversation.margin + Array(ascii: "*")
        terminal.write(.text(star, "\n".utf8, star, " ".utf8), on: .output)
        terminal.write(Array(model.title(of: node)), on: .output)
        terminal.write(.text("\n".utf8, star, "\n".utf8), on: .output)
      }
    }
    guard let symbol = record.symbol else { return node }
    if model.symbols[symbol].isChoice { return try askForMember(node, symbol, &conversation) }
    if model.symbols[symbol].type.isLogical || model.symbols[symbol].type == .unknown {
      askForTruth(node, symbol, &conversation)
    } else {
      try askForText(node, symbol, &conversation)
    }
    return node
  }

  // MARK: talking

  func show(_ text: String) {
    terminal.write(Array(text.utf8), on: .output)
  }

  mutating func showHelp(_ node: NodeID) {
    var page = HelpPage(self)
    let text = page.text(of: node, prefix: prefix)
    self = page.run
    terminal.write(text, on: .output)
  }

  /// Reads an answer; at the end of all answers the line stays as it is.
  func readLine(_ conversation: inout Conversation) {
    let line = terminal.readLine()
    conversation.answer(line)
    if line == nil { terminal.write(Array(ascii: "\nError in reading or end of file.\n"), on: .errors) }
    if terminal.echoes { terminal.write(conversation.line, on: .output) }
  }

  /// Reads an answer about a symbol unless there is nothing to ask.
  func readAnswer(_ symbol: SymbolID, _ current: [UInt8], _ conversation: inout Conversation) -> Bool {
    if !isSet(symbol) { show("(NEW) ") }
    conversation.answer([.newline])
    guard evaluation.isChangeable(symbol), !(conversation.isSettled && isSet(symbol)) else {
      terminal.write(current + [.newline], on: .output)
      return false
    }
    readLine(&conversation)
    return true
  }
}
