import Diagnostics

/// Statements, and the entries of the menu that they make.
extension Parser {
  mutating func mainMenu() throws(Interruption) {
    shift()
    let title = try takeName(.quoted, .title)
    try take(.endOfLine)
    addPrompt(.menu, title, condition: ExpressionStore.none)
  }

  mutating func statement(_ token: Token) throws(Interruption) {
    let isInChoice = blocks.last?.isInChoice ?? false
    switch token {
    case .config: try config()
    case .comment: try comment()
    case .if: try ifBlock()
    case .endif, .endmenu, .endchoice:
      if blocks.isEmpty { throw .syntax(.openBlock) }
      try endBlock(token)
    case _ where isInChoice: throw .syntax(.statementOfChoice)
    case .menuconfig: try menuConfig()
    case .choice: try choiceBlock()
    case .menu: try menuBlock()
    case .source, .rsource, .osource, .orsource: try source(token)
    case .word: try assignment()
    default: throw .syntax(.statement)
    }
  }

  private mutating func assignment() throws(Interruption) {
    // Whether it is one can be seen before the word is accepted; then the word is what does not fit.
    if recovery == .lineByLine, !lexer.isAssignmentNext { throw .syntax(.statement) }
    let name = try takeName(.word, .statement)
    statementWord = name
    let assignment: MacroVariables.Assignment
    switch try peek() {
    case .equal: assignment = .recursive
    case .colonEqual: assignment = .immediate
    case .plusEqual: assignment = .appending
    default: throw .syntax(.assignment)
    }
    shift()
    var value: [UInt8] = []
    if try peek() == .assignedText {
      value = lexer.assigned
      shift()
    }
    try take(.endOfLine)
    do throws(KconfigRejection) {
      try lexer.macros.assign(
        Array(lexer.names[name]), value, assignment, stated: lexer.statement, at: lexer.here)
    } catch {
      throw .rejection(error)
    }
  }

  // MARK: symbols

  private mutating func config() throws(Interruption) {
    try symbolEntry()
    guard choice >= 0 else { return }
    // What later kernels ask of the members of a choice.
    if draft.nodes[Int(entry)].prompt < 0 {
      report("KCONFIG105", "choice member must have a prompt", at: entry)
    }
    guard lexer.profile.choices == .memberPriority else { return }
    let symbol = draft.nodes[Int(entry)].symbol
    if draft.symbols[Int(symbol)].type != .bool { report("KCONFIG105", "choice member must be bool", at: entry) }
    if !draft.symbols[Int(symbol)].isMember {
      draft.symbols[Int(symbol)].isMember = true
      draft.members[draft.nodes[Int(choice)].symbol, default: []].append(symbol)
    }
  }

  private mutating func menuConfig() throws(Interruption) {
    try symbolEntry()
    let prompt = draft.nodes[Int(entry)].prompt
    if prompt >= 0 {
      draft.properties[Int(prompt)].kind = .menu
    } else {
      object("KCONFIG113", Array(ascii: "menuconfig statement without prompt"))
    }
  }

  private mutating func symbolEntry() throws(Interruption) {
    shift()
    let name = try takeName(.word, .symbolName)
    try take(.endOfLine)
    addEntry(draft.symbol(name))
    try symbolAttributes()
  }

  // MARK: blocks

  private mutating func choiceBlock() throws(Interruption) {
    shift()
    var name: Int32?
    if !lexer.profile.has(.noNamedChoices), try peek() == .word { name = try takeName(.word, .symbolName) }
    try take(.endOfLine)
    addEntry(draft.choice(name))
    if lexer.profile.choices == .memberPriority { setType(.bool) }
    try choiceAttributes()
    if lexer.profile.has(.choicesNeedPrompts), draft.nodes[Int(entry)].prompt < 0 {
      report("KCONFIG105", "choice must have a prompt", at: entry)
    }
    if lexer.profile.has(.membersNeedPrompts) { choice = entry }
    try open(.choice)
  }

  private mutating func ifBlock() throws(Interruption) {
    shift()
    let condition = try expression()
    try takeEndOfExpression()
    addEntry(-1)
    addDependency(condition)
    try open(.if)
  }

  private mutating func menuBlock() throws(Interruption) {
    shift()
    let title = try takeName(.quoted, .title)
    try take(.endOfLine)
    addEntry(-1)
    addPrompt(.menu, title, condition: ExpressionStore.none)
    try menuAttributes()
    try open(.menu)
  }

  private mutating func comment() throws(Interruption) {
    shift()
    let title = try takeName(.quoted, .title)
    try take(.endOfLine)
    addEntry(-1)
    addPrompt(.comment, title, condition: ExpressionStore.none)
    try commentAttributes()
  }

  mutating func open(_ kind: Block.Kind) throws(Interruption) {
    guard blocks.count < lexer.limits.blockDepth else {
      throw .rejection(lexer.log.limit("blocks nest too deep", at: lexer.statement))
    }
    let isInChoice = kind == .choice || (blocks.last?.isInChoice ?? false)
    let visibility = draft.expressions.join(
      .and, draft.nodes[Int(entry)].visibility, blocks.last?.visibility ?? ExpressionStore.none)
    blocks.append(Block(kind: kind, node: entry, isInChoice: isInChoice, visibility: visibility))
    menu = entry
    predecessor = -1
  }

  private mutating func endBlock(_ token: Token) throws(Interruption) {
    let span = lexer.tokenSpan
    shift()
    try take(.endOfLine)
    let ended: Block.Kind = token == .endif ? .if : token == .endmenu ? .menu : .choice
    if recovery == .lineByLine, try !findBlock(ended, endedBy: span) { return }
    guard let block = blocks.popLast() else { throw .syntax(.openBlock) }
    if block.kind == .choice { choice = -1 }
    guard ended == block.kind else {
      return report(
        "KCONFIG106", Array(ascii: "unexpected '\(ended.rawValue)' within \(block.kind.rawValue) block"))
    }
    guard draft.nodes[Int(menu)].path == lexer.file.name else {
      reportForeignEnd(ended, of: block, span)
      return
    }
    predecessor = menu
    menu = draft.nodes[Int(menu)].parent
  }

  /// A block that begins in one file and ends in another.
  private mutating func reportForeignEnd(_ ended: Block.Kind, of block: Block, _ span: TextSpan?) {
    switch recovery {
    case .asConf:
      report("KCONFIG107", Array(ascii: "'\(ended.rawValue)' in different file than '\(block.kind.rawValue)'"))
      let text = Array(ascii: "location of the '\(block.kind.rawValue)'")
      lexer.log.add(KconfigMessage(.note, id: "KCONFIG107", text, at: place(of: menu)))
    case .lineByLine:
      hasErrors = true
      lexer.log.add(
        KconfigMessage(
          .error, id: "KCONFIG107", Array("this ends a '\(block.kind.rawValue)' of another file".utf8),
          at: lexer.statement, span: span,
          notes: [Diagnostic.Note("it begins here", at: place(of: menu).range)],
          help: ["a block ends in the file that it begins in"]))
    }
  }

  private mutating func source(_ token: Token) throws(Interruption) {
    shift()
    let name = try takeName(.quoted, .fileName)
    let span = lexer.tokenSpan
    try take(.endOfLine)
    do throws(KconfigRejection) {
      if lexer.names[name].contains(ProbeAnswer.mark) {
        throw lexer.macros.dependsOnAnswer("the name of a file", lexer.statement)
      }
      if lexer.profile.readsPatterns {
        try lexer.includeMatches(of: lexer.names.text(name), token, span)
      } else {
        try lexer.include(lexer.names.text(name), span)
      }
    } catch {
      guard recovery == .lineByLine, let message = error.messages.last, message.id == Lexer.missingFile else {
        throw .rejection(error)
      }
      // Others may be missing too.
      hasErrors = true
      lexer.log.add(message)
    }
  }

  // MARK: entries

  mutating func addEntry(_ symbol: Int32) {
    let node = Int32(draft.nodes.count)
    draft.nodes.append(
      NodeRecord(
        parent: menu, symbol: symbol, firstProperty: Int32(draft.properties.count), path: lexer.file.name,
        line: Int32(lexer.statementLine)))
    if predecessor < 0 {
      draft.nodes[Int(menu)].inside = node
    } else {
      draft.nodes[Int(predecessor)].next = node
    }
    predecessor = node
    entry = node
    if symbol >= 0 {
      draft.addDefinition(node, of: symbol)
      _ = addProperty(.definition, value: ExpressionStore.none, condition: ExpressionStore.none)
    }
  }

  mutating func addDependency(_ condition: Int32) {
    draft.nodes[Int(entry)].dependency =
      draft.expressions.join(.and, draft.nodes[Int(entry)].dependency, condition)
  }
}
