/// Reads out of an evaluation what bears on one symbol.
struct ExplanationReader {
  private let symbol: Int32
  private var evaluation: KconfigEvaluation
  private let model: KconfigModel

  init(_ symbol: Int32, _ evaluation: KconfigEvaluation) {
    self.symbol = symbol
    self.evaluation = evaluation
    model = evaluation.model
  }

  mutating func definitions() -> [KconfigExplanation.Definition] {
    var definitions: [KconfigExplanation.Definition] = []
    for node in model.definitions(of: symbol) {
      let prompt = model.nodes[Int(node)].prompt
      let property = prompt < 0 ? nil : model.properties[Int(prompt)]
      definitions.append(
        KconfigExplanation.Definition(
          place: model.place(of: node),
          prompt: property.map { String(decoding: model.names[max($0.text, 0)], as: UTF8.self) },
          visibility: property.flatMap { clause($0.condition) },
          dependency: clause(model.nodes[Int(node)].dependency)))
    }
    return definitions
  }

  mutating func statements() -> [KconfigExplanation.Statement] {
    var statements: [KconfigExplanation.Statement] = []
    var counts: Set<KconfigExplanation.Statement.Kind> = []
    for property in model.properties(of: symbol) {
      let kind: KconfigExplanation.Statement.Kind
      switch property.kind {
      case .default: kind = .default
      case .range: kind = .range
      default: continue
      }
      let holds = evaluation.evaluate(property.condition) != KconfigEvaluation.no
      let isFirst = holds && counts.insert(kind).inserted
      statements.append(statement(kind, text(of: property.value), property, isFirst ? .y : .n))
    }
    for (kind, property) in model.sources(of: symbol) {
      let source = model.nodes[Int(property.node)].symbol
      let value = min(evaluation.truth[Int(source)], evaluation.evaluate(property.condition))
      statements.append(
        statement(
          kind == .select ? .select : .imply, model.name(of: source), property, Tristate(rawValue: Int(value)) ?? .n))
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
    let index = Int(symbol)
    let isVisible = evaluation.visibility[index] != KconfigEvaluation.no
    let given = statements.first { $0.kind == .default && $0.value == .y }
    guard model.symbols[index].type.isLogical else { return textOrigin(statements, given, isVisible ? said : nil) }
    if model.choices[index] >= 0, evaluation.visibility[index] == KconfigEvaluation.yes { return .choice }
    if isVisible, let said {
      let wished = min(evaluation.user.truth[index], evaluation.visibility[index])
      return evaluation.selection[index] > wished ? .selected : .user(said)
    }
    let value = evaluation.truth[index]
    guard value != KconfigEvaluation.no else { return given.map { .default($0.place) } ?? .nothing }
    var usual = KconfigEvaluation.no
    if let active = evaluation.activeDefault(symbol) {
      usual = min(evaluation.evaluate(active.value), evaluation.evaluate(active.condition))
    }
    let implied = evaluation.implication[index]
    let weak = implied == KconfigEvaluation.no ? usual : min(max(usual, implied), evaluation.dependency[index])
    if evaluation.selection[index] > weak { return .selected }
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

  private mutating func clause(_ expression: Int32) -> KconfigExplanation.Clause? {
    guard expression != ExpressionStore.none else { return nil }
    let value = evaluation.evaluate(expression)
    var missing: [String] = []
    if value == KconfigEvaluation.no {
      // Values of parts are asked for one by one; each is computed once.
      var copy = evaluation
      missing = model.expressions.obstacles(of: expression) { copy.evaluate($0) != KconfigEvaluation.no }
        .map { text(of: $0) }
    }
    return KconfigExplanation.Clause(
      text: text(of: expression), value: Tristate(rawValue: Int(value)) ?? .n, missing: missing)
  }

  private func text(of expression: Int32) -> String {
    var printer = ExpressionPrinter(evaluation, showing: evaluation.values)
    printer.append(expression: expression)
    return String(decoding: printer.text, as: UTF8.self)
  }
}
