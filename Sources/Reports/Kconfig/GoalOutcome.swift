package import Kconfig

/// Whether symbols can have values: the fewest changes that give them, or what keeps them from it.
package struct GoalOutcome {
  /// The answer.
  package enum Answer {
    /// The fewest changes that give the values.
    case changes(KconfigEdits)
    /// What keeps the symbols from them, and where other architectures select what is missing, by its name.
    case blocked(KconfigBlockade, elsewhere: [String: [KconfigPlace]])
  }

  let model: KconfigModel
  let goals: [KconfigEdits.Goal]
  /// The answer.
  package let answer: Answer

  /// An answer to the question whether symbols of a model can have values.
  package init(_ goals: [KconfigEdits.Goal], in model: KconfigModel, _ answer: Answer) {
    self.goals = goals
    self.model = model
    self.answer = answer
  }

  /// Can they have the values?
  package var isReachable: Bool {
    if case .changes = answer { true } else { false }
  }

  var json: JSON {
    switch answer {
    case .changes(let changes): ["isReachable": .truth(true), "smallest": KconfigJSON.changes(changes, in: model)]
    case .blocked(let blockade, _): ["isReachable": .truth(false), "blockade": KconfigJSON.blockade(blockade)]
    }
  }

  // MARK: text

  private var goalText: String {
    goals.map { "\(model.name(of: $0.symbol))=\($0.value)" }.joined(separator: " ")
  }

  func text(for architecture: String) -> String {
    switch answer {
    case .changes(let changes): text(of: changes)
    case .blocked(let blockade, let elsewhere): text(of: blockade, elsewhere, architecture)
    }
  }

  private func text(of changes: KconfigEdits) -> String {
    text(ofLines: changes) + text(of: changes.answers)
  }

  private func text(of answers: [ToolchainAnswer]) -> String {
    if answers.isEmpty { return "" }
    let lines = answers.map { answer in
      let value = answer.input.kind == .success ? answer.value == "y" ? "succeeds" : "fails" : "is \(answer.value)"
      return "    \(answer.input.place.text): \(answer.input.question.shortened) \(value)\n"
    }
    return "A toolchain that answers so gives it:\n" + lines.joined()
  }

  private func text(ofLines changes: KconfigEdits) -> String {
    if changes.edits.isEmpty { return "\(goalText): nothing has to change.\n" }
    let count = changes.edits.count == 1 ? "1 line has" : "\(changes.edits.count) lines have"
    let others = changes.isOnlySmallest ? "there is no other way with as few" : "there are others with as few"
    var text = "\(goalText): \(count) to change (proven to be the fewest; \(others); confirmed by evaluating)\n"
    let lines = changes.edits.map { $0.after?.line ?? "(no line for CONFIG_\(model.name(of: $0.symbol)))" }
    let width = min(lines.map(\.count).max() ?? 0, 60)
    for (change, line) in zip(changes.edits, lines) {
      let before = change.before.map { "instead of \($0.line)" } ?? "which had no line"
      let place = model.symbol(change.symbol).definitions.first.map { ", \($0.text)" } ?? ""
      text += "    \(line)\(String(repeating: " ", count: max(0, width - line.count)))    \(before)\(place)\n"
    }
    return text
  }

  private func text(
    of blockade: KconfigBlockade, _ elsewhere: [String: [KconfigPlace]], _ architecture: String
  ) -> String {
    var text = "\(goalText): unreachable, no configuration of \(architecture) has it:\n"
    let names = Set(blockade.steps.map(\.name))
    if blockade.steps.isEmpty { text += "    the values exclude each other\n" }
    for step in blockade.steps {
      let place = step.places.first.map { "\($0.text): " } ?? ""
      text += "\(place)\(step.name)\(sentence(step))\n"
      for way in step.ways.prefix(12) { text += "    \(sentence(way, among: names))\n" }
      if step.ways.count > 12 { text += "    and \(step.ways.count - 12) more ways\n" }
      if let places = elsewhere[step.name], !places.isEmpty {
        text += "    selected in files that \(architecture) does not read: "
        text += places.map(\.text).joined(separator: ", ") + "\n"
      }
    }
    return text
  }

  private func sentence(_ step: KconfigBlockade.Step) -> String {
    if step.isChoice { return ": a choice has one member" }
    let values = step.values.count == 1 ? " is always \(step.values[0])" : ""
    guard !step.ways.isEmpty else {
      return values + ": no prompt and no default, and nothing that is read selects or implies it"
    }
    if step.values.isEmpty { return " can have other values only" }
    return values.isEmpty ? " is \(step.values.joined(separator: " or "))" : values
  }

  /// - Parameter names: what the blockade goes into; where nothing of that is missing, the whole condition counts.
  private func sentence(_ way: KconfigBlockade.Way, among names: Set<String>) -> String {
    let what =
      switch way.kind {
      case .prompt: "its prompt"
      case .default(let value): "default \(value)"
      case .range(let bounds): "range \(bounds)"
      case .select(let symbol): "selected by \(symbol)"
      case .imply(let symbol): "implied by \(symbol)"
      }
    // `default n` says itself that it gives nothing more.
    let missing = way.missing.filter { way.kind != .default($0) }
    let lacking = missing.joined(separator: " and ").shortened
    let condition =
      missing.contains(where: names.contains) || missing == [way.condition]
      ? " needs \(lacking), never given"
      : (way.condition.isEmpty ? "" : " if \(way.condition.shortened)")
        + (missing.isEmpty ? "" : "; \(lacking) is never given")
    return "\(what) (\(way.place.text))\(condition)"
  }
}
