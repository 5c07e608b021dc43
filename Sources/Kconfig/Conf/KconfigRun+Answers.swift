import Diagnostics

/// Single questions and what becomes of the answers. Kernel: `conf_sym`, `conf_string` and `conf_choice`.
extension KconfigRun {
  mutating func askForTruth(_ node: Int32, _ conversation: inout Conversation) {
    let symbol = model.nodes[Int(node)].symbol
    while true {
      showQuestion(node, conversation)
      let current = evaluation.truth[Int(symbol)]
      show("[" + ["N", "M", "Y"][Int(current)])
      let others = [(KconfigEvaluation.no, "/n"), (KconfigEvaluation.module, "/m"), (KconfigEvaluation.yes, "/y")]
      for (value, letter) in others
      where current != value && evaluation.allows(value, for: symbol) { show(letter) }
      show("/?] ")
      guard readAnswer(symbol, Array(evaluation.bytes(of: symbol)), &conversation) else { return }
      switch Self.stripped(conversation.line) {
      case "n", "N", "no", "No": if set(symbol, to: KconfigEvaluation.no) { return }
      case "m", "M": if set(symbol, to: KconfigEvaluation.module) { return }
      case "y", "Y", "yes", "Yes": if set(symbol, to: KconfigEvaluation.yes) { return }
      case "": if set(symbol, to: current) || conversation.isAtEnd { return }
      case let answer where answer.hasPrefix("?"): break
      default: continue
      }
      showHelp(node)
    }
  }

  mutating func askForText(_ node: Int32, _ conversation: inout Conversation) throws(KconfigRejection) {
    let symbol = model.nodes[Int(node)].symbol
    while true {
      showQuestion(node, conversation)
      var answer = Array(evaluation.bytes(of: symbol))
      terminal.write(Array(ascii: "[") + answer + Array(ascii: "] "), on: .output)
      guard readAnswer(symbol, answer, &conversation) else { return }
      if conversation.line == Array(ascii: "?\n") {
        showHelp(node)
        continue
      }
      if conversation.line.first != .newline { answer = Array(conversation.line.dropLast()) }
      if set(symbol, to: answer) { return }
      // Without this, v6.1 asks for ever.
      if conversation.isAtEnd {
        let name = String(decoding: model.names[max(model.symbols[Int(symbol)].name, 0)], as: UTF8.self)
        throw failure("KCONFIG165", "\nerror: no value for new symbol '\(name)' at end of input\n")
      }
    }
  }

  private func showQuestion(_ node: Int32, _ conversation: Conversation) {
    let symbol = model.nodes[Int(node)].symbol
    var text = [UInt8](repeating: .space, count: conversation.indent - 1)
    text += model.title(of: node)
    text.append(.space)
    let name = model.symbols[Int(symbol)].name
    if name >= 0 { text += Array(ascii: "(") + Array(model.names[name]) + Array(ascii: ") ") }
    terminal.write(text, on: .output)
  }

  // MARK: choices

  /// Asks which member a choice has.
  /// - Returns: the entry whose inside comes next, -1 for none: of v6.1 the member, which has its own entries asked at once.
  mutating func askForMember(_ node: Int32, _ conversation: inout Conversation) throws(KconfigRejection) -> Int32 {
    let choice = model.nodes[Int(node)].symbol
    var isNew = false
    if model.profile.choices == .choiceSymbol {
      isNew = !evaluation.user.isSet[Int(choice)]
      if evaluation.isChangeable(choice) { askForTruth(node, &conversation) }
      switch evaluation.truth[Int(choice)] {
      case KconfigEvaluation.no: return -1
      case KconfigEvaluation.module:
        if !evaluation.isChangeable(choice) { showTitle(node, conversation) }
        return node
      default: break
      }
    }
    let isSettled = conversation.mode == .oldconfig || conversation.mode == .syncconfig
    while true {
      showTitle(node, conversation)
      let members = showMembers(node, conversation, &isNew)
      let usual = members.firstIndex { model.nodes[Int($0)].symbol == chosenMember(of: choice) }.map { $0 + 1 } ?? 0
      show(String(repeating: " ", count: conversation.indent - 1) + "choice")
      conversation.line = []
      var number = members.count
      if members.count == 1 {
        show("[1]: 1\n")
      } else {
        show("[1-\(members.count)?]: ")
        if isSettled, !isNew {
          number = usual
          show("\(number)\n")
        } else {
          readLine(&conversation)
          let answer = Self.stripped(conversation.line)
          if answer.hasPrefix("?") {
            showHelp(node)
            continue
          }
          if answer.isEmpty {
            number = usual
          } else if answer.utf8.first?.isDigit ?? false {
            number = Int(Int64(saturating: answer.utf8, base: 10))
          } else {
            continue
          }
        }
      }
      guard (1...max(1, members.count)).contains(number), number <= members.count else {
        // Where no member can be seen nobody is asked, and `conf` goes round for ever.
        if conversation.isAtEnd || isSettled && !isNew { return -1 }
        continue
      }
      let member = members[number - 1]
      if Self.stripped(conversation.line).hasSuffix("?") {
        showHelp(member)
        continue
      }
      choose(model.nodes[Int(member)].symbol, of: choice)
      return model.profile.choices == .choiceSymbol ? member : -1
    }
  }

  private func showTitle(_ node: Int32, _ conversation: Conversation) {
    let indent = [UInt8](repeating: .space, count: conversation.indent - 1)
    terminal.write(indent + Array(model.title(of: node)) + [.newline], on: .output)
  }

  private func chosenMember(of choice: Int32) -> Int32 {
    if model.profile.choices == .choiceSymbol { return evaluation.chosen[Int(choice)] }
    return model.choiceEntries[choice]?.first { evaluation.truth[Int($0)] == KconfigEvaluation.yes } ?? -1
  }

  /// Lists the members that can be seen.
  private mutating func showMembers(_ node: Int32, _ conversation: Conversation, _ isNew: inout Bool) -> [Int32] {
    let chosen = chosenMember(of: model.nodes[Int(node)].symbol)
    let indent = String(repeating: " ", count: conversation.indent - 1)
    var members: [Int32] = []
    var child = model.nodes[Int(node)].inside
    while child >= 0 {
      defer { child = model.nodes[Int(child)].next }
      guard isShown(child) else { continue }
      let symbol = model.nodes[Int(child)].symbol
      guard symbol >= 0 else {
        terminal.write(Array(ascii: "\(indent)* ") + Array(model.title(of: child)) + [.newline], on: .output)
        continue
      }
      members.append(child)
      var text = Array(ascii: "\(indent)\(symbol == chosen ? ">" : " ") \(members.count). ")
      text += model.title(of: child)
      text += Array(ascii: " (") + Array(model.names[max(model.symbols[Int(symbol)].name, 0)]) + Array(ascii: ")")
      if !evaluation.user.isSet[Int(symbol)] {
        if model.profile.choices == .memberPriority { isNew = true }
        text += Array(ascii: " (NEW)")
      }
      terminal.write(text + [.newline], on: .output)
    }
    return members
  }

  private mutating func choose(_ member: Int32, of choice: Int32) {
    if model.profile.choices == .choiceSymbol {
      _ = set(member, to: KconfigEvaluation.yes)
      return
    }
    var isDifferent = false
    for entry in model.choiceEntries[choice] ?? [] where evaluation.visibility[Int(entry)] != KconfigEvaluation.no {
      let value = entry == member ? KconfigEvaluation.yes : KconfigEvaluation.no
      if evaluation.truth[Int(entry)] != value { isDifferent = true }
      evaluation.user.set(entry, truth: value)
      evaluation.user.prefer(entry)
    }
    if isDifferent { takeEffect() }
  }

  // MARK: answers

  /// - Returns: whether the symbol can have the value.
  private mutating func set(_ symbol: Int32, to value: UInt8) -> Bool {
    let index = Int(symbol)
    let isOld = model.profile.choices == .choiceSymbol
    let current = evaluation.truth[index]
    guard evaluation.allows(value, for: symbol) || isOld && value == current else { return false }
    evaluation.user.set(symbol, truth: value)
    let choice = model.symbols[index].choice
    if isOld, choice >= 0, value == KconfigEvaluation.yes {
      evaluation.user.chosen[Int(choice)] = symbol
      evaluation.user.isSet[Int(choice)] = true
      for member in model.members[choice] ?? [] where evaluation.visibility[Int(member)] != KconfigEvaluation.no {
        evaluation.user.isSet[Int(member)] = true
      }
    }
    if current != value { takeEffect() }
    return true
  }

  private mutating func set(_ symbol: Int32, to text: [UInt8]) -> Bool {
    guard evaluation.allows(text, for: symbol) else { return false }
    let isHex = model.symbols[Int(symbol)].type == .hex
    let hasPrefix = text.count >= 2 && text[0] == UInt8(ascii: "0") && text[1] | 0x20 == UInt8(ascii: "x")
    evaluation.user.set(symbol, text: isHex && !hasPrefix ? Array(ascii: "0x") + text : text)
    takeEffect()
    return true
  }

  private static func stripped(_ line: [UInt8]) -> String {
    let start = line.drop(while: \.isSpace)
    let end = start.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? start.startIndex
    return String(decoding: start[..<end], as: UTF8.self)
  }
}
