import Satisfiability

/// A smallest set of changes of what a user says that gives symbols the values that are asked for.
///
/// Smallest is proven: fewer changed lines give them in no way. That these give them is confirmed by evaluating the changed
/// lines.
public struct KconfigChanges: Sendable {
  /// A value that a symbol is to have.
  public struct Goal: Sendable, Hashable {
    /// The number of the symbol.
    public var symbol: Int
    /// y, m, n, a number or a text.
    public var value: String

    /// Makes a goal.
    public init(symbol: Int, value: String) {
      self.symbol = symbol
      self.value = value
    }
  }

  /// One line that changes.
  public struct Change: Sendable, Hashable {
    /// The number of the symbol.
    public var symbol: Int
    /// Its line now; nil for none.
    public var before: KconfigReachability.Setting?
    /// Its line then; nil for none.
    public var after: KconfigReachability.Setting?
  }

  /// Why there is no answer.
  public enum Failure: Error, Sendable, Hashable {
    /// The solver gave up; no kernel comes near.
    case tooHard
    /// Evaluating the changed lines does not give the values: something is wrong, and nothing is claimed.
    case unconfirmed([Change])
  }

  /// The lines that change, those first that can be seen now; empty where the values are given already.
  public let changes: [Change]
  /// Whether every other set of changes that gives the values is larger.
  public let isOnlySmallest: Bool
  /// All lines as they are then.
  public let lines: [KconfigReachability.Setting]
  /// What the toolchain has to answer then, where that is open; everything else it may answer as it likes.
  public let answers: [ToolchainAnswer]

  /// Finds the changes.
  /// - Parameter present: the configuration that is to be changed.
  /// - Returns: nil where no configuration has these values.
  public init?(for goals: [Goal], from present: KconfigEvaluation) throws(Failure) {
    let model = present.model
    let standing = StandingStatements(present.user, in: model)
    var evaluation = KconfigEvaluation(model)
    evaluation.read(standing.lines)
    // The user's own texts have to be told from others: they may stay.
    let user = evaluation.user
    let texts = model.symbols.indices.lazy.filter { user.isSet[$0] && user.text[$0] >= 0 }
      .map { (symbol: Int32($0), text: user.texts[Int(user.text[$0])]) }
    var circuit = ConfigurationCircuit(
      of: goals.map { Int32($0.symbol) }, in: model,
      tellingApart: goals.map { (Int32($0.symbol), Array($0.value.utf8)) } + texts)
    let demands = goals.map { circuit.literal(of: $0) }
    let stances = circuit.stances(of: user, standing)
    do throws(SmallestRelaxation.GaveUp) {
      guard
        var relaxation = try SmallestRelaxation(of: stances.map(\.stays), under: demands, in: circuit.circuit)
      else { return nil }
      let order = stances.indices.sorted { evaluation.isBetter(stances[$0], stances[$1]) }
      let given = try relaxation.given(inOrder: order).map { stances[$0] }
      let options = try Self.options(of: given, &relaxation)
      guard try relaxation.allows(options.map(\.literal)) else { throw SmallestRelaxation.GaveUp() }
      answers = circuit.answers(in: relaxation.circuit.solver)
      isOnlySmallest = try !relaxation.allowsOther(than: options.map(\.literal))
      changes = options.map { option in
        let setting = option.value.map {
          KconfigReachability.Setting(
            symbol: model.names.text(model.symbols[Int(option.symbol)].name), value: $0,
            isText: model.symbols[Int(option.symbol)].type == .string)
        }
        return Change(symbol: Int(option.symbol), before: standing[option.symbol], after: setting)
      }
    } catch {
      throw .tooHard
    }
    lines = Self.lines(standing, changedBy: changes, in: model)
    evaluation.read(lines, answers: answers)
    guard goals.allSatisfy({ evaluation.bytes(of: Int32($0.symbol)).elementsEqual($0.value.utf8) }) else {
      throw .unconfirmed(changes)
    }
  }

  /// For each stance that is given up, the first way to change it that goes together with those before it.
  private static func options(
    of stances: [Stance], _ relaxation: inout SmallestRelaxation
  ) throws(SmallestRelaxation.GaveUp) -> [Stance.Option] {
    var options: [Stance.Option] = []
    for stance in stances {
      for option in stance.options where option.literal != stance.stays {
        guard try relaxation.allows(options.map(\.literal) + [option.literal]) else { continue }
        options.append(option)
        break
      }
    }
    return options
  }

  /// The lines that stay, and behind them those that change; the member that a choice is to have comes last.
  private static func lines(
    _ standing: StandingStatements, changedBy changes: [Change], in model: KconfigModel
  ) -> [KconfigReachability.Setting] {
    let changed = Set(changes.compactMap { $0.after ?? $0.before }.map(\.symbol))
    let isChosen = { (change: Change) in model.choices[change.symbol] >= 0 && change.after?.value == "y" }
    return standing.lines.filter { !changed.contains($0.symbol) }
      + changes.filter { !isChosen($0) }.compactMap(\.after) + changes.filter(isChosen).compactMap(\.after)
  }
}

extension ConfigurationCircuit {
  /// Holds where a symbol has a value.
  mutating func literal(of goal: KconfigChanges.Goal) -> Literal {
    cases(of: Int32(goal.symbol)).literal(of: Array(goal.value.utf8)) ?? circuit.never
  }
}

extension KconfigEvaluation {
  /// Takes these settings in place of all that was said before, and computes all values.
  /// - Parameter answers: those of a toolchain that is open.
  public mutating func read(_ settings: [KconfigReachability.Setting], answers: [ToolchainAnswer] = []) {
    _ = read(Array(settings.map { $0.line + "\n" }.joined().utf8))
    answer(with: answers)
  }

  /// Which of two stances is rather to be changed: what can be seen now, then bools and tristates, then in menu order.
  fileprivate func isBetter(_ first: Stance, _ second: Stance) -> Bool {
    func key(_ stance: Stance) -> (Int, Int, Int32, Int32) {
      let record = model.symbols[Int(stance.unit)]
      return (
        visibility[Int(stance.unit)] == Self.no ? 1 : 0, record.type.isLogical ? 0 : 1, record.firstNode, stance.unit
      )
    }
    return key(first) < key(second)
  }
}
