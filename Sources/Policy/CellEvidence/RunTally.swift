import KernelC
import Vmemmap

/// What became of all runs of one routine from one start state: so many struct pages each.
public struct RunTally: Sendable, Hashable {
  /// A set of struct pages, as people are told of it.
  public struct Struck: Sendable, Hashable {
    /// How many.
    public var count: Int
    /// Their indices, shortened: `64, 128, ..., 448`; empty where there are none.
    public var indices: String
  }

  /// The function.
  public var function: String
  /// How the HugeTLB page came to be, in the kernel's words.
  public var scenario: String
  /// The page flags before the run.
  public var startState: String
  /// Were the vmemmap pages remapped?
  public var isOptimized: Bool
  /// Struct pages on which it was run, each from the same start state.
  public var all: Struck
  /// Those on which some path returns.
  public var returned: Struck
  /// Those on which some path faults.
  public var faulted: Struck
  /// Those through which a flush is lost.
  public var lost: Struck
  /// Those through which others change without a fault.
  public var aliased: Struck
  /// Those on which something was not understood.
  public var undecided: Struck

  /// A tally for each scenario and start state, in the order in which they were run.
  static func tallies(of function: String, _ outcomes: [RunOutcome]) -> [RunTally] {
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
    func struck(_ belongs: (RunOutcome) -> Bool) -> Struck {
      let sets = outcomes.filter(belongs).map(\.structPages)
      guard var union = sets.first else { return Struck(count: 0, indices: "") }
      for set in sets.dropFirst() { union.formUnion(set) }
      return Struck(count: union.count, indices: union.summary)
    }
    self.function = function
    scenario = first.scenario.description
    startState = first.startState.description
    isOptimized = first.isOptimized
    all = struck { _ in true }
    returned = struck { if case .returned = $0.path.ending { true } else { false } }
    faulted = struck { if case .fault = $0.path.ending { true } else { false } }
    undecided = struck { if case .notUnderstood = $0.path.ending { true } else { false } }
    lost = struck(\.losesFlush)
    aliased = struck { $0.alias != nil }
  }
}
