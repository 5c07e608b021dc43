import Satisfiability

/// All configurations of a cone as one formula: its solutions are exactly the ways in which the symbols can take values
/// together, over everything that a user can say.
///
/// It says with literals what `KconfigEvaluation` computes with values, in the same order; `ConfirmedEnumeration` holds each
/// solution against an evaluation.
struct ConfigurationCircuit {
  /// What the user may say about a symbol.
  struct Freedom {
    /// Says something, whether it counts or not.
    var isSaid: Literal
    /// Says something that counts.
    var isUsed: Literal
    /// What; nil for a text, which is the symbol's value then.
    var truth: TruthLiterals?
  }

  /// What a `.config` file may say about a symbol, whether it counts or not.
  struct Statement {
    /// Has a line.
    var isMade: Literal
    /// What it says about a bool or tristate.
    var truth: TruthLiterals?
    /// What it says about a number or a string.
    var text: TextLiterals?
  }

  let model: KconfigModel
  let cone: DependencyCone
  let domains: TextDomains
  var circuit: Circuit
  /// Truths and texts by symbol; a symbol that is no bool and no tristate is n.
  var truths: IDTable<SymbolID, TruthLiterals>
  var texts: [SymbolID: TextLiterals] = [:]
  /// By symbol.
  var freedoms: [SymbolID: Freedom] = [:]
  /// By symbol; members of priority choices have none, what counts of them is which one a choice has.
  var statements: [SymbolID: Statement] = [:]
  /// For each member of a choice symbol, where its line is the last one with y.
  var lastNamed: [SymbolID: Literal] = [:]
  /// The selectors of the units; nil where every unit has its own value in any case.
  var selectors: SelectorLiterals?
  /// Where there are modules.
  private var modules: Literal
  private var expressionTruths: IDTable<ExpressionID, TruthLiterals?>
  /// The expressions that were encoded since the present unit began.
  private var recentExpressions: [ExpressionID] = []

  /// - Parameters:
  ///   - texts: what else is to be told from other texts, beside what comparisons tell apart.
  ///   - selectors: makes a selector for each unit.
  init(
    of targets: [SymbolID], in model: KconfigModel, tellingApart texts: [(symbol: SymbolID, text: [UInt8])] = [],
    selectors: SelectorLiterals? = nil
  ) {
    let cone = DependencyCone(of: targets, in: model)
    self.init(
      of: cone, TextDomains(cone, in: model, tellingApart: texts), in: model, circuit: Circuit(), selectors: selectors)
  }

  /// Another configuration of the same cone, which shares nothing with the first but the solver.
  init(besides first: ConfigurationCircuit) {
    self.init(of: first.cone, first.domains, in: first.model, circuit: first.circuit, selectors: nil)
  }

  private init(
    of cone: DependencyCone, _ domains: TextDomains, in model: KconfigModel, circuit: Circuit,
    selectors: SelectorLiterals?
  ) {
    self.model = model
    self.selectors = selectors
    self.cone = cone
    self.domains = domains
    self.circuit = circuit
    truths = IDTable(repeating: TruthLiterals(circuit.never), count: model.symbols.count)
    truths[.constantY] = TruthLiterals(circuit.always)
    truths[.constantM] = TruthLiterals(some: circuit.always, full: circuit.never)
    expressionTruths = IDTable(repeating: nil, count: model.expressions.count)
    modules = circuit.never
    for unit in model.evaluationOrder where cone.contains[unit] {
      encode(unit)
      if unit == model.modules { modules = truths[unit].some }
    }
    if domains.isIncomplete { self.circuit.solver.giveUp() }
    for requirement in model.requirements { self.circuit.require(truth(of: requirement).full) }
  }

  private mutating func encode(_ unit: SymbolID) {
    if model.symbols[unit].isConstant || model.symbols[unit].type == .unknown { return }
    recentExpressions.removeAll(keepingCapacity: true)
    if model.symbols[unit].isChoice, model.language.choices == .choiceSymbol { stateChoiceSymbol(unit) }
    encodeSymbol(unit)
    if model.symbols[unit].isChoice {
      switch model.language.choices {
      case .choiceSymbol: encodeChoiceSymbol(unit)
      case .memberPriority: encodePriorityChoice(unit)
      }
    }
    relax(unit)
  }

  /// Forgets what expressions said that were encoded for the present unit: its value has changed.
  mutating func forgetRecentExpressions() {
    for expression in recentExpressions { expressionTruths[expression] = nil }
  }

  // MARK: one symbol

  mutating func encodeSymbol(_ symbol: SymbolID) {
    let visible = visibility(of: symbol)
    if model.symbols[symbol].type.isLogical {
      truths[symbol] = truth(of: symbol, visible: visible, chosen: nil)
    } else {
      texts[symbol] = text(of: symbol, visible: visible.some)
    }
  }

  mutating func visibility(of symbol: SymbolID) -> TruthLiterals {
    let record = model.symbols[symbol]
    if record.isTransitional { return TruthLiterals(circuit.always) }
    var visible = TruthLiterals(circuit.never)
    for prompt in model.index.prompts(of: symbol) {
      var value = truth(of: model.index.prompts[prompt])
      if let choice = record.choice, record.type == .tristate {
        // A member that could be m only is not there where its choice is y.
        let isHidden = circuit.and(circuit.and(value.some, !value.full), truths[choice].full)
        value.some = circuit.and(value.some, !isHidden)
      }
      visible = circuit.maximum(visible, value)
    }
    return circuit.promoted(visible, where: record.type == .tristate ? !modules : circuit.always)
  }

  /// The value of a bool or tristate.
  /// - Parameter chosen: whether it is the member that its choice symbol has.
  mutating func truth(of symbol: SymbolID, visible: TruthLiterals, chosen: Literal?) -> TruthLiterals {
    let record = model.symbols[symbol]
    var isBool = record.type == .tristate ? !modules : circuit.always
    if chosen != nil { isBool = circuit.or(isBool, visible.full) }
    let selection =
      record.selection.isEmpty || record.isTransitional
      ? TruthLiterals(circuit.never) : circuit.promoted(truth(of: record.selection), where: isBool)
    var value = record.isChoice ? TruthLiterals(circuit.never) : truthWithoutUser(symbol, isBool)
    if record.isTransitional || model.index.hasPrompt(symbol) {
      let (isMade, wish) = statement(about: symbol)
      let isUsed = circuit.and(isMade, visible.some)
      if !record.isChoice { freedoms[symbol] = Freedom(isSaid: isMade, isUsed: isUsed, truth: wish) }
      value = circuit.choose(isUsed, circuit.minimum(wish, visible), value)
    }
    value = circuit.promoted(circuit.maximum(value, selection), where: isBool)
    return chosen.map { circuit.choose(visible.full, TruthLiterals($0), value) } ?? value
  }

  /// What a file says about a bool or tristate.
  mutating func statement(about symbol: SymbolID) -> (isMade: Literal, truth: TruthLiterals) {
    if let known = statements[symbol], let truth = known.truth { return (known.isMade, truth) }
    let truth =
      model.symbols[symbol].type == .tristate ? circuit.freeTruth() : TruthLiterals(circuit.input())
    let isMade = circuit.input()
    statements[symbol] = Statement(isMade: isMade, truth: truth)
    return (isMade, truth)
  }

  private mutating func truthWithoutUser(_ symbol: SymbolID, _ isBool: Literal) -> TruthLiterals {
    let record = model.symbols[symbol]
    var value = TruthLiterals(circuit.never)
    for number in model.index.defaults(of: symbol).reversed() {
      let condition = truth(of: model.index.defaults[number].condition)
      let given = circuit.minimum(truth(of: model.index.defaults[number].value), condition)
      value = circuit.choose(condition.some, given, value)
    }
    guard !record.implication.isEmpty else { return value }
    let implication = circuit.promoted(truth(of: record.implication), where: isBool)
    let dependency =
      record.dependency.isEmpty
      ? TruthLiterals(circuit.always) : circuit.promoted(truth(of: record.dependency), where: isBool)
    let implied = circuit.minimum(circuit.maximum(value, implication), dependency)
    return circuit.choose(implication.some, implied, value)
  }

  // MARK: expressions

  /// The truth of an expression; that of none is y.
  mutating func truth(of expression: ExpressionID) -> TruthLiterals {
    if expression.isEmpty { return TruthLiterals(circuit.always) }
    if let known = expressionTruths[expression] { return known }
    let value: TruthLiterals
    let expressions = model.expressions
    switch expressions.kind(expression) {
    case .symbol: value = truths[expressions.symbol(expression)]
    case .and:
      var all = TruthLiterals(circuit.always)
      for operand in expressions.operands(expression) { all = circuit.minimum(all, truth(of: operand)) }
      value = all
    case .or:
      var any = TruthLiterals(circuit.never)
      for operand in expressions.operands(expression) { any = circuit.maximum(any, truth(of: operand)) }
      value = any
    case .not: value = circuit.negation(truth(of: expressions.operand(expression)))
    case .range: value = TruthLiterals(circuit.never)
    default: value = TruthLiterals(comparison(expression))
    }
    expressionTruths[expression] = value
    recentExpressions.append(expression)
    return value
  }

  /// Where a comparison holds: over all pairs of texts that its sides can have.
  private mutating func comparison(_ expression: ExpressionID) -> Literal {
    guard let relation = model.expressions.kind(expression).relation else { return circuit.never }
    let (left, right) = (model.expressions.symbol(expression), model.expressions.rightSymbol(expression))
    let (leftType, rightType) = (model.symbols[left].type, model.symbols[right].type)
    var holds = circuit.never
    for leftCase in cases(of: left).cases {
      for rightCase in cases(of: right).cases {
        let leftTerm = KconfigTerm(leftType, leftCase.text)
        if leftTerm.holds(relation, KconfigTerm(rightType, rightCase.text)) {
          let both = circuit.and(leftCase.holds, rightCase.holds)
          holds = circuit.or(holds, both)
        }
      }
    }
    return holds
  }

  /// The texts of any symbol: letters, constants, numbers.
  mutating func cases(of symbol: SymbolID) -> TextLiterals {
    let record = model.symbols[symbol]
    if record.type.isLogical {
      let truth = truths[symbol]
      var letters = TextLiterals()
      letters.add(Array("n".utf8), where: !truth.some, in: &circuit)
      letters.add(Array("m".utf8), where: circuit.and(truth.some, !truth.full), in: &circuit)
      letters.add(Array("y".utf8), where: truth.full, in: &circuit)
      return letters
    }
    if let text = texts[symbol] { return text }
    return TextLiterals(Array(model.nameText(of: symbol)), circuit.always)
  }
}

extension KconfigTerm {
  fileprivate init(_ type: KconfigType, _ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    switch type {
    case .bool, .tristate: self = .tristate(Tristate(letter: text) ?? .n)
    case .int: self = .int(text)
    case .hex: self = .hex(text)
    case .string: self = .string(text)
    case .unknown: self = .untyped(text)
    }
  }
}
