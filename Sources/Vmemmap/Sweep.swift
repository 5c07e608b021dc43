import Diagnostics
import KernelC

/// Runs one program on the struct pages of a HugeTLB page, each from the same start state: a linear pass would hide
/// the bug, because the head's turn clears the only copy of the flag.
struct Sweep {
  let scenario: Scenario
  let hugepage: Hugepage
  private(set) var outcomes: [RunOutcome] = []
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
    machine.checkpoint()
    let clearedByHead = flagsClearedByHead(on: &machine)
    if program.dependsOnPageNumber {
      for index in 0..<Int(hugepage.structPages) {
        var single = StructPageSet(of: Int(hugepage.structPages))
        single.insert(index)
        run(on: index, standingFor: single, from: startState, clearedByHead, &machine)
      }
    } else {
      for group in StructPageClasses(of: hugepage, in: &machine).groups {
        run(on: group.first, standingFor: group.members, from: startState, clearedByHead, &machine)
      }
    }
  }

  /// Runs the program for every struct page by itself: the reference for `run(from:on:)`.
  mutating func runOnEach(from startState: StartState, on machine: inout Machine) {
    machine.checkpoint()
    let clearedByHead = flagsClearedByHead(on: &machine)
    for index in 0..<Int(hugepage.structPages) {
      var single = StructPageSet(of: Int(hugepage.structPages))
      single.insert(index)
      run(on: index, standingFor: single, from: startState, clearedByHead, &machine)
    }
  }

  /// Runs the program once and gives back the machines as the paths that returned left them.
  mutating func runOnce(on index: Int, from startState: StartState, state: Machine) -> [Machine] {
    var machine = state
    machine.checkpoint()
    var ended: [Machine] = []
    var single = StructPageSet(of: Int(hugepage.structPages))
    single.insert(index)
    var found: [RunOutcome] = []
    program.run(page: address(of: index), on: &machine) { path, machine in
      if case .returned = path.ending {
        var left = machine
        left.checkpoint()
        ended.append(left)
      }
      found.append(
        outcome(path, single, first: index, startState, losesFlush: false, alias: alias(in: path, machine)))
    }
    outcomes += found
    return ended
  }

  /// Says that the start states are not known.
  mutating func giveUp(after states: Int) {
    guard var last = outcomes.last else { return }
    last.path.ending = .notUnderstood(
      NotUnderstood(
        "more than \(states) start states: too many conditions are unknown on the path that sets the flag",
        at: last.path.conditions.last?.place ?? SourceRange.startOfFile("")))
    outcomes.append(last)
  }

  // MARK: one run

  private mutating func run(
    on index: Int, standingFor members: StructPageSet, from startState: StartState,
    _ clearedByHead: [HeadRun], _ machine: inout Machine
  ) {
    var found: [RunOutcome] = []
    program.run(page: address(of: index), on: &machine) { path, machine in
      var isLost = false
      if case .returned = path.ending {
        let left = machine.word(at: hugepage.head &+ StructPage.flagsOffset)
        isLost = left & flagsThatHeadClears(on: path, clearedByHead) != 0
      }
      found.append(
        outcome(path, members, first: index, startState, losesFlush: isLost, alias: alias(in: path, machine)))
    }
    outcomes += found
  }

  private func outcome(
    _ path: Path, _ members: StructPageSet, first: Int, _ startState: StartState, losesFlush: Bool, alias: AliasWrite?
  ) -> RunOutcome {
    RunOutcome(
      scenario: scenario, startState: startState, isOptimized: hugepage.isOptimized, structPages: members, path: path,
      address: address(of: first), losesFlush: losesFlush, alias: alias)
  }

  private func address(of index: Int) -> UInt64 {
    hugepage.head &+ UInt64(index) &* structPageSize
  }

  // MARK: lost flushes

  /// What a flush of the head clears on one path.
  private struct HeadRun {
    var conditions: [Path.Condition]
    var cleared: UInt64
  }

  private func flagsClearedByHead(on machine: inout Machine) -> [HeadRun] {
    let address = hugepage.head &+ StructPage.flagsOffset
    let before = machine.word(at: address)
    var runs: [HeadRun] = []
    program.run(page: hugepage.head, on: &machine) { path, machine in
      guard case .returned = path.ending else { return }
      runs.append(HeadRun(conditions: path.conditions, cleared: before & ~machine.word(at: address)))
    }
    return runs
  }

  /// The flags that every run of the head clears whose conditions do not contradict the path's. A CPU that needs no
  /// flush clears nothing on the head either, so that nothing is lost there.
  private func flagsThatHeadClears(on path: Path, _ runs: [HeadRun]) -> UInt64 {
    let compatible = runs.filter { run in
      !run.conditions.contains { own in
        path.conditions.contains { $0.text == own.text && $0.isTrue != own.isTrue }
      }
    }
    guard let first = compatible.first else { return 0 }
    return compatible.dropFirst().reduce(first.cleared) { $0 & $1.cleared }
  }

  // MARK: alias writes

  private func alias(in path: Path, _ machine: Machine) -> AliasWrite? {
    for store in path.stores {
      guard let index = index(of: store.address), index != 0,
        let other = machine.lowestAlias(of: store.address, in: hugepage, structPageSize: structPageSize)
      else { continue }
      return AliasWrite(address: store.address, changedIndex: other, operation: store.operation)
    }
    return nil
  }

  private func index(of address: UInt64) -> Int? {
    guard address >= hugepage.head else { return nil }
    let index = (address - hugepage.head) / structPageSize
    return index < hugepage.structPages ? Int(index) : nil
  }
}

extension Machine {
  /// The lowest index of another struct page, of this HugeTLB page or another of its size, that shows the word at an
  /// address; nil if none does.
  fileprivate func lowestAlias(of address: UInt64, in hugepage: Hugepage, structPageSize: UInt64) -> Int? {
    guard let own = translation(of: address) else { return nil }
    let pageMask = geometry.pageSize - 1
    let offset = address & pageMask
    let end = hugepage.head &+ hugepage.structPages &* structPageSize
    var page = hugepage.head & ~pageMask
    while page < end {
      let other = page | offset
      if other != address, other >= hugepage.head, other < end,
        translation(of: other)?.physicalAddress == own.physicalAddress
      {
        return Int((other - hugepage.head) / structPageSize)
      }
      page += geometry.pageSize
    }
    // One remapped page shows the shared tail frame once, but so do the same struct pages of other hugepages.
    let frame = own.physicalAddress & ~pageMask
    let isShared = sharedTails.values.contains { allocator.memory.physicalAddress(of: $0) == frame }
    return isShared ? Int((address - hugepage.head) / structPageSize) : nil
  }
}
