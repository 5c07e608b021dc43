import KernelC
import Simulation
import Vmemmap

/// The run that shows how a rule is violated at one place, and the struct pages on which runs like it do the same.
struct ViolatingRun {
  /// The run on the lowest struct page.
  let outcome: RunOutcome
  /// What it does there.
  let event: RunEvent
  /// The struct pages that reach the place, in the scenario and start state that is shown. Unions over scenarios would
  /// name struct pages that never fail together.
  let structPages: StructPageSet
  /// All scenarios with their start states in which runs reach the place, each once: `off synchronised`.
  let states: [String]

  /// Chooses among the runs that reach the place, of which there is one at least; nil if there is none.
  init?(_ runs: [(outcome: RunOutcome, event: RunEvent)]) {
    guard let first = runs.first else { return nil }
    var (witness, event) = first
    var structPages = witness.structPages
    for run in runs.dropFirst()
    where run.outcome.scenario == witness.scenario && run.outcome.startState == witness.startState {
      structPages.formUnion(run.outcome.structPages)
      if (run.outcome.structPages.first ?? .max) < (witness.structPages.first ?? .max) { (witness, event) = run }
    }
    (outcome, self.event, self.structPages) = (witness, event, structPages)
    states = Set(runs.map { "\($0.outcome.scenario.rawValue) \($0.outcome.startState.rawValue)" }).sorted()
  }

  /// How many of the path's conditions are met before it.
  var conditionsBefore: Int {
    if case .fault(let fault) = event { fault.conditionsBefore } else { outcome.path.conditions.count }
  }

  /// How many of the path's stores happen before it.
  var storesBefore: Int {
    if case .fault(let fault) = event { fault.storesBefore } else { outcome.path.stores.count }
  }
}

extension RunOutcome {
  /// How the HugeTLB page came to be, and the flags before the run: `hugetlb_free_vmemmap=on, mapped executable`.
  var stateInWords: String { "\(scenario.description), \(startState.description)" }
}
