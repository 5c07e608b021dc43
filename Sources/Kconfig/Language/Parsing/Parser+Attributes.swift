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
    let hasSymbol = lexer.profile.choices == .choiceSymbol
    let hasBool = !lexer.profile.has(.noBoolChoices)
    try attributes { parser, token throws(Interruption) in
      switch token {
      case .bool where hasSymbol: try parser.type(.bool)
      case .tristate where hasSymbol: try parser.type(.tristate)
      case .bool where hasBool: try parser.prompt()
      case .prompt: try parser.prompt()
      case .optional:
        parser.shift()
        try parser.take(.endOfLine)
        parser.draft.symbols[Int(parser.draft.nodes[Int(parser.entry)].symbol)].isOptional = true
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
          throw .rejection(draft.tooLarge(at: lexer.statement))
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
      let text = try takeName(.quoted, .prompt)
      addPrompt(.prompt, text, condition: try ifCondition())
      try takeEndOfCondition()
    } else {
      guard try peek() == .endOfLine else { throw .syntax(.promptOrEnd) }
      shift()
    }
    setType(type)
  }

  private mutating func prompt() throws(Interruption) {
    shift()
    let text = try takeName(.quoted, .prompt)
    let condition = try ifCondition()
    try takeEndOfCondition()
    addPrompt(.prompt, text, condition: condition)
  }

  private mutating func defaultValue(_ type: KconfigType?) throws(Interruption) {
    shift()
    let value = try valueOfDefault(type)
    let condition = try ifCondition()
    try takeEndOfExpression()
    _ = addProperty(.default, value: value, condition: condition)
    if let type { setType(type) }
  }

  private mutating func valueOfDefault(_ type: KconfigType?) throws(Interruption) -> Int32 {
    answers.isInDefault = true
    defer { answers.isInDefault = false }
    return try text(of: expression(), type)
  }

  /// A property whose value is another symbol.
  private mutating func dependent(_ kind: PropertyRecord.Kind) throws(Interruption) {
    shift()
    let name = try takeName(.word, .symbolName)
    let symbol = draft.expressions.symbol(draft.symbol(name))
    let condition = try ifCondition()
    try takeEndOfCondition()
    _ = addProperty(kind, value: symbol, condition: condition)
  }

  private mutating func range() throws(Interruption) {
    shift()
    let lower = try operand()
    let upper = try operand()
    let condition = try ifCondition()
    try takeEndOfCondition()
    _ = addProperty(.range, value: draft.expressions.pair(.range, lower, upper), condition: condition)
  }

  private mutating func modules() throws(Interruption) {
    shift()
    try take(.endOfLine)
    let symbol = draft.nodes[Int(entry)].symbol
    if draft.modules != ModelDraft.no {
      report(
        "KCONFIG108",
        .text(
          "symbol '".utf8, lexer.names[draft.symbols[Int(symbol)].name],
          "' redefines option 'modules' already defined by symbol '".utf8,
          lexer.names[draft.symbols[Int(draft.modules)].name], "'".utf8))
    }
    draft.modules = symbol
  }

  private mutating func depends() throws(Interruption) {
    shift()
    try take(.on)
    var condition = try expression()
    if lexer.profile.has(.conditionalDependencies), try peek() == .if {
      // Where the condition is n, it asks for nothing.
      let isGiven = try ifCondition()
      condition = draft.expressions.join(.or, condition, draft.isNo(isGiven))
    }
    try takeEndOfExpression()
    addDependency(condition)
  }

  private mutating func transitional() throws(Interruption) {
    shift()
    try take(.endOfLine)
    draft.symbols[Int(draft.nodes[Int(entry)].symbol)].isTransitional = true
  }

  private mutating func visible() throws(Interruption) {
    shift()
    let condition = try ifCondition()
    try takeEndOfCondition()
    draft.nodes[Int(entry)].visibility =
      draft.expressions.join(.and, draft.nodes[Int(entry)].visibility, condition)
  }

  /// Accepts the end of a line behind a condition that need not be there.
  private mutating func takeEndOfCondition() throws(Interruption) {
    guard try peek() == .endOfLine else { throw .syntax(.conditionOrEnd) }
    shift()
  }

  private mutating func help() throws(Interruption) {
    shift()
    try take(.endOfLine)
    lexer.startHelp()
    try take(.helpText)
    func name() -> [UInt8] {
      let symbol = draft.symbols[Int(draft.nodes[Int(entry)].symbol)]
      return symbol.name < 0 ? Array(ascii: "<choice>") : Array(lexer.names[symbol.name])
    }
    if draft.nodes[Int(entry)].helpFile >= 0 {
      let isError = lexer.profile.has(.parseWarningsAreErrors)
      let text = "' defined with more than one help text\(isError ? "" : " -- only the last one will be used")"
      object("KCONFIG114", .text("'".utf8, name(), text.utf8))
    }
    if lexer.help.isBlank { object("KCONFIG115", .text("'".utf8, name(), "' defined with blank help text".utf8)) }
    draft.nodes[Int(entry)].helpFile = lexer.help.file
    draft.nodes[Int(entry)].helpStart = lexer.help.start
  }

  // MARK: what they do

  mutating func addProperty(_ kind: PropertyRecord.Kind, value: Int32, condition: Int32) -> Int32 {
    let property = PropertyRecord(
      kind: kind, condition: condition, value: value, node: entry, path: lexer.file.name,
      line: Int32(lexer.statementLine))
    return draft.add(property, to: draft.nodes[Int(entry)].symbol)
  }

  mutating func addPrompt(_ kind: PropertyRecord.Kind, _ text: Int32, condition: Int32) {
    let property = addProperty(kind, value: ExpressionStore.none, condition: condition)
    var text = text
    if let first = lexer.names[text].first, first.isSpace {
      lexer.log.warn("KCONFIG116", Array(ascii: "leading whitespace ignored"), at: placeOfProperty)
      text = lexer.names.intern(Array(lexer.names[text].drop(while: \.isSpace)))
    }
    if draft.nodes[Int(entry)].prompt >= 0 {
      lexer.log.warn("KCONFIG117", Array(ascii: "prompt redefined"), at: placeOfProperty)
    }
    if kind == .prompt {
      // What the menus around it say about visibility counts for prompts only.
      let visibility = blocks.last?.visibility ?? ExpressionStore.none
      draft.properties[Int(property)].condition = draft.expressions.join(.and, condition, visibility)
    }
    draft.properties[Int(property)].text = text
    draft.nodes[Int(entry)].prompt = property
  }

  private var placeOfProperty: KconfigPlace {
    KconfigPlace(path: lexer.file.path, line: lexer.statementLine)
  }

  mutating func setType(_ type: KconfigType) {
    let node = draft.nodes[Int(entry)]
    let symbol = draft.symbols[Int(node.symbol)]
    guard symbol.type != type else { return }
    if symbol.type == .unknown {
      draft.symbols[Int(node.symbol)].type = type
      return
    }
    let name = symbol.name < 0 ? Array(ascii: "<choice>") : Array(lexer.names[symbol.name])
    lexer.log.warn(
      "KCONFIG118",
      .text(
        "ignoring type redefinition of '".utf8, name, "' from '".utf8, symbol.type.name.utf8, "' to '".utf8,
        type.name.utf8, "'".utf8), at: place(of: entry))
  }
}
