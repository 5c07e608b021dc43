import Satisfiability

/// Finds the units without whose statements the goals could be had, and asks the solver about each part of what they say.
struct BlockadeProof {
  private var circuit: ConfigurationCircuit
  private let model: KconfigModel
  private let goals: [Int32: String]
  /// The symbols and choices that the proof rests on, from the goals to their causes.
  private(set) var units: [Int32] = []
  private let ties: [Literal]
  private var known: [Literal: Bool] = [:]
  private var symbols: Set<Int32> = []

  /// - Returns: nil where the goals can be had.
  init?(of goals: [KconfigChanges.Goal], in model: KconfigModel) throws(KconfigBlockade.TooHard) {
    self.model = model
    self.goals = Dictionary(goals.map { (Int32($0.symbol), $0.value) }) { first, _ in first }
    var circuit = ConfigurationCircuit(
      of: goals.map { Int32($0.symbol) }, in: model,
      tellingApart: goals.map { (Int32($0.symbol), Array($0.value.utf8)) }, ties: UnitTies())
    let demands = goals.map { circuit.literal(of: $0) }
    let byUnit = circuit.ties?.literals ?? [:]
    let ranks = Dictionary(model.evaluationOrder.enumerated().map { ($1, $0) }) { first, _ in first }
    let inOrder = byUnit.sorted { ranks[$0.key, default: 0] < ranks[$1.key, default: 0] }
    let ties = inOrder.map(\.value)
    self.ties = ties
    guard let core = try Self.core(of: demands, ties, &circuit.circuit.solver) else { return nil }
    let kept = Set(try Self.shortest(core, ties, demands, &circuit.circuit.solver))
    units = inOrder.reversed().filter { kept.contains($0.value) }.map(\.key)
    symbols = Set(units + units.flatMap { model.choiceEntries[$0] ?? [] })
    self.circuit = circuit
  }

  /// Those of the ties that contradict the demands; nil where there is no contradiction.
  private static func core(
    of demands: [Literal], _ ties: [Literal], _ solver: inout SatisfiabilitySolver
  ) throws(KconfigBlockade.TooHard) -> [Literal]? {
    switch solver.solve(assuming: demands + ties) {
    case .satisfiable: return nil
    case .gaveUp: throw KconfigBlockade.TooHard()
    case .unsatisfiable(let core):
      let met = Set(core)
      return ties.filter(met.contains)
    }
  }

  /// A core that nothing can be left out of. Another one without one of its members may be shorter, and is easier to read
  /// then.
  private static func shortest(
    _ core: [Literal], _ ties: [Literal], _ demands: [Literal], _ solver: inout SatisfiabilitySolver
  ) throws(KconfigBlockade.TooHard) -> [Literal] {
    // What lies far from the goals is left out first.
    var best = try irreducible(core, inOrder: ties, demands, &solver)
    var next = 0
    while next < best.count {
      let avoided = best[next]
      next += 1
      guard let other = try Self.core(of: demands, ties.filter { $0 != avoided }, &solver) else { continue }
      let shorter = try irreducible(other, inOrder: ties, demands, &solver)
      if shorter.count < best.count { (best, next) = (shorter, 0) }
    }
    return best
  }

  /// Leaves out of a core what it does not need, asking in an order.
  private static func irreducible(
    _ core: [Literal], inOrder order: [Literal], _ demands: [Literal], _ solver: inout SatisfiabilitySolver
  ) throws(KconfigBlockade.TooHard) -> [Literal] {
    var core = core
    for tie in order where core.contains(tie) {
      if let smaller = try Self.core(of: demands, core.filter { $0 != tie }, &solver) { core = smaller }
    }
    return core
  }

  /// Whether some configuration makes a literal hold.
  private mutating func isPossible(_ literal: Literal) throws(KconfigBlockade.TooHard) -> Bool {
    if let answer = known[literal] { return answer }
    switch circuit.circuit.solver.solve(assuming: ties + [literal]) {
    case .satisfiable: known[literal] = true
    case .unsatisfiable: known[literal] = false
    case .gaveUp: throw KconfigBlockade.TooHard()
    }
    return known[literal] ?? true
  }

  // MARK: one symbol

  mutating func step(_ unit: Int32) throws(KconfigBlockade.TooHard) -> KconfigBlockade.Step {
    let record = model.symbols[Int(unit)]
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
      name: model.name(of: unit), isChoice: record.isChoice, values: values,
      places: model.definitions(of: unit).map(model.place), ways: ways, isForced: isForced)
  }

  private mutating func ways(
    to symbol: Int32, isForced: Bool
  ) throws(KconfigBlockade.TooHard) -> [KconfigBlockade.Way] {
    let goal = goals[symbol]
    let needsYes = goal == "y" || goal == nil && model.symbols[Int(symbol)].type == .bool
    var ways: [KconfigBlockade.Way] = []
    for property in model.properties(of: symbol) {
      switch property.kind {
      case .prompt, .menu, .comment:
        ways.append(try way(.prompt, property, needs: [property.condition], needsYes))
      case .default:
        let value = model.text(of: property.value)
        let isLogical = model.symbols[Int(symbol)].type.isLogical
        let needs = isLogical ? [property.value, property.condition] : [property.condition]
        ways.append(try way(.default(value), property, needs: needs, needsYes))
      case .range:
        ways.append(try way(.range(model.text(of: property.value)), property, needs: [property.condition], false))
      case .definition, .select, .imply: break
      }
    }
    for (kind, property) in model.sources(of: symbol) {
      let source = model.nodes[Int(property.node)].symbol
      let name = model.name(of: source)
      let way = try self.way(
        kind == .select ? .select(by: name) : .imply(by: name), property, source: source, needs: [property.condition],
        needsYes && kind != .select)
      ways.append(way)
    }
    return ways
  }

  /// - Parameter source: the symbol that selects or implies; it has to be given itself.
  private mutating func way(
    _ kind: KconfigBlockade.Way.Kind, _ property: PropertyRecord, source: Int32 = -1, needs expressions: [Int32],
    _ needsYes: Bool
  ) throws(KconfigBlockade.TooHard) -> KconfigBlockade.Way {
    var missing: [String] = []
    if source >= 0, try !isPossible(needsYes ? circuit.truths[Int(source)].full : circuit.truths[Int(source)].some) {
      missing.append(model.name(of: source))
    }
    for expression in expressions where expression != ExpressionStore.none {
      missing += try obstacles(of: expression, needsYes).filter { !missing.contains($0) }
    }
    let condition = property.condition == ExpressionStore.none ? "" : model.text(of: property.condition)
    return KconfigBlockade.Way(kind: kind, place: model.place(of: property), condition: condition, missing: missing)
  }

  /// The parts of an expression that no configuration gives; those that the proof is about, if it is about any.
  private mutating func obstacles(
    of expression: Int32, _ needsYes: Bool
  ) throws(KconfigBlockade.TooHard) -> [String] {
    var impossible: Set<Int32> = []
    for part in model.expressions.parts(of: expression) {
      let truth = circuit.truth(of: part)
      if try !isPossible(needsYes ? truth.full : truth.some) { impossible.insert(part) }
    }
    guard impossible.contains(expression) else { return [] }
    let obstacles = model.expressions.obstacles(of: expression) { !impossible.contains($0) }
    let explained = obstacles.filter { obstacle in
      var met: [Int32] = []
      model.expressions.collectSymbols(obstacle, into: &met)
      return met.contains { symbols.contains($0) }
    }
    return (explained.isEmpty ? obstacles : explained).map { model.text(of: $0) }
  }
}

extension ExpressionStore {
  /// An expression and the operands of its `&&` and `||`, at any depth.
  fileprivate func parts(of expression: Int32) -> [Int32] {
    var parts: [Int32] = []
    var open = [expression]
    while let part = open.popLast() {
      parts.append(part)
      if kind(part) == .and || kind(part) == .or { open += operands(part) }
    }
    return parts
  }
}

extension KconfigModel {
  /// What selects and implies a symbol, selects first.
  func sources(of symbol: Int32) -> [(kind: PropertyRecord.Kind, property: PropertyRecord)] {
    let selects = properties(.select, targeting: symbol).map { (kind: PropertyRecord.Kind.select, property: $0) }
    return selects + properties(.imply, targeting: symbol).map { (kind: PropertyRecord.Kind.imply, property: $0) }
  }
}
