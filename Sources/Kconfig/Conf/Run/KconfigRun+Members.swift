/// Asking which member a choice has. Kernel: `conf_choice` in scripts/kconfig/conf.c.
extension KconfigRun {
  /// What an answer means.
  private enum Answer {
    case member(NodeID)
    /// Nobody could be chosen, and nobody will be.
    case none
    /// It has to be asked for again.
    case again
  }

  /// Asks which member a choice has.
  /// - Returns: the entry whose inside comes next, nil for none. Of a choice symbol it is the member, whose entries inside are
  ///   asked for at once.
  mutating func askForMember(
    _ node: NodeID, _ choice: SymbolID, _ conversation: inout Conversation
  ) throws(KconfigRejection) -> NodeID? {
    let hasChoiceSymbols = model.language.choices == .choiceSymbol
    var isNew = false
    if hasChoiceSymbols {
      isNew = !evaluation.user.isSet[choice]
      if evaluation.isChangeable(choice) { askForTruth(node, choice, &conversation) }
      switch evaluation.truth(choice) {
      case .n: return nil
      case .m:
        if !evaluation.isChangeable(choice) { showTitle(node, conversation) }
        return node
      case .y: break
      }
    }
    while true {
      showTitle(node, conversation)
      let members = showMembers(node, choice, conversation, &isNew)
      switch readMember(node, choice, members, isNew: isNew, &conversation) {
      case .none: return nil
      case .again: continue
      case .member(let member):
        if conversation.word.hasSuffix("?") {
          showHelp(member)
          continue
        }
        if let symbol = model.menu[member].symbol { choose(symbol, of: choice) }
        return hasChoiceSymbols ? member : nil
      }
    }
  }

  private func showTitle(_ node: NodeID, _ conversation: Conversation) {
    terminal.write(conversation.margin + Array(model.title(of: node)) + [.newline], on: .output)
  }

  private func chosenMember(of choice: SymbolID) -> SymbolID? {
    switch model.language.choices {
    case .choiceSymbol: evaluation.choiceSymbols.chosen(choice)
    case .memberPriority: model.choiceEntries[choice]?.first { evaluation.truth($0) == .y }
    }
  }

  /// Lists the members that can be seen.
  private mutating func showMembers(
    _ node: NodeID, _ choice: SymbolID, _ conversation: Conversation, _ isNew: inout Bool
  ) -> [NodeID] {
    let chosen = chosenMember(of: choice)
    var members: [NodeID] = []
    for child in model.menu.entries(inside: node) where isShown(child) {
      guard let symbol = model.menu[child].symbol else {
        terminal.write(.text(conversation.margin, "* ".utf8, model.title(of: child), "\n".utf8), on: .output)
        continue
      }
      members.append(child)
      var text: [UInt8] = .text(
        conversation.margin, "\(symbol == chosen ? ">" : " ") \(members.count). ".utf8, model.title(of: child),
        " (".utf8, model.nameText(of: symbol), ")".utf8)
      if !evaluation.user.isSet[symbol] {
        if model.language.choices == .memberPriority { isNew = true }
        text += Array(ascii: " (NEW)")
      }
      terminal.write(text + [.newline], on: .output)
    }
    return members
  }

  private mutating func readMember(
    _ node: NodeID, _ choice: SymbolID, _ members: [NodeID], isNew: Bool, _ conversation: inout Conversation
  ) -> Answer {
    let chosen = chosenMember(of: choice)
    let usual = members.firstIndex { model.menu[$0].symbol == chosen }.map { $0 + 1 } ?? 0
    terminal.write(conversation.margin + Array(ascii: "choice"), on: .output)
    conversation.answer([])
    let isSettled = conversation.isSettled && !isNew
    var number = members.count
    if members.count == 1 {
      show("[1]: 1\n")
    } else {
      show("[1-\(members.count)?]: ")
      if isSettled {
        number = usual
        show("\(number)\n")
      } else {
        readLine(&conversation)
        let answer = conversation.word
        if answer.hasPrefix("?") {
          showHelp(node)
          return .again
        }
        guard answer.isEmpty || answer.utf8.first?.isDigit ?? false else { return .again }
        number = answer.isEmpty ? usual : Int(Int64(saturating: answer.utf8, base: 10))
      }
    }
    guard number >= 1, number <= members.count else {
      // Where no member can be seen nobody is asked, and `conf` goes round for ever.
      return conversation.isAtEnd || isSettled ? .none : .again
    }
    return .member(members[number - 1])
  }

  private mutating func choose(_ member: SymbolID, of choice: SymbolID) {
    if model.language.choices == .choiceSymbol {
      _ = set(member, to: .y)
      return
    }
    var isDifferent = false
    for entry in model.choiceEntries[choice] ?? [] where evaluation.visibility[entry] != .n {
      let value: Tristate = entry == member ? .y : .n
      if evaluation.truth(entry) != value { isDifferent = true }
      evaluation.user.set(entry, truth: value)
      evaluation.user.prefer(entry)
    }
    if isDifferent { takeEffect() }
  }
}
