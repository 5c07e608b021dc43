import Satisfiability

/// Finds the units without whose statements the goals could be had, and asks the solver about each part of what they say.
struct BlockadeReader {
  private var circuit: ConfigurationCircuit
  private let model: KconfigModel
  private let goals: [SymbolID: String]
  /// The symbols and choices that the blockade rests on, from the goals to their causes.
  private(set) var units: [SymbolID] = []
  private let selectors: [Literal]
  private var known: [Literal: Bool] = [:]
  private var symbols: Set<SymbolID> = []

  /// - Returns: nil where the goals can be had.
  init?(of goals: [KconfigEdits.Goal], in model: KconfigModel) throws(SolverGaveUp) {
    self.model = model
    self.goals = Dictionary(goals.map { ($0.symbol, $0.value) }) { first, _ in first }
    var circuit = ConfigurationCircuit(
      of: goals.map(\.symbol), in: model,
      tellingApart: goals.map { ($0.symbol, Array($0.value.utf8)) }, selectors: SelectorLiterals())
    let demands = goals.map { circuit.literal(of: $0) }
    let byUnit = circuit.selectors?.literals ?? [:]
    let ranks = Dictionary(model.evaluationOrder.enumerated().map { ($1, $0) }) { first, _ in first }
    let inOrder = byUnit.sorted { ranks[$0.key, default: 0] < ranks[$1.key, default: 0] }
    selectors = inOrder.map(\.value)
    // What lies far from the goals is left out first.
    guard let core = try MinimalUnsatCore(of: selectors, under: demands, in: &circuit.circuit.solver) else {
      return nil
    }
    let kept = Set(core.literals)
    units = inOrder.reversed().filter { kept.contains($0.value) }.map(\.key)
    symbols = Set(units + units.flatMap { model.choiceEntries[$0] ?? [] })
    self.circuit = circuit
  }

  /// Whether some configuration makes a literal hold.
  private mutating func isPossible(_ literal: Literal) throws(SolverGaveUp) -> Bool {
    if let answer = known[literal] { return answer }
    let answer = try circuit.circuit.solver.canHold(selectors + [literal])
    known[literal] = answer
    return answer
  }

  // MARK: one symbol

  mutating func step(_ unit: SymbolID) throws(SolverGaveUp) -> KconfigBlockade.Step {
    let record = model.symbols[unit]
    var values: [String] = []
    if record.type.isLogical, !record.isChoice {
      for (text, holds) in circuit.cases(of: unit).cases where try isPossible(holds) {
        values.append(String(decoding: text, as: UTF8.self))
      }
    }
    let isForced = !values.isEmpty && !values.contains("n") && (goals[unit] ?? "n") == "n"
    var ways = try self.ways(to: unit, isForced: isForced)
    if isForced {
      let decisive = ways.filter(\.missing.isEmpty)
      if !decisive.isEmpty { ways = decisive }
    }
    return KconfigBlockade.Step(
      name: model.shownName(of: unit), isChoice: record.isChoice, values: values,
      places: model.menu.definitions(of: unit).map { model.place(of: $0) }, ways: ways, isForced: isForced)
  }

  private mutating func ways(
    to symbol: SymbolID, isForced: Bool
  ) throws(SolverGaveUp) -> [KconfigBlockade.Way] {
    let goal = goals[symbol]
    let needsYes = goal == "y" || goal == nil && model.symbols[symbol].type == .bool
    var ways: [KconfigBlockade.Way] = []
    for property in model.properties.properties(of: symbol) {
      switch property.kind {
      case .prompt, .menu, .comment:
        ways.append(try way(.prompt, property, needs: [property.condition], needsYes))
      case .default:
        let value = model.text(of: property.value)
        let isLogical = model.symbols[symbol].type.isLogical
        let needs = isLogical ? [property.value, property.condition] : [property.condition]
        ways.append(try way(.default(value), property, needs: needs, needsYes))
      case .range:
        ways.append(try way(.range(model.text(of: property.value)), property, needs: [property.condition], false))
      case .definition, .select, .imply: break
      }
    }
    for (kind, property) in model.sources(of: symbol) {
      guard let source = model.menu[property.node].symbol else { continue }
      let name = model.shownName(of: source)
      let way = try self.way(
        kind == .select ? .select(by: name) : .imply(by: name), property, source: source, needs: [property.condition],
        needsYes && kind != .select)
      ways.append(way)
    }
    return ways
  }

  /// - Parameter source: the symbol that selects or implies; it has to be given itself.
  private mutating func way(
    _ kind: KconfigBlockade.Way.Kind, _ property: PropertyRecord, source: SymbolID? = nil,
    needs expressions: [ExpressionID],
    _ needsYes: Bool
  ) throws(SolverGaveUp) -> KconfigBlockade.Way {
    var missing: [String] = []
    if let source, try !isPossible(needsYes ? circuit.truths[source].full : circuit.truths[source].some) {
      missing.append(model.shownName(of: source))
    }
    for expression in expressions where !expression.isEmpty {
      missing += try obstacles(of: expression, needsYes).filter { !missing.contains($0) }
    }
    let condition = property.condition.isEmpty ? "" : model.text(of: property.condition)
    return KconfigBlockade.Way(kind: kind, place: model.place(of: property), condition: condition, missing: missing)
  }

  /// The parts of an expression that no configuration gives; those that the blockade is about, if it is about any.
  private mutating func obstacles(
    of expression: ExpressionID, _ needsYes: Bool
  ) throws(SolverGaveUp) -> [String] {
    var impossible: Set<ExpressionID> = []
    for part in model.expressions.parts(of: expression) {
      let truth = circuit.truth(of: part)
      if try !isPossible(needsYes ? truth.full : truth.some) { impossible.insert(part) }
    }
    guard impossible.contains(expression) else { return [] }
    let obstacles = model.expressions.obstacles(of: expression) { !impossible.contains($0) }
    let explained = obstacles.filter { obstacle in
      var met: [SymbolID] = []
      model.expressions.collectSymbols(obstacle, into: &met)
      return met.contains { symbols.contains($0) }
    }
    return (explained.isEmpty ? obstacles : explained).map { model.text(of: $0) }
  }
}

extension ExpressionStore {
  /// An expression and the operands of its `&&` and `||`, at any depth.
  fileprivate func parts(of expression: ExpressionID) -> [ExpressionID] {
    var parts: [ExpressionID] = []
    var open = [expression]
    while let part = open.popLast() {
      parts.append(part)
      if isList(part) { open += operands(part) }
    }
    return parts
  }
}

extension KconfigModel {
  /// What selects and implies a symbol, selects first.
  func sources(of symbol: SymbolID) -> [(kind: PropertyRecord.Kind, property: PropertyRecord)] {
    let selects = properties(.select, targeting: symbol).map { (kind: PropertyRecord.Kind.select, property: $0) }
    return selects + properties(.imply, targeting: symbol).map { (kind: PropertyRecord.Kind.imply, property: $0) }
  }
}
