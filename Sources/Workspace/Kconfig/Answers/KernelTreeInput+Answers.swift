import Diagnostics
import Kconfig
package import Reports

extension KernelTreeInput {
  /// Answers `--get`.
  /// - Throws: `KconfigRejection` where `conf` would stop, `Diagnostic` where there is no answer.
  package func values(of names: SymbolQuery) throws -> (list: ValueList, origin: PresentConfiguration) {
    if let entry = names.entries.first(where: { $0.value != nil }) {
      throw Diagnostic(
        id: "KCONFIG241", "--get takes symbols without values", at: nil,
        help: ["whether it can be \(entry.value ?? "") says --why \(entry.name)=\(entry.value ?? "")"])
    }
    let present = try PresentConfiguration(self)
    try present.model.requireClosedProbes()
    let symbols = try names.numbers(in: present.model, of: architecture)
    return (ValueList(of: symbols, in: present.values, from: present.path), present)
  }

  /// Answers `--why`.
  /// - Throws: `KconfigRejection` where `conf` would stop, `Diagnostic` where there is no answer.
  package func explanation(of names: SymbolQuery) throws -> WhyAnswer {
    let present = try PresentConfiguration(self)
    let goals = try names.goals(in: present.model, of: architecture)
    guard goals.count == 1 else {
      throw Diagnostic(id: "KCONFIG241", "--why explains one symbol", at: nil, help: ["ask for one after the other"])
    }
    return WhyAnswer(
      KconfigExplanation(of: goals[0].symbol, in: present.values), try GoalOutcome(goals, from: present.values, self),
      architecture: architecture, origin: present.origin, path: present.path)
  }

  /// Answers `--reachable` about values.
  /// - Parameter folder: where a configuration with the values is written, if there is one; nil for nowhere.
  /// - Throws: names that no file defines, values of another type, and questions without an answer.
  package func reachability(of names: SymbolQuery, witnesses folder: String?) throws -> ReachabilityAnswer {
    let model = try model()
    let goals = try names.goals(in: model, of: architecture)
    var nothingSaid = KconfigEvaluation(model)
    nothingSaid.recompute()
    let outcome = try GoalOutcome(goals, from: nothingSaid, self)
    let answer = ReachabilityAnswer(outcome, architecture: architecture)
    if let folder, let witness = outcome.witness {
      try WitnessFolder(folder, files).write([witness], index: answer.json, of: model)
    }
    return answer
  }
}
