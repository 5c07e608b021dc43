import Satisfiability

/// A smallest set of edits of a `.config` file that gives symbols the values that are asked for.
///
/// Smallest is proven: no fewer lines give them. That these give them is confirmed by evaluating the edited file.
public struct KconfigEdits: Sendable {
  /// A value that a symbol is to have.
  public struct Goal: Sendable, Hashable {
    /// The symbol.
    public var symbol: SymbolID
    /// y, m, n, a number or a text.
    public var value: String

    /// Makes a goal.
    public init(symbol: SymbolID, value: String) {
      self.symbol = symbol
      self.value = value
    }
  }

  /// One line that changes.
  public struct Edit: Sendable, Hashable {
    /// The symbol.
    public var symbol: SymbolID
    /// Its line now; nil for none.
    public var before: KconfigReachability.Setting?
    /// Its line then; nil for none.
    public var after: KconfigReachability.Setting?
  }

  /// Why there is no answer.
  public enum Failure: Error, Sendable, Hashable {
    /// The solver gave up; no kernel comes near.
    case tooHard
    /// Evaluating the edited lines does not give the values: something is wrong, and nothing is claimed.
    case unconfirmed([Edit])
  }

  /// The lines that change, those first that can be seen now; empty where the values are given already.
  public let edits: [Edit]
  /// Whether every other set of edits that gives the values is larger.
  public let isOnlySmallest: Bool
  /// All lines as they are then.
  public let lines: [KconfigReachability.Setting]
  /// What the toolchain has to answer then, where that is open; everything else it may answer as it likes.
  public let answers: [ToolchainAnswer]

  /// Finds the edits.
  /// - Parameter present: the configuration that is to be changed.
  /// - Returns: nil where no configuration has these values.
  public init?(for goals: [Goal], from present: KconfigEvaluation) throws(Failure) {
    let model = present.model
    let presentLines = PresentLines(present.user, in: model)
    var evaluation = KconfigEvaluation(model)
    evaluation.read(presentLines.lines)
    do throws(SolverGaveUp) {
      guard var search = try EditSearch(for: goals, presentLines, evaluation) else { return nil }
      let options = try search.options()
      isOnlySmallest = try search.isOnlyBest(options)
      answers = search.answers
      edits = options.map { option in
        Edit(symbol: option.symbol, before: presentLines[option.symbol], after: option.setting(in: model))
      }
    } catch {
      throw .tooHard
    }
    lines = Self.lines(presentLines, changedBy: edits, in: model)
    evaluation.read(lines, answers: answers)
    guard goals.allSatisfy({ evaluation.bytes(of: $0.symbol).elementsEqual($0.value.utf8) }) else {
      throw .unconfirmed(edits)
    }
  }

  /// The lines that stay, and behind them those that change; the member that a choice is to have comes last.
  private static func lines(
    _ presentLines: PresentLines, changedBy edits: [Edit], in model: KconfigModel
  ) -> [KconfigReachability.Setting] {
    let changed = Set(edits.compactMap { $0.after ?? $0.before }.map(\.symbol))
    let isChosen = { (edit: Edit) in model.choice(of: edit.symbol) != nil && edit.after?.value == "y" }
    return presentLines.lines.filter { !changed.contains($0.symbol) }
      + edits.filter { !isChosen($0) }.compactMap(\.after) + edits.filter(isChosen).compactMap(\.after)
  }
}

extension KconfigEvaluation {
  /// Takes these settings in place of all that was said before, and computes all values.
  /// - Parameter answers: those of a toolchain that is open.
  public mutating func read(_ settings: [KconfigReachability.Setting], answers: [ToolchainAnswer] = []) {
    _ = read(Array(settings.map { $0.line + "\n" }.joined().utf8))
    answer(with: answers)
  }
}
