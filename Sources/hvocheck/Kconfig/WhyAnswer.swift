import ArgumentParser
import Diagnostics
import Kconfig
import Reports

/// Answers `--why`: where a value comes from, and the fewest changes that give another, or why nothing does.
struct WhyAnswer {
  private let present: PresentConfiguration
  private let goal: KconfigEdits.Goal
  private let explanation: KconfigExplanation
  private let outcome: GoalOutcome

  init(_ names: SymbolNames, in input: KernelTreeInput) throws {
    present = try PresentConfiguration(input)
    let goals = try names.goals(in: present.model, of: input.architecture)
    guard goals.count == 1 else {
      throw Diagnostic(id: "KCONFIG241", "--why explains one symbol", at: nil, help: ["ask for one after the other"])
    }
    goal = goals[0]
    explanation = KconfigExplanation(of: goal.symbol, in: present.values)
    outcome = try GoalOutcome(goals, from: present.values, input)
  }

  /// - Throws: the status of findings where no configuration has the value.
  func write(as format: AnswerFormat) throws {
    var output = OutputStream.standardOutput
    switch format {
    case .text:
      output.write((text + outcome.text(for: present.input.architecture)).printableLines)
    case .json:
      let answer: JSON = [
        "schema": .text(AnswerFormat.schema), "configuration": present.path.map { .text($0) },
        "why": KconfigJSON.explanation(explanation), "goals": KconfigJSON.goals([goal], in: present.model),
      ]
      JSONText.writeDocument(answer.with(outcome.json), into: &output)
    }
    if !outcome.isReachable { throw ExitCode(ExitStatus.findings) }
  }

  // MARK: text

  private var text: String {
    var lines = ["\(explanation.name)=\(explanation.value): \(originSentence)", "  (\(present.origin))", ""]
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

extension JSON {
  /// With the members of another object.
  func with(_ other: JSON) -> JSON {
    guard case .object(let mine) = self, case .object(let others) = other else { return self }
    return .object(mine.merging(others) { $1 })
  }
}

extension KconfigPlace {
  var text: String { "\(path):\(line)" }
}
