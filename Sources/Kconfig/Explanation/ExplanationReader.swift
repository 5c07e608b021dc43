/// Reads out of an evaluation what bears on one symbol.
struct ExplanationReader {
  private let symbol: SymbolID
  private var evaluation: KconfigEvaluation
  private let model: KconfigModel

  init(_ symbol: SymbolID, _ evaluation: KconfigEvaluation) {
    self.symbol = symbol
    self.evaluation = evaluation
    model = evaluation.model
  }

  mutating func definitions() -> [KconfigExplanation.Definition] {
    var definitions: [KconfigExplanation.Definition] = []
    for node in model.menu.definitions(of: symbol) {
      let property = model.menu[node].prompt.map { model.properties[$0] }
      definitions.append(
        KconfigExplanation.Definition(
          place: model.place(of: node),
          prompt: property.map { _ in String(decoding: model.title(of: node), as: UTF8.self) },
          visibility: property.flatMap { clause($0.condition) },
          dependency: clause(model.menu[node].dependency)))
    }
    return definitions
  }

  mutating func statements() -> [KconfigExplanation.Statement] {
    var statements: [KconfigExplanation.Statement] = []
    var counts: Set<KconfigExplanation.Statement.Kind> = []
    for property in model.properties.properties(of: symbol) {
      let kind: KconfigExplanation.Statement.Kind
      switch property.kind {
      case .default: kind = .default
      case .range: kind = .range
      default: continue
      }
      let holds = evaluation.evaluate(property.condition) != .n
      let isFirst = holds && counts.insert(kind).inserted
      statements.append(statement(kind, text(of: property.value), property, isFirst ? .y : .n))
    }
    for (kind, property) in model.sources(of: symbol) {
      guard let source = model.menu[property.node].symbol else { continue }
      let value = min(evaluation.truth(source), evaluation.evaluate(property.condition))
      statements.append(statement(kind == .select ? .select : .imply, model.shownName(of: source), property, value))
    }
    return statements
  }

  private mutating func statement(
    _ kind: KconfigExplanation.Statement.Kind, _ text: String, _ property: PropertyRecord, _ value: Tristate
  ) -> KconfigExplanation.Statement {
    KconfigExplanation.Statement(
      kind: kind, text: text, place: model.place(of: property), condition: clause(property.condition), value: value)
  }

  /// Where the value comes from, in the order of `KconfigEvaluation.computeTruth`.
  mutating func origin(
    _ statements: [KconfigExplanation.Statement], _ said: KconfigReachability.Setting?
  ) -> KconfigExplanation.Origin {
    let isVisible = evaluation.visibility[symbol] != .n
    let given = statements.first { $0.kind == .default && $0.value == .y }
    guard model.symbols[symbol].type.isLogical else { return textOrigin(statements, given, isVisible ? said : nil) }
    if model.choice(of: symbol) != nil, evaluation.visibility[symbol] == .y { return .choice }
    if isVisible, let said {
      let wished = min(evaluation.user.truth[symbol], evaluation.visibility[symbol])
      return evaluation.selection[symbol] > wished ? .selected : .user(said)
    }
    let value = evaluation.truth(symbol)
    guard value != .n else { return given.map { .default($0.place) } ?? .nothing }
    var usual = Tristate.n
    if let active = evaluation.activeDefault(symbol) {
      usual = min(evaluation.evaluate(active.value), evaluation.evaluate(active.condition))
    }
    let implied = evaluation.implication[symbol]
    let weak = implied == .n ? usual : min(max(usual, implied), evaluation.dependency[symbol])
    if evaluation.selection[symbol] > weak { return .selected }
    if implied > usual { return .implied }
    return given.map { .default($0.place) } ?? .nothing
  }

  private mutating func textOrigin(
    _ statements: [KconfigExplanation.Statement], _ given: KconfigExplanation.Statement?,
    _ said: KconfigReachability.Setting?
  ) -> KconfigExplanation.Origin {
    let value = String(decoding: evaluation.bytes(of: symbol), as: UTF8.self)
    let wanted = said?.value ?? String(decoding: evaluation.usualText(of: symbol), as: UTF8.self)
    if value != wanted, let range = statements.first(where: { $0.kind == .range && $0.value == .y }) {
      return .range(range.place)
    }
    if let said { return .user(said) }
    return given.map { .default($0.place) } ?? .nothing
  }

  private mutating func clause(_ expression: ExpressionID) -> KconfigExplanation.Clause? {
    guard !expression.isEmpty else { return nil }
    let value = evaluation.evaluate(expression)
    var missing: [String] = []
    if value == .n {
      // Values of parts are asked for one by one; each is computed once.
      var copy = evaluation
      missing = model.expressions.obstacles(of: expression) { copy.evaluate($0) != .n }
        .map { text(of: $0) }
    }
    return KconfigExplanation.Clause(
      text: text(of: expression), value: value, missing: missing)
  }

  private func text(of expression: ExpressionID) -> String {
    var printer = ExpressionPrinter(evaluation, showing: evaluation.values)
    printer.append(expression: expression)
    return String(decoding: printer.text, as: UTF8.self)
  }
}
