package import KernelC
package import Vmemmap

/// One HugeTLB page size in one configuration: the whole remap, and the architecture's code on every struct page.
package struct FlushExperiment: Sendable {
  /// Why an experiment could not be made.
  package enum Failure: Error, Hashable, Sendable {
    /// The machine cannot be built.
    case setup(SetupError)
    /// The HugeTLB page cannot be allocated.
    case hugepage(HugepageError)
  }

  /// More start states than this are not followed: the path that sets the flag has too many unknown conditions.
  private static let mostStartStates = 16

  /// A routine of the architecture.
  package enum Code: Sendable {
    /// The architecture has none.
    case none
    /// It can be run.
    case program(Program)
    /// It cannot: every run of it ends here.
    case notUnderstood(NotUnderstood)
  }

  private let setup: MachineSetup
  private let hugepageSize: UInt64
  private let flush: Code
  private let icacheSync: Code

  /// An experiment on a machine.
  /// - Parameters:
  ///   - setup: the machine; its memory, boot parameter and sysctl are chosen here.
  ///   - memoryStart: where memory starts on a usual machine, a physical address.
  ///   - hugepageSize: bytes.
  ///   - flush: `flush_dcache_page()`.
  ///   - icacheSync: the path that sets `PG_dcache_clean`.
  package init(
    setup: MachineSetup, memoryStart: UInt64, hugepageSize: UInt64, flush: Code, icacheSync: Code
  ) {
    self.setup = setup.withMemory(for: hugepageSize, from: memoryStart)
    self.hugepageSize = hugepageSize
    self.flush = flush
    self.icacheSync = icacheSync
  }

  /// Runs it.
  package func observe() throws(Failure) -> Observation {
    let on = try booted(with: true)
    var observation = self.observation(of: on)
    if case (.none, .none) = (flush, icacheSync) { return observation }
    let off = try booted(with: false)
    for scenario in Scenario.allCases where scenario.sysctlAfterwards == nil || setup.generation.hasSysctl {
      var (machine, hugepage) = scenario.bootParameter ? on : off
      try machine.set(scenario.sysctlAfterwards)
      run(scenario, machine, hugepage, into: &observation)
    }
    return observation
  }

  private func run(
    _ scenario: Scenario, _ machine: Machine, _ hugepage: Hugepage, into observation: inout Observation
  ) {
    var states: [(StartState, Machine)] = [(.untouched, machine)]
    switch icacheSync {
    case .none: break
    case .program(let program):
      var sweep = sweep(scenario, hugepage, program)
      // The flags that the path asks for may be set by something else, such as the flush of a dirty flag; the states
      // that the architecture's own path leads to are those that start from the untouched page.
      var all = StartStates([(.untouched, machine)], of: hugepage)
      while let (startState, state) = all.next() {
        let synchronised = synchronised(state, from: startState, by: &sweep)
        if startState == .untouched { states += synchronised.map { (.synchronised, $0) } }
        all.learn(sweep.asked)
      }
      observation.icacheSync += sweep.outcomes
    case .notUnderstood(let construct):
      observation.icacheSync.append(.notUnderstood(construct, scenario, hugepage))
    }
    switch flush {
    case .none: break
    case .program(let program):
      var sweep = sweep(scenario, hugepage, program)
      var all = StartStates(states, of: hugepage)
      while let (startState, state) = all.next() {
        var state = state
        sweep.run(from: startState, on: &state)
        all.learn(sweep.asked)
      }
      observation.flush += sweep.outcomes
    case .notUnderstood(let construct):
      observation.flush.append(.notUnderstood(construct, scenario, hugepage))
    }
  }

  private func sweep(_ scenario: Scenario, _ hugepage: Hugepage, _ program: Program) -> Sweep {
    Sweep(scenario: scenario, hugepage: hugepage, structPageSize: setup.geometry.structPageSize, program: program)
  }

  private func observation(of on: (machine: Machine, hugepage: Hugepage)) -> Observation {
    let geometry = setup.geometry
    let reserved = setup.generation.reservedPages
    var obstacle = geometry.obstacle(toOptimizingHugepage: hugepageSize, keeping: reserved)
    if obstacle == nil, !on.hugepage.isOptimized { obstacle = .headNotPageAligned }
    // Booting changes no live entry, so the counters are those of the one remap.
    return Observation(
      structPages: Int(on.hugepage.structPages),
      vmemmapBytes: geometry.vmemmapBytes(ofHugepage: hugepageSize) ?? 0,
      freedPages: geometry.freedPages(perHugepage: hugepageSize, keeping: reserved), obstacle: obstacle,
      replacedLivePTEs: on.machine.counters.livePTEsRedirected, splitLiveBlocks: on.machine.counters.liveBlocksSplit,
      flush: [], icacheSync: [])
  }

  /// A machine with one HugeTLB page at the start of its memory.
  private func booted(with bootParameter: Bool) throws(Failure) -> (machine: Machine, hugepage: Hugepage) {
    var setup = setup
    setup.bootParameter = bootParameter
    var machine: Machine
    do throws(SetupError) {
      machine = try Machine(setup)
    } catch {
      throw .setup(error)
    }
    let hugepage = try machine.allocated(hugepageSize, at: setup.memory.first?.start ?? 0)
    return (machine, hugepage)
  }

  /// The struct pages that the entries which map the HugeTLB page name: more than the head where they are contiguous.
  private var mappedStructPages: [Int] {
    guard let mapping = setup.geometry.mapping(ofHugepage: hugepageSize) else { return [] }
    let step = mapping.level.size >> UInt64(setup.geometry.pageShift)
    return (0..<mapping.entries).map { Int($0 * step) }
  }

  /// The states after the flag was set as `set_huge_pte_at()` does it: once for each entry that maps the HugeTLB page.
  private func synchronised(
    _ machine: Machine, from startState: StartState, by sweep: inout Sweep
  ) -> [Machine] {
    var states = [machine]
    for index in mappedStructPages {
      var next: [Machine] = []
      for state in states {
        for ended in sweep.runOnce(on: index, from: startState, state: state)
        where !next.contains(where: { $0.holdsSameWords(as: ended, of: sweep.hugepage) }) {
          next.append(ended)
        }
      }
      states = next
      if states.count > Self.mostStartStates {
        sweep.giveUp(after: Self.mostStartStates)
        return []
      }
    }
    return states
  }
}

extension Machine {
  fileprivate mutating func set(_ sysctl: Bool?) throws(FlushExperiment.Failure) {
    guard let sysctl else { return }
    do throws(HugepageError) {
      try setOptimizeVmemmap(sysctl)
    } catch {
      throw .hugepage(error)
    }
  }

  /// Allocates a HugeTLB page, and gives it back as it is then.
  mutating func allocated(
    _ size: UInt64, at address: UInt64
  ) throws(FlushExperiment.Failure) -> Hugepage {
    do throws(HugepageError) {
      // A page that stayed as it was for lack of a frame would look like one with nothing to optimize.
      if try allocateHugepage(size: size, at: address) == .outOfMemory { throw .outOfMemory }
    } catch {
      throw .hugepage(error)
    }
    guard let hugepage = allHugepages.first(where: { $0.physicalAddress == address }) else {
      throw .hugepage(.noHugepage(address))
    }
    return hugepage
  }

  /// Do the struct pages of a HugeTLB page have the same flags in both machines?
  fileprivate func holdsSameWords(as other: Machine, of hugepage: Hugepage) -> Bool {
    var (left, right) = (self, other)
    return (0..<hugepage.structPages).allSatisfy { index in
      let address = hugepage.head &+ index &* geometry.structPageSize &+ StructPage.flagsOffset
      return left.word(at: address) == right.word(at: address)
    }
  }
}

extension MachineSetup {
  /// The setup with the memory of experiments: one HugeTLB page at its start, and as much behind it as its vmemmap takes.
  package func withMemory(for hugepageSize: UInt64, from memoryStart: UInt64) -> MachineSetup {
    var setup = self
    let section = UInt64(1) << UInt64(geometry.sectionSizeBits)
    let vmemmapBytes = geometry.vmemmapBytes(ofHugepage: hugepageSize) ?? 0
    // Where the vmemmap is mapped by blocks, the boot takes whole blocks, however few struct pages are needed.
    let blocks = geometry.populateLeaf == .blocks ? geometry.levels[geometry.blockLevel].size &* 2 : 0
    let behind = max(section, roundedUp(vmemmapBytes &* 4 &+ blocks, to: section))
    let start = roundedUp(memoryStart, to: max(hugepageSize, section))
    setup.memory = [PhysicalRange(start: start, size: roundedUp(hugepageSize, to: section) &+ behind)]
    return setup
  }

  private func roundedUp(_ value: UInt64, to multiple: UInt64) -> UInt64 {
    (value &+ multiple &- 1) / multiple &* multiple
  }
}
