import ArgumentParser
import Diagnostics
import Kconfig
import Reports

/// Answers `--reachable` about values: the fewest lines that give them together, or what keeps them from it.
struct ReachabilityAnswer {
  private let model: KconfigModel
  private let input: KernelTreeInput
  private let goals: [KconfigEdits.Goal]
  private let outcome: GoalOutcome

  /// - Throws: names that no file defines, values of another type, and questions without an answer.
  init(_ names: SymbolNames, in input: KernelTreeInput) throws {
    self.input = input
    model = try input.model()
    goals = try names.goals(in: model, of: input.architecture)
    var nothingSaid = KconfigEvaluation(model)
    nothingSaid.recompute()
    outcome = try GoalOutcome(goals, from: nothingSaid, input)
  }

  /// - Throws: the status of findings where no configuration has the values.
  func write(as format: AnswerFormat, witnesses folder: String?) throws {
    if let folder, let witness = outcome.witness {
      try WitnessFolder(folder, input.files).write([witness], index: json, of: model)
    }
    var output = OutputStream.standardOutput
    switch format {
    case .json: JSONText.writeDocument(json, into: &output)
    case .text:
      output.write(outcome.text(for: input.architecture).printableLines)
    }
    if !outcome.isReachable { throw ExitCode(ExitStatus.findings) }
  }

  private var json: JSON {
    let answer: JSON = [
      "schema": .text(AnswerFormat.schema), "architecture": .text(input.architecture),
      "goals": KconfigJSON.goals(goals, in: model),
    ]
    return answer.with(outcome.json)
  }
}
