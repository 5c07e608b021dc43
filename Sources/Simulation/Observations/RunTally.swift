import KernelC
import Vmemmap

/// What became of all runs of one routine from one start state: so many struct pages each.
package struct RunTally: Sendable, Hashable {
  /// A set of struct pages, as people are told of it.
  package struct Part: Sendable, Hashable {
    /// How many.
    package var count: Int
    /// Their indices, shortened: `64, 128, ..., 448`; empty where there are none.
    package var indices: String
  }

  /// The function.
  package var function: String
  /// How the HugeTLB page came to be, in the kernel's words.
  package var scenario: String
  /// The page flags before the run.
  package var startState: String
  /// Were the vmemmap pages remapped?
  package var isOptimized: Bool
  /// Struct pages on which it was run, each from the same start state.
  package var all: Part
  /// Those on which some path returns.
  package var returned: Part
  /// Those on which some path faults.
  package var faulted: Part
  /// Those through which a flush is lost.
  package var lost: Part
  /// Those through which others change without a fault.
  package var aliased: Part
  /// Those on which something was not understood.
  package var undecided: Part

  /// A tally for each scenario and start state, in the order in which they were run.
  package static func tallies(of function: String, _ outcomes: [RunOutcome]) -> [RunTally] {
    var groups: [[RunOutcome]] = []
    for outcome in outcomes {
      let known = groups.firstIndex {
        $0.first.map { $0.scenario == outcome.scenario && $0.startState == outcome.startState } ?? false
      }
      if let known { groups[known].append(outcome) } else { groups.append([outcome]) }
    }
    return groups.compactMap { RunTally(of: function, $0) }
  }

  private init?(of function: String, _ outcomes: [RunOutcome]) {
    guard let first = outcomes.first else { return nil }
    func part(_ belongs: (RunOutcome) -> Bool) -> Part {
      let sets = outcomes.filter(belongs).map(\.structPages)
      guard var union = sets.first else { return Part(count: 0, indices: "") }
      for set in sets.dropFirst() { union.formUnion(set) }
      return Part(count: union.count, indices: union.summary)
    }
    self.function = function
    scenario = first.scenario.description
    startState = first.startState.description
    isOptimized = first.isOptimized
    all = part { _ in true }
    returned = part(\.returns)
    faulted = part { !$0.path.faults.isEmpty }
    undecided = part { if case .notUnderstood = $0.path.ending { true } else { false } }
    lost = part(\.losesFlush)
    aliased = part { !$0.aliases.isEmpty }
  }
}
