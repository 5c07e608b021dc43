/// The attributes of entries.
extension Parser {
  /// Those of `config` and `menuconfig`.
  mutating func symbolAttributes() throws(Interruption) {
    while true {
      switch try peek() {
      case .bool: try type(.bool)
      case .tristate: try type(.tristate)
      case .int: try type(.int)
      case .hex: try type(.hex)
      case .string: try type(.string)
      case .prompt: try prompt()
      case .default: try defaultValue(nil)
      case .defBool: try defaultValue(.bool)
      case .defTristate: try defaultValue(.tristate)
      case .select: try dependent(.select)
      case .imply: try dependent(.imply)
      case .range: try range()
      case .modules: try modules()
      case .depends: try depends()
      case .help: try help()
      default: return
      }
    }
  }

  /// Those of `choice`: v6.12 has only one type, and no optional ones.
  mutating func choiceAttributes() throws(Interruption) {
    let hasSymbol = lexer.profile.choices == .choiceSymbol
    while true {
      switch try peek() {
      case .bool where hasSymbol: try type(.bool)
      case .tristate where hasSymbol: try type(.tristate)
      case .bool, .prompt: try prompt()
      case .optional where hasSymbol:
        shift()
        try take(.endOfLine)
        draft.symbols[Int(draft.nodes[Int(entry)].symbol)].isOptional = true
      case .default: try dependent(.default)
      case .depends: try depends()
      case .help: try help()
      default: return
      }
    }
  }

  mutating func menuAttributes() throws(Interruption) {
    while true {
      switch try peek() {
      case .visible:
        shift()
        let condition = try ifCondition()
        try take(.endOfLine)
        draft.nodes[Int(entry)].visibility =
          draft.expressions.join(.and, draft.nodes[Int(entry)].visibility, condition)
      case .depends: try depends()
      default: return
      }
    }
  }

  mutating func commentAttributes() throws(Interruption) {
    while try peek() == .depends { try depends() }
  }

  // MARK: single ones

  private mutating func type(_ type: KconfigType) throws(Interruption) {
    shift()
    if try peek() == .quoted {
      let text = try takeName(.quoted)
      addPrompt(.prompt, text, condition: try ifCondition())
    }
    try take(.endOfLine)
    setType(type)
  }

  private mutating func prompt() throws(Interruption) {
    shift()
    let text = try takeName(.quoted)
    let condition = try ifCondition()
    try take(.endOfLine)
    addPrompt(.prompt, text, condition: condition)
  }

  private mutating func defaultValue(_ type: KconfigType?) throws(Interruption) {
    shift()
    let value = try valueOfDefault(type)
    let condition = try ifCondition()
    try take(.endOfLine)
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
    let name = try takeName(.word)
    let symbol = draft.expressions.symbol(draft.symbol(name))
    let condition = try ifCondition()
    try take(.endOfLine)
    _ = addProperty(kind, value: symbol, condition: condition)
  }

  private mutating func range() throws(Interruption) {
    shift()
    let lower = try operand()
    let upper = try operand()
    let condition = try ifCondition()
    try take(.endOfLine)
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
    let condition = try expression()
    try take(.endOfLine)
    addDependency(condition)
  }

  private mutating func help() throws(Interruption) {
    shift()
    try take(.endOfLine)
    lexer.startHelp()
    try take(.helpText)
    let symbol = draft.symbols[Int(draft.nodes[Int(entry)].symbol)]
    let name = symbol.name < 0 ? Array(ascii: "<choice>") : Array(lexer.names[symbol.name])
    if draft.nodes[Int(entry)].helpFile >= 0 {
      let text = "' defined with more than one help text -- only the last one will be used"
      warn("KCONFIG114", .text("'".utf8, name, text.utf8))
    }
    if lexer.help.isBlank { warn("KCONFIG115", .text("'".utf8, name, "' defined with blank help text".utf8)) }
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
      var condition = condition
      var outer = draft.nodes[Int(entry)].parent
      while outer >= 0 {
        condition = draft.expressions.join(.and, condition, draft.nodes[Int(outer)].visibility)
        outer = draft.nodes[Int(outer)].parent
      }
      draft.properties[Int(property)].condition = condition
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
