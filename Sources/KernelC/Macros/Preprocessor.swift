import Diagnostics

/// Runs the directives of a routine's texts and expands their macros; what stands in untaken branches disappears.
struct Preprocessor {
  /// One `#if` ... `#endif`.
  private struct Conditional {
    var opening: Token
    var isTaken: Bool
    var hasTakenBranch: Bool
    var hasElse = false
    let isInsideTaken: Bool
  }

  private let texts: SourceTexts
  private let interface: KernelInterface
  private let config: ConfigFacts
  private var expansion: MacroExpansion
  private var conditionals: [Conditional] = []

  init(texts: SourceTexts, interface: KernelInterface) {
    self.texts = texts
    self.interface = interface
    config = ConfigFacts(values: interface.config)
    expansion = MacroExpansion(macros: MacroTable(interface: interface), texts: texts)
  }

  /// The tokens that the compiler proper sees, with the final `end` token; macros stay defined for the next text.
  mutating func process(_ tokens: [Token]) throws(NotUnderstood) -> [Token] {
    var output: [Token] = []
    var run: [Token] = []
    var index = 0
    while index < tokens.count, tokens[index].kind != .end {
      let token = tokens[index]
      if token.startsLine && token.isPunctuator("#") {
        output += try expansion.expand(run)
        run.removeAll(keepingCapacity: true)
        let end = tokens[(index + 1)...].firstIndex { $0.startsLine || $0.kind == .end } ?? tokens.count
        try directive(hash: token, line: Array(tokens[(index + 1)..<end]))
        index = end
        continue
      }
      if isTaken { run.append(token) }
      index += 1
    }
    output += try expansion.expand(run)
    if let open = conditionals.last {
      throw texts.notUnderstood("'#\(open.opening.text)' without '#endif'", at: open.opening.place)
    }
    if let end = tokens.last { output.append(end) }
    return output
  }

  /// The uses of macros so far; see `MacroExpansion.uses`.
  var macroUses: [TextRange] { expansion.uses }

  private var isTaken: Bool { conditionals.last?.isTaken ?? true }

  private mutating func directive(hash: Token, line: [Token]) throws(NotUnderstood) {
    guard let name = line.first else { return }
    let rest = line.dropFirst()
    switch name.text {
    case "if", "ifdef", "ifndef":
      let isInsideTaken = isTaken
      let holds = isInsideTaken ? try evaluate(name, rest) : false
      conditionals.append(
        Conditional(opening: name, isTaken: holds, hasTakenBranch: holds, isInsideTaken: isInsideTaken))
    case "elif", "elifdef", "elifndef", "else":
      try nextBranch(name, rest)
    case "endif":
      guard conditionals.popLast() != nil else { throw withoutIf(name) }
    default:
      if isTaken { try activeDirective(hash: hash, name, rest) }
    }
  }

  private mutating func nextBranch(_ name: Token, _ rest: ArraySlice<Token>) throws(NotUnderstood) {
    guard var conditional = conditionals.popLast(), !conditional.hasElse else { throw withoutIf(name) }
    conditional.isTaken = false
    conditional.hasElse = name.text == "else"
    if conditional.isInsideTaken, !conditional.hasTakenBranch {
      conditional.isTaken = conditional.hasElse ? true : try evaluate(name, rest)
      conditional.hasTakenBranch = conditional.isTaken
    }
    conditionals.append(conditional)
  }

  private func withoutIf(_ name: Token) -> NotUnderstood {
    texts.notUnderstood("'#\(name.text)' without '#if'", at: name.place)
  }

  private mutating func activeDirective(
    hash: Token, _ name: Token, _ rest: ArraySlice<Token>
  ) throws(NotUnderstood) {
    switch name.text {
    case "define": try define(name, rest)
    case "undef": expansion.macros.undefine(try macroName(after: name, rest).text)
    case "include", "include_next":
      throw texts.notUnderstood(
        "'#\(name.text)'", at: hash.place.through(rest.last?.place ?? name.place),
        help: ["headers are not read: put the definitions that are needed into declarations:"])
    default:
      throw texts.notUnderstood("directive '#\(name.text)'", at: hash.place.through(name.place))
    }
  }

  private func macroName(after directive: Token, _ rest: ArraySlice<Token>) throws(NotUnderstood) -> Token {
    guard let name = rest.first, name.kind == .identifier, name.text != "defined" else {
      throw texts.notUnderstood(
        "'#\(directive.text)' without a macro name", at: rest.first?.place ?? directive.place)
    }
    return name
  }

  private mutating func define(_ directive: Token, _ rest: ArraySlice<Token>) throws(NotUnderstood) {
    let name = try macroName(after: directive, rest)
    if let refusal = interface.refusal(ofDefining: name.text, at: texts.range(name.place)) { throw refusal }
    var body = rest.dropFirst()
    var parameters: [String]?
    var unsupported: (construct: String, place: TextRange)?
    if let open = body.first, open.isPunctuator("("), !open.spaceBefore {
      guard let close = body.firstIndex(where: { $0.isPunctuator(")") }) else {
        throw texts.notUnderstood("parameters of macro '\(name.text)' without an end", at: open.place)
      }
      let list = body[(body.startIndex + 1)..<close]
      if let dots = list.first(where: { $0.isPunctuator("...") }) {
        unsupported = ("variadic macro '\(name.text)'", dots.place)
      }
      parameters = list.filter { $0.kind == .identifier }.map(\.text)
      let separators = list.filter { $0.kind != .identifier }
      let isWellFormed =
        separators.allSatisfy { $0.isPunctuator(",") } && list.count == max(0, 2 * (parameters?.count ?? 0) - 1)
      if unsupported == nil, !isWellFormed || Set(parameters ?? []).count != parameters?.count {
        throw texts.notUnderstood("parameters of macro '\(name.text)'", at: open.place.through(body[close].place))
      }
      body = body[(close + 1)...]
    }
    if let paste = body.first(where: { $0.isPunctuator("##") || ($0.isPunctuator("#") && parameters != nil) }) {
      unsupported = unsupported ?? ("operator '\(paste.text)' in macro '\(name.text)'", paste.place)
    }
    expansion.macros.define(
      name.text, parameters: parameters, body: Array(body), hasPlace: true, unsupported: unsupported)
  }

  /// The value of the condition behind `#if`, `#ifdef`, `#ifndef` and their `#elif` forms.
  private mutating func evaluate(_ directive: Token, _ line: ArraySlice<Token>) throws(NotUnderstood) -> Bool {
    let names = PreprocessorNames(macros: expansion.macros, config: config)
    if directive.text.hasSuffix("def") {
      let name = try macroName(after: directive, line)
      switch names.definition(of: name) {
      case .known(let value): return (value.bits != 0) != directive.text.hasSuffix("ndef")
      case .undecided(let symbol, let place): throw undecided(symbol, directive, at: place)
      }
    }
    let answered = try names.answeringDefined(in: Array(line), texts: texts)
    var condition = PreprocessorCondition(
      tokens: try expansion.expand(answered), names: names, directive: directive, texts: texts)
    switch try condition.value() {
    case .known(let known): return known.bits != 0
    case .undecided(let symbol, let place): throw undecided(symbol, directive, at: place)
    }
  }

  private func undecided(_ symbol: String, _ directive: Token, at place: TextRange) -> NotUnderstood {
    let isConfig = symbol.hasPrefix(ConfigFacts.prefix)
    let help = isConfig ? "set \(symbol) in config:" : "set it in define:, or '#undef \(symbol)' in declarations:"
    let suggestion = isConfig ? [] : didYouMean(symbol, among: expansion.macros.names)
    return texts.notUnderstood(
      "cannot decide '#\(directive.text)': '\(symbol)' is not known", at: place, help: suggestion + [help])
  }
}
