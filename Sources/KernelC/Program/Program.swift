package import Diagnostics

/// A routine that is ready to run on any struct page.
package struct Program: Sendable {
  /// Whether the address of the struct page, as opposed to its contents and translation, may influence the stores, the
  /// control flow or the result.
  ///
  /// If false, two struct pages with the same translation and contents behave alike. Conservative: true where in doubt.
  package let dependsOnPageNumber: Bool
  /// The declared effects that the text relies on, in the order of their first calls.
  package let trusted: [TrustedEffect]
  /// The Kconfig symbols, without `CONFIG_`, that the text mentions.
  package let configSymbols: Set<String>

  /// Where the body of the routine starts, for statements about all of it.
  package let place: SourceRange

  let code: [Instruction]
  let origins: [InstructionOrigin]
  let registers: [Value]
  /// The registers of the parameters, in order.
  let parameters: [(kind: Routine.Parameter.Kind, register: Int32)]
  let factCount: Int
  /// The register that keeps where each function returns to; the routine itself, with number 0, has one without use.
  let returnAddresses: [Int32]
  let structPageSize: UInt64
  private let flagsOffset: UInt64
  let predicateNames: [String]

  /// Preprocesses and compiles the body of a routine and the helpers that it reaches.
  /// - Throws: the first construct that is not modelled.
  /// - Complexity: O(length of the texts), with a budget for macro expansion.
  package static func compile(
    _ routine: Routine, interface: KernelInterface
  ) throws(NotUnderstood) -> Program {
    let texts = SourceTexts(all: [routine.body] + (routine.declarations.map { [$0] } ?? []))
    let start = Self.start(of: routine)
    for name in interface.macros.keys.sorted() {
      if let refusal = interface.refusal(ofDefining: name, at: start) { throw refusal }
    }
    var preprocessor = Preprocessor(texts: texts, interface: interface)
    var helpers: [String: HelperFunction] = [:]
    if texts.all.count > 1 {
      var lexer = Lexer(texts.all[1].text, text: 1)
      helpers = try FileScope(try preprocessor.process(lexer.tokens()), texts: texts, interface: interface).functions
    }
    var lexer = Lexer(texts.all[0].text, text: 0)
    let body = try preprocessor.process(lexer.tokens())
    let code = try CodeGenerator.code(
      of: routine, body: body, texts: texts, macroUses: preprocessor.macroUses, interface: interface, helpers: helpers)
    return Program(code, routine, texts)
  }

  private init(_ compiled: ExpressionCompiler, _ routine: Routine, _ texts: SourceTexts) {
    let functions = compiled.functions.functions
    dependsOnPageNumber = compiled.dependence.isFound
    trusted = compiled.unknowns.trusted
    place = Self.start(of: routine)
    configSymbols = Self.configSymbols(in: texts.all)
    (code, registers) = compiled.buffer.finished(entries: functions.map(\.entry))
    origins = compiled.buffer.origins
    parameters = zip(routine.parameters, functions[0].parameterRegisters).map { ($0.kind, $1) }
    factCount = compiled.unknowns.factCount
    returnAddresses = functions.map(\.returnAddress)
    structPageSize = compiled.interface.structPageSize
    flagsOffset = compiled.interface.flagsOffset
    predicateNames = compiled.unknowns.predicateNames
  }

  private static func start(of routine: Routine) -> SourceRange {
    routine.body.range(from: SourcePosition(line: 1, column: 1), to: SourcePosition(line: 1, column: 2))
  }

  /// The Kconfig symbols, without `CONFIG_`, whose macros the texts mention anywhere, untaken branches included;
  /// `CONFIG_X_MODULE` mentions `X`.
  /// - Complexity: O(length of the texts)
  package static func configSymbols(in texts: [EmbeddedText]) -> Set<String> {
    var symbols: Set<String> = []
    for text in texts {
      var lexer = Lexer(text.text, text: 0)
      for token in lexer.tokens() where token.kind == .identifier {
        if let symbol = ConfigFacts.symbol(ofMacro: token.text) { symbols.insert(symbol) }
      }
    }
    return symbols
  }

  /// Whether the front end models a kernel function by itself, so that a declared effect of it would be ignored.
  package static func models(function name: String) -> Bool {
    KernelFunctionTable.byName[name] != nil || KernelFunctionTable.factNames[name] != nil
  }

  /// May a word at this address be the flags of a struct page? Certain where struct pages do not cross pages.
  func mayBeFlags(_ address: UInt64) -> Bool {
    structPageSize.nonzeroBitCount != 1 || address & (structPageSize - 1) == flagsOffset
  }

  /// Runs the routine on the struct page at address `page`, once for each path through its undecided conditions.
  ///
  /// Every path starts from the state that `memory.rewind()` restores, which is called before each path and after the
  /// last. `visit` sees the memory in the final state of its path. What a budget leaves out is said by a path of its
  /// own: one without stores and faults for paths that were not begun, one that ends at a first fault for those behind
  /// that fault.
  /// - Complexity: O(paths × steps)
  package func run<Memory: PageMemory>(
    page: UInt64, on memory: inout Memory, limits: Limits = Limits(), visit: (ExecutionPath, inout Memory) -> Void
  ) {
    var interpreter = Interpreter(program: self, limits: limits)
    repeat {
      memory.rewind()
      if let rest = interpreter.pathBudgetExhausted() {
        visit(rest, &memory)
        break
      }
      let path = interpreter.runPath(page: page, on: &memory)
      visit(path, &memory)
      if let rest = interpreter.continuationsGivenUp(after: path) { visit(rest, &memory) }
    } while interpreter.advance()
    memory.rewind()
  }
}
