/// The answer to `--reachable` about values: the fewest lines that give them together, or what keeps them from it.
package struct ReachabilityAnswer {
  private let architecture: String
  /// Whether they can have the values.
  package let outcome: GoalOutcome

  /// An answer for an architecture.
  package init(_ outcome: GoalOutcome, architecture: String) {
    self.architecture = architecture
    self.outcome = outcome
  }

  /// The answer for people, which may steer a terminal.
  package var text: String { outcome.text(for: architecture) }

  /// The answer as `hvo/kconfig/v1`.
  package var json: JSON {
    let answer: JSON = [
      "schema": .text(KconfigJSON.schema), "architecture": .text(architecture),
      "goals": KconfigJSON.goals(outcome.goals, in: outcome.model),
    ]
    return answer.merging(outcome.json)
  }
}
