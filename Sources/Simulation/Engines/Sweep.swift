import Diagnostics
import KernelC
import Vmemmap

/// Runs one program on the struct pages of a HugeTLB page, each from the same start state: a linear pass would hide
/// the bug, because the head's turn clears the only copy of the flag.
///
/// Runs that differ only in the struct page they are about are one outcome, which shows the first of them.
struct Sweep {
  /// Steps on struct pages that cannot be grouped, over all start states, up to the first fault of each path: about a
  /// second.
  private static let mostSteps = 50_000_000
  /// Steps behind first faults, in search of further ones; paths end at their first fault once they are taken.
  private static let mostStepsBehindFaults = 10_000_000

  let scenario: Scenario
  let hugepage: Hugepage
  private(set) var outcomes: [RunOutcome] = []
  /// The flags that the runs read.
  private(set) var asked = AskedFlags.none
  private var known: [Signature: Int] = [:]
  /// Made at the first store that needs it; runs do not change translations.
  private var frames: SharedFrames?
  private var steps = 0
  private var stepsBehindFaults = 0
  private let program: Program
  private let structPageSize: UInt64

  init(scenario: Scenario, hugepage: Hugepage, structPageSize: UInt64, program: Program) {
    self.scenario = scenario
    self.hugepage = hugepage
    self.structPageSize = structPageSize
    self.program = program
  }

  /// Runs the program for every struct page. Where it only follows struct page pointers, one run stands for all struct
  /// pages that it cannot tell apart.
  mutating func run(from startState: StartState, on machine: inout Machine) {
    guard !program.dependsOnPageNumber else {
      runOnEach(from: startState, on: &machine)
      return
    }
    machine.checkpoint()
    let clearedByHead = flagsClearedByHead(on: &machine)
    for group in StructPageClasses(of: hugepage, in: &machine).groups {
      _ = run(on: group.first, standingFor: group.members, from: startState, clearedByHead, &machine)
    }
  }

  /// Runs the program for every struct page by itself: the reference for `run(from:on:)`.
  ///
  /// A loop over the struct pages of a gigantic page, run for each of them, would take days: what the budget does not
  /// reach is reported as not understood, never as passed.
  mutating func runOnEach(from startState: StartState, on machine: inout Machine) {
    machine.checkpoint()
    let clearedByHead = flagsClearedByHead(on: &machine)
    let count = Int(hugepage.structPages)
    for index in 0..<count {
      guard steps < Self.mostSteps else {
        var rest = StructPageSet(of: count)
        for index in index..<count { rest.insert(index) }
        outcomes.append(outOfSteps(rest, startState, steps))
        return
      }
      steps &+= 1 + run(on: index, standingFor: nil, from: startState, clearedByHead, &machine)
    }
  }

  /// Runs the program once and gives back the machines as the paths that returned left them.
  mutating func runOnce(on index: Int, from startState: StartState, state: Machine) -> [Machine] {
    var machine = state
    machine.checkpoint()
    var ended: [Machine] = []
    program.run(page: address(of: index), on: &machine) { path, machine in
      if path.faults.isEmpty, case .returned = path.ending {
        var left = machine
        left.checkpoint()
        ended.append(left)
      }
      let aliases = aliases(in: path, machine)
      record(path, on: index, standingFor: nil, startState, losesFlush: false, aliases)
    }
    return ended
  }

  /// Says that the start states are not known.
  mutating func giveUp(after states: Int) {
    let construct = NotUnderstood(
      "more than \(states) start states: too many conditions are unknown on the path that sets the flag",
      at: program.place)
    outcomes.append(.notUnderstood(construct, scenario, hugepage))
  }

  // MARK: one run

  /// The number of steps of all paths.
  private mutating func run(
    on index: Int, standingFor members: StructPageSet?, from startState: StartState, _ clearedByHead: [HeadRun],
    _ machine: inout Machine
  ) -> Int {
    var steps = 0
    var limits = Limits()
    if stepsBehindFaults >= Self.mostStepsBehindFaults { limits.pathsBehindFault = 0 }
    program.run(page: address(of: index), on: &machine, limits: limits) { path, machine in
      var isLost = false
      // What a mended store leaves on the head is not known.
      if path.faults.isEmpty, case .returned = path.ending {
        let left = machine.word(at: hugepage.head &+ StructPage.flagsOffset)
        isLost = left & flagsThatHeadClears(on: path, clearedByHead) != 0
      }
      let stepsToFirstFault = path.stepsToFirstFault ?? path.steps
      steps += stepsToFirstFault
      stepsBehindFaults += path.steps - stepsToFirstFault
      let aliases = aliases(in: path, machine)
      record(path, on: index, standingFor: members, startState, losesFlush: isLost, aliases)
    }
    return steps
  }

  /// What runs have in common that are one outcome: everything but addresses and words.
  private struct Signature: Hashable {
    var startState: StartState
    var ending: ExecutionPath.Ending
    var faults: [ExecutionPath.Fault]
    var conditions: [ExecutionPath.Condition]
    var stores: [SourceRange]
    var exit: SourceRange?
    var losesFlush: Bool
    /// Which of the stores write an alias, by their place and the calls that lead to it.
    var aliases: [[SourceRange]]
  }

  private mutating func record(
    _ path: ExecutionPath, on index: Int, standingFor members: StructPageSet?, _ startState: StartState,
    losesFlush: Bool,
    _ aliases: [AliasWrite]
  ) {
    asked.formUnion(path.asked)
    var faults = path.faults
    for index in faults.indices { faults[index].access.address = 0 }
    let signature = Signature(
      startState: startState, ending: path.ending, faults: faults, conditions: path.conditions,
      stores: path.stores.map(\.place), exit: path.exit, losesFlush: losesFlush,
      aliases: aliases.map { $0.calls + [$0.place] })
    if let position = known[signature] {
      if let members {
        outcomes[position].structPages.formUnion(members)
      } else {
        outcomes[position].structPages.insert(index)
      }
      return
    }
    var structPages = members ?? StructPageSet(of: Int(hugepage.structPages))
    structPages.insert(index)
    known[signature] = outcomes.count
    outcomes.append(
      RunOutcome(
        scenario: scenario, startState: startState, isOptimized: hugepage.isOptimized, structPages: structPages,
        path: path, address: address(of: index), losesFlush: losesFlush, aliases: aliases))
  }

  private func outOfSteps(_ rest: StructPageSet, _ startState: StartState, _ steps: Int) -> RunOutcome {
    let first = rest.first ?? 0
    let construct = NotUnderstood(
      "the runs on struct pages 0..\(first - 1) took \(steps) steps; those on the rest are not made", at: program.place,
      help: ["declare the effect of what loops over struct pages: calls: {name: no-store}"])
    var outcome = RunOutcome.notUnderstood(construct, scenario, hugepage)
    outcome.startState = startState
    outcome.structPages = rest
    outcome.address = address(of: first)
    return outcome
  }

  private func address(of index: Int) -> UInt64 {
    hugepage.head &+ UInt64(index) &* structPageSize
  }

  // MARK: lost flushes

  /// What a flush of the head clears on one path.
  private struct HeadRun {
    var conditions: [ExecutionPath.Condition]
    var cleared: UInt64
  }

  private func flagsClearedByHead(on machine: inout Machine) -> [HeadRun] {
    let address = hugepage.head &+ StructPage.flagsOffset
    let before = machine.word(at: address)
    var runs: [HeadRun] = []
    program.run(page: hugepage.head, on: &machine) { path, machine in
      guard path.faults.isEmpty, case .returned = path.ending else { return }
      runs.append(HeadRun(conditions: path.conditions, cleared: before & ~machine.word(at: address)))
    }
    return runs
  }

  /// The flags that every run of the head clears whose conditions do not contradict the path's. A CPU that needs no
  /// flush clears nothing on the head either, so that nothing is lost there.
  private func flagsThatHeadClears(on path: ExecutionPath, _ runs: [HeadRun]) -> UInt64 {
    let compatible = runs.filter { run in
      !run.conditions.contains { own in
        path.conditions.contains { $0.text == own.text && $0.isTrue != own.isTrue }
      }
    }
    guard let first = compatible.first else { return 0 }
    return compatible.dropFirst().reduce(first.cleared) { $0 & $1.cleared }
  }

  // MARK: alias writes

  private mutating func aliases(in path: ExecutionPath, _ machine: Machine) -> [AliasWrite] {
    var aliases: [AliasWrite] = []
    for store in path.stores {
      guard let index = index(of: store.address), index != 0 else { continue }
      let frames = frames ?? SharedFrames(of: hugepage, structPageSize: structPageSize, in: machine)
      self.frames = frames
      guard let other = frames.lowestAlias(of: store.address, in: machine),
        !aliases.contains(where: { $0.place == store.place && $0.calls == store.calls })
      else { continue }
      aliases.append(
        AliasWrite(
          address: store.address, changedIndex: other, operation: store.operation, place: store.place,
          calls: store.calls))
    }
    return aliases
  }

  private func index(of address: UInt64) -> Int? {
    guard address >= hugepage.head else { return nil }
    let index = (address - hugepage.head) / structPageSize
    return index < hugepage.structPages ? Int(index) : nil
  }
}
