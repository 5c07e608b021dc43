/// Something that must never be true of a machine between two operations.
package enum Violation: Hashable, Sendable {
  /// A struct page of a section with RAM has no translation.
  case notMapped(address: UInt64)
  /// A frame is in use, but nothing owns it.
  case leaked(frames: Int)
  /// A frame has an owner, but the allocator would hand it out.
  case ownedButFree(physicalAddress: UInt64)
  /// A frame has two owners.
  case twoOwners(physicalAddress: UInt64)
  /// A vmemmap page is mapped to a frame that its hugepage does not alias.
  case wrongFrame(address: UInt64)
  /// A vmemmap page has the wrong permission.
  case wrongPermission(address: UInt64)
  /// A struct page's own words do not lead to its head.
  case wrongHead(page: UInt64)
  /// A tail that shares no frame with its head carries `PG_head`.
  case headFlagOnTail(page: UInt64)
  /// The static key does not count what it should.
  case wrongKeyCount(UInt64)
  /// The counter of read-only entries differs from the entries.
  case wrongReadOnlyCount(UInt64)
}

extension Machine {
  /// All violations of the machine's invariants: one owner for each frame, translations for all sections with RAM,
  /// aliases only as the generation makes them, heads found from all tails.
  ///
  /// For tests: walks all page tables and all struct pages of hugepages.
  package func violations() -> [Violation] {
    var check = InvariantCheck(machine: self)
    check.run()
    return check.violations
  }

  /// First page frame numbers of all sections, for the check and the dump.
  var populatedSections: [UInt64] { sections }
}

private struct InvariantCheck {
  var machine: Machine
  var violations: [Violation] = []
  private var owned: FrameBitmap
  private var readOnly: UInt64 = 0

  init(machine: Machine) {
    self.machine = machine
    owned = FrameBitmap(count: machine.allocator.memory.frameCount)
  }

  mutating func run() {
    for address in machine.tables.tables.keys.sorted() { own(physicalAddress: address) }
    for key in machine.sharedTails.keys.sorted() {
      if let frame = machine.sharedTails[key] { own(frame) }
    }
    checkMappings()
    for hugepage in machine.allHugepages {
      let frames = machine.allocator.memory.frames(
        atPhysicalAddress: hugepage.physicalAddress, count: hugepage.structPages)
      for index in frames ?? 0..<0 { own(Frame(index: index)) }
      checkWords(of: hugepage)
    }
    let leaked = machine.allocator.usedCount - owned.usedCount
    if leaked != 0 { violations.append(.leaked(frames: leaked)) }
    checkCounts()
  }

  private mutating func own(physicalAddress: UInt64) {
    if let frame = machine.allocator.memory.frame(atPhysicalAddress: physicalAddress) { own(frame) }
  }

  private mutating func own(_ frame: Frame) {
    let address = machine.allocator.memory.physicalAddress(of: frame)
    if owned[frame.index] { violations.append(.twoOwners(physicalAddress: address)) }
    if !machine.allocator.isUsed(frame) { violations.append(.ownedButFree(physicalAddress: address)) }
    owned[frame.index] = true
  }

  /// Every page of the vmemmap of every section: mapped, to a frame of its own or to that of its hugepage's tails.
  private mutating func checkMappings() {
    let geometry = machine.geometry
    var page = geometry.vmemmapStart
    for section in machine.populatedSections {
      guard let first = machine.layout.structPage(ofFrame: section),
        let last = machine.layout.structPage(ofFrame: section + geometry.framesPerSection - 1)
      else { continue }
      page = max(page, first & ~(geometry.pageSize - 1))
      while page <= last + (geometry.structPageSize - 1) {
        checkMapping(of: page)
        page += geometry.pageSize
      }
    }
  }

  private mutating func checkMapping(of page: UInt64) {
    guard let translation = machine.translation(of: page) else {
      violations.append(.notMapped(address: page))
      return
    }
    if !translation.isWritable { readOnly += 1 }
    guard let hugepage = optimizedHugepage(at: page), page != hugepage.head else {
      if !translation.isWritable { violations.append(.wrongPermission(address: page)) }
      own(physicalAddress: translation.physicalAddress)
      return
    }
    let index = (page - hugepage.head) / machine.geometry.pageSize
    guard index >= machine.setup.generation.reservedPages else {
      if !translation.isWritable { violations.append(.wrongPermission(address: page)) }
      own(physicalAddress: translation.physicalAddress)
      return
    }
    if translation.isWritable == machine.setup.pageKernelRO { violations.append(.wrongPermission(address: page)) }
    if translation.physicalAddress != target(of: hugepage) { violations.append(.wrongFrame(address: page)) }
  }

  private func optimizedHugepage(at page: UInt64) -> Hugepage? {
    guard machine.geometry.structPageSizeIsPowerOfTwo, let hugepage = machine.hugepage(containing: page),
      hugepage.isOptimized
    else { return nil }
    return hugepage
  }

  /// The physical address that all tail pages of an optimized hugepage must have.
  private func target(of hugepage: Hugepage) -> UInt64? {
    let generation = machine.setup.generation
    switch generation.tailTarget {
    case .headFrame, .headCopy: return machine.translation(of: hugepage.head)?.physicalAddress
    case .lastReservedFrame:
      let address = hugepage.head + (generation.reservedPages - 1) * machine.geometry.pageSize
      return machine.translation(of: address)?.physicalAddress
    case .sharedTailFrame:
      return machine.sharedTails[hugepage.structPages].map { machine.allocator.memory.physicalAddress(of: $0) }
    }
  }

  private mutating func checkWords(of hugepage: Hugepage) {
    let geometry = machine.geometry
    for index in 0..<hugepage.structPages {
      let page = hugepage.head + index * geometry.structPageSize
      if (try? machine.compoundHead(of: page)) != hugepage.head { violations.append(.wrongHead(page: page)) }
      // Where tails alias the head's frame, the first struct page of each vmemmap page is the head's own, seen again.
      let mayShowHead =
        hugepage.isOptimized && machine.setup.generation.fixesFakeHeads && page & (geometry.pageSize - 1) == 0
      if index != 0, !mayShowHead, let flags = try? machine.load(at: page), flags & machine.headFlag != 0 {
        violations.append(.headFlagOnTail(page: page))
      }
    }
  }

  private mutating func checkCounts() {
    if readOnly != machine.counters.readOnlyPTEs { violations.append(.wrongReadOnlyCount(readOnly)) }
    let optimized = UInt64(machine.allHugepages.count { $0.isOptimized })
    let expected: UInt64
    switch machine.setup.generation.keyRule {
    case .none: expected = 0
    case .bootParameter: expected = machine.setup.compiledIn && machine.setup.bootParameter ? 1 : 0
    case .optimizedPages: expected = optimized
    case .modeAndOptimizedPages: expected = optimized + (machine.isSwitchedOn ? 1 : 0)
    }
    if machine.keyCount != expected { violations.append(.wrongKeyCount(machine.keyCount)) }
  }
}
