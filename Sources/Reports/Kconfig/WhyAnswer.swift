import Diagnostics
package import Kconfig

/// The answer to `--why`: where a value comes from, and the fewest changes that give another, or why nothing does.
package struct WhyAnswer {
  /// Whether the symbol can have the value.
  package let outcome: GoalOutcome
  private let explanation: KconfigExplanation
  private let architecture: String
  /// What the values are those of.
  private let origin: String
  private let path: String?

  /// An answer about one symbol.
  /// - Parameters:
  ///   - origin: what the values are those of, in words.
  ///   - path: the file that the configuration was read from; nil where there is none.
  package init(
    _ explanation: KconfigExplanation, _ outcome: GoalOutcome, architecture: String, origin: String, path: String?
  ) {
    self.explanation = explanation
    self.outcome = outcome
    self.architecture = architecture
    self.origin = origin
    self.path = path
  }

  /// The answer for people, which may steer a terminal.
  package var text: String { explanationText + outcome.text(for: architecture) }

  /// The answer as `hvo/kconfig/v1`.
  package var json: JSON {
    let answer: JSON = [
      "schema": .text(KconfigJSON.schema), "configuration": path.map { .text($0) },
      "why": KconfigJSON.explanation(explanation), "goals": KconfigJSON.goals(outcome.goals, in: outcome.model),
    ]
    return answer.merging(outcome.json)
  }

  // MARK: text

  private var explanationText: String {
    var lines = ["\(explanation.name)=\(explanation.value): \(originSentence)", "  (\(origin))", ""]
    for definition in explanation.definitions {
      let prompt = definition.prompt.map { "prompt \"\($0.printable)\"" } ?? "no prompt: the user cannot set it"
      lines.append("\(definition.place.text): \(explanation.type.name), \(prompt)")
      if definition.prompt != nil { lines += clause("shown if", definition.visibility) }
      if definition.prompt == nil || definition.dependency != definition.visibility {
        lines += clause("depends on", definition.dependency)
      }
    }
    let counting = explanation.statements.filter { $0.value != .n }
    for statement in counting + explanation.statements.filter({ $0.value == .n }) {
      let what =
        switch statement.kind {
        case .default: "default \(statement.text)" + (statement.value == .n ? ", which does not count" : "")
        case .range: "range \(statement.text)" + (statement.value == .n ? ", which does not count" : "")
        case .select: "selected by \(statement.text), as \(statement.value.letter)"
        case .imply: "implied by \(statement.text), as \(statement.value.letter)"
        }
      lines.append("\(statement.place.text): \(what)")
      lines += clause("if", statement.condition)
    }
    if explanation.isUnmet { lines.append("It is selected although what it depends on is not given.") }
    return lines.joined(separator: "\n") + "\n\n"
  }

  private func clause(_ word: String, _ clause: KconfigExplanation.Clause?) -> [String] {
    guard let clause else { return [] }
    var lines = ["    \(word) \(clause.text.shortened)  (= \(clause.value.letter))"]
    if !clause.missing.isEmpty, clause.missing != [clause.text] {
      lines.append("    missing: \(clause.missing.joined(separator: ", ").shortened)")
    }
    return lines
  }

  private var originSentence: String {
    switch explanation.origin {
    case .user(let setting):
      setting.value == explanation.value ? "the user says so" : "the user says \(setting.value), limited by its prompt"
    case .default(let place): "by default (\(place.text))"
    case .selected: "selected (\(places(.select)))"
    case .implied: "implied (\(places(.imply)))"
    case .choice: "its choice decides"
    case .range(let place): "moved into its range (\(place.text))"
    case .nothing: "no default counts, and nothing selects it"
    }
  }

  private func places(_ kind: KconfigExplanation.Statement.Kind) -> String {
    let sources = explanation.statements.filter { $0.kind == kind && $0.value != .n }
    return sources.prefix(3).map { "\($0.text), \($0.place.text)" }.joined(separator: "; ")
      + (sources.count > 3 ? "; \(sources.count - 3) more" : "")
  }
}

extension String {
  /// What fits on a few lines: some symbols are selected by hundreds.
  var shortened: String { count > 400 ? prefix(400) + "…" : self }
}

extension KconfigPlace {
  var text: String { "\(path):\(line)" }
}
