import Diagnostics

/// Asking the user, one line for one symbol. Kernel: `conf` and `check_conf` in scripts/kconfig/conf.c.
extension KconfigRun {
  mutating func converse(_ mode: KconfigMode) throws(KconfigRejection) {
    var conversation = Conversation(mode: mode, restarts: mode != .oldaskconfig)
    if mode == .oldaskconfig {
      conversation.top = ModelDraft.root
      try ask(about: ModelDraft.root, &conversation)
      conversation.restarts = true
      conversation.mode = .oldconfig
    }
    repeat {
      conversation.rounds = 0
      try askAboutNew(inside: ModelDraft.root, &conversation)
    } while conversation.rounds > 0
  }

  /// How far a conversation is.
  struct Conversation {
    var mode: KconfigMode
    /// Whether only menus with something new are gone through.
    var restarts: Bool
    /// The menu that is gone through.
    var top: Int32 = -1
    /// How many menus were gone through.
    var rounds = 0
    var indent = 1
    /// The last answer.
    var line: [UInt8] = []
    var isAtEnd = false
  }

  private func isSet(_ symbol: Int32) -> Bool { evaluation.user.isSet[Int(symbol)] }

  private func isAskable(_ symbol: Int32) -> Bool {
    if evaluation.isChangeable(symbol) { return true }
    return model.profile.choices == .choiceSymbol && model.symbols[Int(symbol)].isChoice
      && evaluation.truth[Int(symbol)] == KconfigEvaluation.yes
  }

  /// Looks for what is new, and goes through the menu around it.
  private mutating func askAboutNew(inside top: Int32, _ conversation: inout Conversation) throws(KconfigRejection) {
    var node = top
    while node >= 0 {
      guard isShown(node) else {
        node = nodeBehind(node, inside: top)
        continue
      }
      let symbol = model.nodes[Int(node)].symbol
      if symbol >= 0, !isSet(symbol), isAskable(symbol) { try meet(node, symbol, &conversation) }
      node = model.nodes[Int(node)].inside >= 0 ? model.nodes[Int(node)].inside : nodeBehind(node, inside: top)
    }
  }

  private mutating func meet(
    _ node: Int32, _ symbol: Int32, _ conversation: inout Conversation
  ) throws(KconfigRejection) {
    switch conversation.mode {
    case .listnewconfig:
      guard model.symbols[Int(symbol)].name >= 0 else { return }
      var text: [UInt8] = []
      ConfigLine(evaluation: evaluation, prefix: prefix).appendAssignment(of: symbol, to: &text)
      terminal.write(text, on: .output)
    case .helpnewconfig:
      show("-----\n")
      showHelp(node)
      show("-----\n")
    default:
      if conversation.rounds == 0 { show("*\n* Restart config...\n*\n") }
      conversation.rounds += 1
      var menu = node
      while menu != ModelDraft.root {
        let prompt = model.nodes[Int(menu)].prompt
        if prompt >= 0, model.properties[Int(prompt)].kind == .menu { break }
        menu = model.nodes[Int(menu)].parent
      }
      conversation.top = menu
      try ask(about: menu, &conversation)
    }
  }

  /// The entry that follows when those inside one are left out; -1 at the end.
  private func nodeBehind(_ node: Int32, inside top: Int32) -> Int32 {
    var node = node
    while node != top, model.nodes[Int(node)].next < 0 { node = model.nodes[Int(node)].parent }
    return node == top ? -1 : model.nodes[Int(node)].next
  }

  /// Asks about an entry and all inside it.
  private mutating func ask(about top: Int32, _ conversation: inout Conversation) throws(KconfigRejection) {
    var node = top
    // The choices of which one member was entered, and no other one will be.
    var choices: [Int32] = []
    while node >= 0 {
      let entered = try askAlone(about: node, &conversation)
      if entered >= 0, model.nodes[Int(entered)].inside >= 0 {
        if entered != node { choices.append(node) }
        if model.nodes[Int(entered)].symbol >= 0 { conversation.indent += 2 }
        node = model.nodes[Int(entered)].inside
        continue
      }
      while node != top, model.nodes[Int(node)].next < 0 {
        node = model.nodes[Int(node)].parent
        if model.nodes[Int(node)].symbol >= 0 { conversation.indent -= 2 }
        if let choice = choices.last, model.nodes[Int(node)].parent == choice { node = choices.removeLast() }
      }
      node = node == top ? -1 : model.nodes[Int(node)].next
    }
  }

  /// Asks about one entry.
  /// - Returns: the entry whose inside comes next: this one, or a member of this choice; -1 for none.
  private mutating func askAlone(
    about node: Int32, _ conversation: inout Conversation
  ) throws(KconfigRejection) -> Int32 {
    guard isShown(node) else { return -1 }
    let record = model.nodes[Int(node)]
    if record.prompt >= 0 {
      let kind = model.properties[Int(record.prompt)].kind
      if kind == .menu, conversation.restarts, conversation.top != node {
        try askAboutNew(inside: node, &conversation)
        return -1
      }
      if kind == .menu || kind == .comment {
        let star = String(repeating: " ", count: conversation.indent - 1) + "*"
        show("\(star)\n\(star) ")
        terminal.write(Array(model.title(of: node)), on: .output)
        show("\n\(star)\n")
      }
    }
    guard record.symbol >= 0 else { return node }
    if model.symbols[Int(record.symbol)].isChoice { return try askForMember(node, &conversation) }
    if evaluation.model.symbols[Int(record.symbol)].type.isLogical || model.symbols[Int(record.symbol)].type == .unknown
    {
      askForTruth(node, &conversation)
    } else {
      try askForText(node, &conversation)
    }
    return node
  }

  // MARK: talking

  func show(_ text: String) {
    terminal.write(Array(text.utf8), on: .output)
  }

  mutating func showHelp(_ node: Int32) {
    var page = HelpPage(self)
    let text = page.text(of: node, prefix: prefix)
    self = page.run
    terminal.write(text, on: .output)
  }

  /// Reads an answer; at the end of all answers the line stays as it is.
  func readLine(_ conversation: inout Conversation) {
    if let line = terminal.readLine() {
      conversation.line = line
    } else {
      conversation.isAtEnd = true
      terminal.write(Array(ascii: "\nError in reading or end of file.\n"), on: .errors)
    }
    if terminal.echoes { terminal.write(conversation.line, on: .output) }
  }

  /// Reads an answer about a symbol unless there is nothing to ask.
  func readAnswer(_ symbol: Int32, _ current: [UInt8], _ conversation: inout Conversation) -> Bool {
    if !isSet(symbol) { show("(NEW) ") }
    conversation.line = [.newline]
    let isSettled = conversation.mode == .oldconfig || conversation.mode == .syncconfig
    guard evaluation.isChangeable(symbol), !(isSettled && isSet(symbol)) else {
      terminal.write(current + [.newline], on: .output)
      return false
    }
    readLine(&conversation)
    return true
  }
}
