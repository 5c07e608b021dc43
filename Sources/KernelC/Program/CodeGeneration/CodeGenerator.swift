/// Makes the code of a routine and of every helper that it reaches; helpers are parsed when something calls them.
struct CodeGenerator {
  private let texts: SourceTexts
  private var statements: StatementCompiler

  /// - Parameter macroUses: the uses of macros that `TextRange.macroUse` numbers.
  private init(
    _ routine: Routine, texts: SourceTexts, macroUses: [TextRange], interface: KernelInterface,
    helpers: [String: HelperFunction]
  ) {
    self.texts = texts
    statements = StatementCompiler(
      ExpressionCompiler(
        texts: texts, macroUses: macroUses, interface: interface, helpers: helpers,
        mayMeasureAnything: routine.parameters.contains { $0.kind == .folio }))
  }

  /// The code of a routine.
  /// - Parameters:
  ///   - body: the tokens of its body, preprocessed.
  ///   - macroUses: the uses of macros that `TextRange.macroUse` numbers.
  ///   - helpers: the helpers of the text, by name.
  /// - Throws: the first construct that is not modelled.
  static func code(
    of routine: Routine, body: [Token], texts: SourceTexts, macroUses: [TextRange], interface: KernelInterface,
    helpers: [String: HelperFunction]
  ) throws(NotUnderstood) -> ExpressionCompiler {
    var generator = CodeGenerator(
      routine, texts: texts, macroUses: macroUses, interface: interface, helpers: helpers)
    try generator.generate(routine, body)
    return generator.statements.code
  }

  private mutating func generate(_ routine: Routine, _ body: [Token]) throws(NotUnderstood) {
    var parser = Parser(body, texts: texts)
    let parsed = try parser.functionBody()
    let end = Self.endPlace(of: body)
    statements.addRoutine(
      routine.parameters.map { Statement.Variable(name: $0.name, type: $0.kind.type, place: end) })
    try statements.body(parsed, end: end)
    while let helper = statements.nextHelper() {
      var parser = Parser(helper.body, texts: texts)
      try statements.body(try parser.functionBody(), end: Self.endPlace(of: helper.body))
    }
    // Registers without a stack cannot run it, and the kernel has none here either.
    if let call = statements.code.functions.recursiveCall {
      throw texts.notUnderstood("recursion of '\(call.name)()'", at: call.place)
    }
  }

  private static func endPlace(of tokens: [Token]) -> TextRange {
    tokens.last?.place ?? TextRange(text: 0, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
  }
}
