import Diagnostics

/// What all Kconfig files of a tree say, read once and never changed: symbols, menu and expressions by number.
///
/// Any number of evaluations share one model.
public struct KconfigModel: Sendable {
  /// The language that it was read in.
  public let language: KconfigLanguage
  /// What `conf` would have said while it read the files: warnings, and the output of `$(info,…)`.
  public let messages: [KconfigMessage]

  let names: NameTable
  let symbols: SymbolTable
  let menu: MenuTree
  let properties: PropertyStore
  let expressions: ExpressionStore
  /// The files that it was read from: help texts lie in them, and messages show lines of them.
  let files: FileTable
  /// What the files used of the environment, in the order of first use.
  let usedEnvironment: [UsedVariable]
  /// The symbol with `modules`; n without.
  let modules: SymbolID
  /// The choice that each symbol is a member of.
  private let choices: CompactTable<SymbolID, SymbolID>
  /// The members of each choice as it lists them, and the symbols of all entries inside it.
  let members: [SymbolID: [SymbolID]]
  let choiceEntries: [SymbolID: [SymbolID]]
  /// As `conf` walks through its symbol table.
  let hashOrder: [SymbolID]
  /// Choices and symbols without choice, each behind what it depends on.
  let evaluationOrder: [SymbolID]
  let index: PropertyIndex
  /// What is not known of the toolchain, and what holds for every toolchain that the files can be read with.
  let openAnswers: OpenProbes
  let requirements: [ExpressionID]
  /// The names of "", "0" and "0x0".
  let emptyText: NameID
  let zeroText: NameID
  let hexZeroText: NameID

  /// Reads all Kconfig files of a tree.
  /// - Parameters:
  ///   - path: the first file, such as `Kconfig`.
  ///   - environment: all that the files may know of the environment; nothing else is looked up.
  ///   - probes: what is known about the shell commands that the files ask.
  ///   - free: takes what is not known as free; nil where that is an error.
  /// - Throws: everything that is wrong with the files.
  public static func read(
    _ path: String = "Kconfig", language: KconfigLanguage, environment: [String: String] = [:],
    sources: any KconfigSources, probes: any KconfigProbes = ProbeTable(), free: FreeProbes? = nil,
    limits: KconfigLimits = KconfigLimits()
  ) throws(KconfigRejection) -> KconfigModel {
    func parser(_ recovery: Parser.Recovery) -> Parser {
      let log = MessageLog(limit: limits.messages)
      let macros = MacroExpander(
        environment: environment, probes: probes, free: free, limits: limits, log: log)
      let lexer = Lexer(language: language, limits: limits, sources: sources, macros: macros, log: log)
      return Parser(lexer: lexer, recovery: recovery)
    }
    var reader = parser(.asConf)
    do throws(KconfigRejection) {
      try reader.parse(path)
    } catch {
      // What ended all work for another reason would end it again, after as much work.
      let isAboutText = reader.mistakes.hasErrors || error.messages.last?.id == Lexer.missingFile
      throw located(error, in: reader.lexer.files, else: isAboutText ? mistakes(in: path, parser(.lineByLine)) : nil)
    }
    do throws(KconfigRejection) {
      var finisher = MenuFinisher(reader.takeDraft())
      return try KconfigModel(finisher.finished(), usedEnvironment: reader.lexer.macros.usedEnvironment)
    } catch {
      throw located(error, in: reader.lexer.files)
    }
  }

  /// What is wrong with a text that could not be read: each mistake for itself.
  /// - Returns: nil where nothing is found.
  private static func mistakes(in path: String, _ parser: consuming Parser) -> [KconfigMessage]? {
    var parser = parser
    do throws(KconfigRejection) {
      try parser.parse(path)
      return nil
    } catch {
      var locator = MessageLocator(parser.lexer.files)
      return locator.located(error.problems)
    }
  }

  private static func located(
    _ rejection: KconfigRejection, in files: FileTable, else problems: [KconfigMessage]? = nil
  ) -> KconfigRejection {
    var locator = MessageLocator(files)
    return KconfigRejection(
      locator.located(rejection.messages), problems: problems ?? locator.located(rejection.problems),
      status: rejection.status)
  }

  private init(_ draft: consuming ModelDraft, usedEnvironment: [UsedVariable]) throws(KconfigRejection) {
    var draft = draft
    var choices = CompactTable<SymbolID, SymbolID>(count: draft.symbols.count)
    for symbol in draft.symbols.ids { choices[symbol] = draft.choice(of: symbol) }
    let hashOrder = SymbolOrder.byHash(draft)
    try Self.checkDependencies(&draft, choices: choices, hashOrder: hashOrder)

    var entries: [SymbolID: [SymbolID]] = [:]
    for symbol in draft.symbols.ids where draft.symbols[symbol].isChoice { entries[symbol] = draft.entries(of: symbol) }
    emptyText = draft.names.intern("")
    zeroText = draft.names.intern("0")
    hexZeroText = draft.names.intern("0x0")
    language = draft.language
    var locator = MessageLocator(draft.files)
    messages = locator.located(draft.log.messages)
    names = draft.names
    symbols = draft.symbols
    menu = draft.menu
    properties = draft.properties
    expressions = draft.expressions
    files = draft.files
    self.usedEnvironment = usedEnvironment
    modules = draft.modules
    self.choices = choices
    members = draft.members
    choiceEntries = entries
    self.hashOrder = hashOrder
    evaluationOrder = SymbolOrder.byDependency(draft, choices: choices, choiceEntries: entries)
    index = PropertyIndex(draft)
    openAnswers = draft.openAnswers
    requirements = draft.requirements
  }

  /// The choice that a symbol is a member of; nil for none.
  func choice(of symbol: SymbolID) -> SymbolID? { choices[symbol] }

  /// What the files ask and nobody knows: where there is anything, the model has no single configuration.
  public var openProbes: [ProbeInput] { openAnswers.inputs }

  private static func checkDependencies(
    _ draft: inout ModelDraft, choices: CompactTable<SymbolID, SymbolID>, hashOrder: [SymbolID]
  ) throws(KconfigRejection) {
    var check = DependencyCheck(draft, choices: choices)
    var isSound = true
    guard draft.language.has(.loopsInMenuOrder) else {
      for symbol in hashOrder where !check.check(symbol) { isSound = false }
      for message in check.messages { draft.log.add(message) }
      if !isSound { throw draft.log.rejection() }
      return
    }
    var said = 0
    for node in draft.menu.nodes(inside: .root) {
      guard let symbol = draft.menu[node].symbol else { continue }
      if !check.check(symbol) { isSound = false }
      for message in check.messages[said...] { draft.log.add(message) }
      said = check.messages.count
      if !draft.checkTransition(of: node, symbol) { isSound = false }
      if draft.symbols[symbol].isChoice, draft.language.has(.memberPropertiesAreErrors),
        try !draft.checkMembers(of: node)
      {
        isSound = false
      }
    }
    if !isSound { throw draft.log.rejection() }
  }
}
