import Diagnostics

/// Statements, and the entries of the menu that they make.
extension Parser {
  mutating func mainMenu() throws(Interruption) {
    shift()
    let title = try tokens.takeName(.quoted, .title)
    try take(.endOfLine)
    addPrompt(.menu, title, condition: .empty)
  }

  mutating func statement(_ token: Token) throws(Interruption) {
    let isInChoice = builder.blocks.last?.isInChoice ?? false
    switch token {
    case .config: try config()
    case .comment: try comment()
    case .if: try ifBlock()
    case .endif, .endmenu, .endchoice:
      if builder.blocks.isEmpty { throw .syntax(.openBlock) }
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
    let name = try tokens.takeName(.word, .statement)
    noteWord(name)
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
    guard let choice = builder.choice, let symbol = builder.symbol else { return }
    // What later kernels ask of the members of a choice.
    if draft.menu[builder.entry].prompt == nil {
      report("KCONFIG105", "choice member must have a prompt", at: builder.entry)
    }
    guard lexer.language.choices == .memberPriority else { return }
    if draft.symbols[symbol].type != .bool {
      report("KCONFIG105", "choice member must be bool", at: builder.entry)
    }
    if !draft.symbols[symbol].isMember, let choice = draft.menu[choice].symbol {
      draft.symbols[symbol].isMember = true
      draft.members[choice, default: []].append(symbol)
    }
  }

  private mutating func menuConfig() throws(Interruption) {
    try symbolEntry()
    if let prompt = draft.menu[builder.entry].prompt {
      draft.properties[prompt].kind = .menu
    } else {
      object("KCONFIG113", Array(ascii: "menuconfig statement without prompt"))
    }
  }

  private mutating func symbolEntry() throws(Interruption) {
    shift()
    let name = try tokens.takeName(.word, .symbolName)
    try take(.endOfLine)
    builder.addEntry(draft.symbols.symbol(name), at: place)
    try symbolAttributes()
  }

  // MARK: blocks

  private mutating func choiceBlock() throws(Interruption) {
    shift()
    var name: NameID?
    if !lexer.language.has(.noNamedChoices), try peek() == .word { name = try tokens.takeName(.word, .symbolName) }
    try take(.endOfLine)
    builder.addEntry(draft.symbols.choice(name), at: place)
    if lexer.language.choices == .memberPriority { setType(.bool) }
    try choiceAttributes()
    if lexer.language.has(.choicesNeedPrompts), draft.menu[builder.entry].prompt == nil {
      report("KCONFIG105", "choice must have a prompt", at: builder.entry)
    }
    if lexer.language.has(.membersNeedPrompts) { builder.beginChoice() }
    try open(.choice)
  }

  private mutating func ifBlock() throws(Interruption) {
    shift()
    let condition = try expression()
    try tokens.takeEndOfLine(.operatorOrEnd)
    builder.addEntry(nil, at: place)
    builder.addDependency(condition)
    try open(.if)
  }

  private mutating func menuBlock() throws(Interruption) {
    shift()
    let title = try tokens.takeName(.quoted, .title)
    try take(.endOfLine)
    builder.addEntry(nil, at: place)
    addPrompt(.menu, title, condition: .empty)
    try menuAttributes()
    try open(.menu)
  }

  private mutating func comment() throws(Interruption) {
    shift()
    let title = try tokens.takeName(.quoted, .title)
    try take(.endOfLine)
    builder.addEntry(nil, at: place)
    addPrompt(.comment, title, condition: .empty)
    try commentAttributes()
  }

  mutating func open(_ kind: MenuBuilder.Block.Kind) throws(Interruption) {
    guard builder.blocks.count < lexer.limits.blockDepth else {
      throw .rejection(lexer.log.limit("blocks nest too deep", at: lexer.statement))
    }
    builder.open(kind)
  }

  private mutating func endBlock(_ token: Token) throws(Interruption) {
    let span = lexer.tokenSpan
    shift()
    try take(.endOfLine)
    let ended: MenuBuilder.Block.Kind = token == .endif ? .if : token == .endmenu ? .menu : .choice
    if recovery == .lineByLine, try !findBlock(ended, endedBy: span) { return }
    guard let block = builder.popBlock() else { throw .syntax(.openBlock) }
    guard ended == block.kind else {
      return report(
        "KCONFIG106", Array(ascii: "unexpected '\(ended.rawValue)' within \(block.kind.rawValue) block"))
    }
    guard draft.menu[builder.menu].path == lexer.file.name else { return reportForeignEnd(ended, of: block, span) }
    builder.leaveMenu()
  }

  /// A block that begins in one file and ends in another.
  private mutating func reportForeignEnd(
    _ ended: MenuBuilder.Block.Kind, of block: MenuBuilder.Block, _ span: TextSpan?
  ) {
    switch recovery {
    case .asConf:
      report("KCONFIG107", Array(ascii: "'\(ended.rawValue)' in different file than '\(block.kind.rawValue)'"))
      let text = Array(ascii: "location of the '\(block.kind.rawValue)'")
      lexer.log.add(KconfigMessage(.note, id: "KCONFIG107", text, at: place(of: builder.menu)))
    case .lineByLine:
      mistakes.report(
        KconfigMessage(
          .error, id: "KCONFIG107", Array("this ends a '\(block.kind.rawValue)' of another file".utf8),
          at: lexer.statement, span: span,
          notes: [Diagnostic.Note("it begins here", at: place(of: builder.menu).range)],
          help: ["a block ends in the file that it begins in"]))
    }
  }

  private mutating func source(_ token: Token) throws(Interruption) {
    shift()
    let name = try tokens.takeName(.quoted, .fileName)
    let span = lexer.tokenSpan
    try take(.endOfLine)
    do throws(KconfigRejection) {
      if lexer.names[name].contains(ProbeAnswer.mark) {
        throw lexer.macros.dependsOnAnswer("the name of a file", lexer.statement)
      }
      if lexer.language.readsPatterns {
        try lexer.includeMatches(of: lexer.names.text(name), token, span)
      } else {
        try lexer.include(lexer.names.text(name), span)
      }
    } catch {
      guard recovery == .lineByLine, let message = error.messages.last, message.id == Lexer.missingFile else {
        throw .rejection(error)
      }
      // Others may be missing too.
      mistakes.report(message)
    }
  }
}
