package import Diagnostics
package import Kconfig
package import Reports

extension GoalOutcome {
  /// Looks for the fewest changes that give the values, or for what keeps them from it.
  /// - Throws: `Diagnostic` where there is no answer.
  package init(_ goals: [KconfigEdits.Goal], from values: KconfigEvaluation, _ input: KernelTreeInput)
    throws(Diagnostic)
  {
    do throws(KconfigEdits.Failure) {
      if let changes = try KconfigEdits(for: goals, from: values) {
        self.init(goals, in: values.model, .changes(changes))
        return
      }
    } catch {
      throw error.diagnostic
    }
    do throws(KconfigBlockade.TooHard) {
      guard let blockade = try KconfigBlockade(of: goals, in: values.model) else {
        throw KconfigBlockade.TooHard()
      }
      let scan = SelectionScan(input.sources)
      var elsewhere: [String: [KconfigPlace]] = [:]
      for step in blockade.steps where step.values == ["n"] {
        elsewhere[step.name] = scan.places(selecting: step.name, except: input.architectureFolder)
      }
      self.init(goals, in: values.model, .blocked(blockade, elsewhere: elsewhere))
    } catch {
      throw KconfigEdits.Failure.tooHard.diagnostic
    }
  }

  /// What gives the values, in place of all that is said now.
  var witness: WitnessFolder.Witness? {
    if case .changes(let changes) = answer { (changes.lines, changes.answers) } else { nil }
  }
}

extension KconfigEdits.Failure {
  fileprivate var diagnostic: Diagnostic {
    switch self {
    case .tooHard: Diagnostic(id: "KCONFIG198", "the question is too hard", at: nil, help: ["ask for fewer symbols"])
    case .unconfirmed(let changes):
      Diagnostic(
        id: "KCONFIG199", "changes were not confirmed by evaluating them; nothing is claimed", at: nil,
        reasons: changes.compactMap(\.after?.line))
    }
  }
}
