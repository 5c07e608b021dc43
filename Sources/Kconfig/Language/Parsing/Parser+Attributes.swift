/// The attributes of entries.
extension Parser {
  /// Those of `config` and `menuconfig`.
  mutating func symbolAttributes() throws(Interruption) {
    try attributes { parser, token throws(Interruption) in
      switch token {
      case .bool: try parser.type(.bool)
      case .tristate: try parser.type(.tristate)
      case .int: try parser.type(.int)
      case .hex: try parser.type(.hex)
      case .string: try parser.type(.string)
      case .prompt: try parser.prompt()
      case .default: try parser.defaultValue(nil)
      case .defBool: try parser.defaultValue(.bool)
      case .defTristate: try parser.defaultValue(.tristate)
      case .select: try parser.dependent(.select)
      case .imply: try parser.dependent(.imply)
      case .range: try parser.range()
      case .modules: try parser.modules()
      case .transitional: try parser.transitional()
      case .depends: try parser.depends()
      case .help: try parser.help()
      default: return false
      }
      return true
    }
  }

  /// Those of `choice`: later kernels have only one type, and no optional ones.
  mutating func choiceAttributes() throws(Interruption) {
    let hasSymbol = lexer.language.choices == .choiceSymbol
    let hasBool = !lexer.language.has(.noBoolChoices)
    try attributes { parser, token throws(Interruption) in
      switch token {
      case .bool where hasSymbol: try parser.type(.bool)
      case .tristate where hasSymbol: try parser.type(.tristate)
      case .bool where hasBool: try parser.prompt()
      case .prompt: try parser.prompt()
      case .optional:
        parser.shift()
        try parser.take(.endOfLine)
        if let symbol = parser.builder.symbol { parser.draft.symbols[symbol].isOptional = true }
      case .default: try parser.dependent(.default)
      case .depends: try parser.depends()
      case .help: try parser.help()
      default: return false
      }
      return true
    }
  }

  mutating func menuAttributes() throws(Interruption) {
    try attributes { parser, token throws(Interruption) in
      switch token {
      case .visible: try parser.visible()
      case .depends: try parser.depends()
      default: return false
      }
      return true
    }
  }

  mutating func commentAttributes() throws(Interruption) {
    try attributes { parser, token throws(Interruption) in
      guard token == .depends else { return false }
      try parser.depends()
      return true
    }
  }

  /// Reads attributes as long as there are any.
  /// - Parameter parseOne: reads one if the token begins one.
  private mutating func attributes(
    _ parseOne: (inout Parser, Token) throws(Interruption) -> Bool
  ) throws(Interruption) {
    while true {
      let token = try peek()
      do throws(Interruption) {
        if try !parseOne(&self, token), try !skipsForeignLine() { return }
        guard draft.expressions.operands.count <= lexer.limits.operands else {
          throw .rejection(WorkBudget.exceeded(lexer.log, at: lexer.statement))
        }
      } catch {
        guard recovery == .lineByLine, case .syntax(let expected) = error else { throw error }
        do throws(KconfigRejection) { try skipLine(expected) } catch { throw .rejection(error) }
        if token == .help {
          lexer.startHelp()
          try take(.helpText)
        }
      }
    }
  }

  // MARK: single ones

  private mutating func type(_ type: KconfigType) throws(Interruption) {
    shift()
    if try peek() == .quoted {
      let text = try tokens.takeName(.quoted, .prompt)
      addPrompt(.prompt, text, condition: try ifCondition())
      try tokens.takeEndOfLine(.conditionOrEnd)
    } else {
      try tokens.takeEndOfLine(.promptOrEnd)
    }
    setType(type)
  }

  private mutating func prompt() throws(Interruption) {
    shift()
    let text = try tokens.takeName(.quoted, .prompt)
    let condition = try ifCondition()
    try tokens.takeEndOfLine(.conditionOrEnd)
    addPrompt(.prompt, text, condition: condition)
  }

  private mutating func defaultValue(_ type: KconfigType?) throws(Interruption) {
    shift()
    let value = try valueOfDefault(type)
    let condition = try ifCondition()
    try tokens.takeEndOfLine(.operatorOrEnd)
    builder.addProperty(.default, value: value, condition: condition, at: place)
    if let type { setType(type) }
  }

  private mutating func valueOfDefault(_ type: KconfigType?) throws(Interruption) -> ExpressionID {
    answers.beginDefault()
    defer { answers.endDefault() }
    return try text(of: expression(), type)
  }

  /// A property whose value is another symbol.
  private mutating func dependent(_ kind: PropertyRecord.Kind) throws(Interruption) {
    shift()
    let name = try tokens.takeName(.word, .symbolName)
    let symbol = draft.expressions.symbol(of: draft.symbols.symbol(name))
    let condition = try ifCondition()
    try tokens.takeEndOfLine(.conditionOrEnd)
    builder.addProperty(kind, value: symbol, condition: condition, at: place)
  }

  private mutating func range() throws(Interruption) {
    shift()
    let lower = try operand()
    let upper = try operand()
    let condition = try ifCondition()
    try tokens.takeEndOfLine(.conditionOrEnd)
    let bounds = draft.expressions.pair(.range, lower, upper)
    builder.addProperty(.range, value: bounds, condition: condition, at: place)
  }

  private mutating func modules() throws(Interruption) {
    shift()
    try take(.endOfLine)
    guard let symbol = builder.symbol else { return }
    if draft.modules != .constantN {
      report(
        "KCONFIG108",
        .text(
          "symbol '".utf8, lexer.names.shownName(of: draft.symbols[symbol]),
          "' redefines option 'modules' already defined by symbol '".utf8,
          lexer.names.shownName(of: draft.symbols[draft.modules]), "'".utf8))
    }
    draft.modules = symbol
  }

  private mutating func depends() throws(Interruption) {
    shift()
    try take(.on)
    var condition = try expression()
    if lexer.language.has(.conditionalDependencies), try peek() == .if {
      // Where the condition is n, it asks for nothing.
      let isGiven = try ifCondition()
      condition = draft.expressions.join(.or, condition, draft.expressions.isNo(isGiven))
    }
    try tokens.takeEndOfLine(.operatorOrEnd)
    builder.addDependency(condition)
  }

  private mutating func transitional() throws(Interruption) {
    shift()
    try take(.endOfLine)
    if let symbol = builder.symbol { draft.symbols[symbol].isTransitional = true }
  }

  private mutating func visible() throws(Interruption) {
    shift()
    let condition = try ifCondition()
    try tokens.takeEndOfLine(.conditionOrEnd)
    builder.addVisibility(condition)
  }

  private mutating func help() throws(Interruption) {
    shift()
    try take(.endOfLine)
    lexer.startHelp()
    try take(.helpText)
    if draft.menu[builder.entry].helpFile != nil {
      let isError = lexer.language.has(.parseWarningsAreErrors)
      let text = "' defined with more than one help text\(isError ? "" : " -- only the last one will be used")"
      object("KCONFIG114", .text("'".utf8, nameOfEntry, text.utf8))
    }
    if lexer.help.isBlank {
      object("KCONFIG115", .text("'".utf8, nameOfEntry, "' defined with blank help text".utf8))
    }
    builder.setHelp(file: lexer.help.file, start: lexer.help.start)
  }

  private var nameOfEntry: [UInt8] { builder.symbol.map { lexer.names.shownName(of: draft.symbols[$0]) } ?? [] }

  // MARK: what they do

  mutating func addPrompt(_ kind: PropertyRecord.Kind, _ text: NameID, condition: ExpressionID) {
    let property = builder.addProperty(kind, condition: condition, at: place)
    var text = text
    if let first = lexer.names[text].first, first.isSpace {
      lexer.log.warn("KCONFIG116", Array(ascii: "leading whitespace ignored"), at: placeOfProperty)
      text = lexer.names.intern(Array(lexer.names[text].drop(while: \.isSpace)))
    }
    if draft.menu[builder.entry].prompt != nil {
      lexer.log.warn("KCONFIG117", Array(ascii: "prompt redefined"), at: placeOfProperty)
    }
    builder.setPrompt(property, text)
  }

  private var placeOfProperty: KconfigPlace {
    KconfigPlace(path: lexer.file.path, line: lexer.statementLine)
  }

  mutating func setType(_ type: KconfigType) {
    guard let symbol = builder.symbol else { return }
    let known = draft.symbols[symbol].type
    guard known != type else { return }
    if known == .unknown {
      draft.symbols[symbol].type = type
      return
    }
    lexer.log.warn(
      "KCONFIG118",
      .text(
        "ignoring type redefinition of '".utf8, nameOfEntry, "' from '".utf8, known.name.utf8, "' to '".utf8,
        type.name.utf8, "'".utf8), at: place(of: builder.entry))
  }
}
