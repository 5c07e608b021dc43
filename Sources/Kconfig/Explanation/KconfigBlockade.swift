import Satisfiability

/// Why no configuration gives symbols the values that are asked for: what the files say about as few symbols as there can
/// be. Nothing of it can be left out: were one of these symbols free, the values could be had.
public struct KconfigBlockade: Sendable, Hashable {
  /// A symbol or choice that the blockade rests on.
  public struct Step: Sendable, Hashable {
    /// Its name; of a choice without one, its prompt.
    public let name: String
    /// Whether it is a choice, with its members.
    public let isChoice: Bool
    /// The values that it has in any configuration, of n, m and y; empty for numbers, strings and choices.
    public let values: [String]
    /// Where it is defined.
    public let places: [KconfigPlace]
    /// How it could become more than it is; where it cannot become n, what keeps it from that.
    public let ways: [Way]
    /// Whether the ways are what keeps it from being n.
    public let isForced: Bool
  }

  /// A statement of the files that gives a symbol a value, or would.
  public struct Way: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
      /// The user could set it.
      case prompt
      /// A default with its value.
      case `default`(String)
      /// A number is moved into it.
      case range(String)
      /// Another symbol selects it.
      case select(by: String)
      /// Another symbol implies it.
      case imply(by: String)
    }

    /// What it is.
    public let kind: Kind
    /// Where it stands.
    public let place: KconfigPlace
    /// When it counts, with all that its place depends on.
    public let condition: String
    /// The parts of that which no configuration gives; empty where each can be had, and not all at once.
    public let missing: [String]
  }

  /// The solver gave up; no kernel comes near.
  public struct TooHard: Error, Sendable, Hashable {
    /// Makes the error.
    public init() {}
  }

  /// From the symbols that were asked for to those that keep them from their values.
  public let steps: [Step]

  /// - Returns: nil where some configuration gives the values.
  public init?(of goals: [KconfigEdits.Goal], in model: KconfigModel) throws(TooHard) {
    do throws(SolverGaveUp) {
      guard var reader = try BlockadeReader(of: goals, in: model) else { return nil }
      var steps: [Step] = []
      // Where nothing is in the way of a number or text but its own range or prompt, these are shown.
      let texts = goals.map(\.symbol).filter { !model.symbols[$0].type.isLogical }
      for unit in reader.units.isEmpty ? texts : reader.units { steps.append(try reader.step(unit)) }
      self.steps = steps
    } catch {
      throw TooHard()
    }
  }
}
