/// The scalar engine: a machine with real page tables, frames and struct pages, on which HVO runs step by step.
///
/// A machine is a value; a copy is a snapshot. Everything is deterministic. Hugepages are allocated and freed with
/// `allocateHugepage(size:at:)` and `freeHugepage(at:)`, page-flag code runs against it as `KernelC.PageMemory`.
/// Memory: about 16 bytes for each struct page that was written, 8 for each last-level entry, 1 bit for each frame.
package struct Machine: Sendable {
  /// What the machine was built from.
  package let setup: MachineSetup
  /// Where struct pages lie.
  package let layout: VmemmapLayout
  /// Counts of what happened.
  package internal(set) var counters = Counters()
  /// Is HVO switched on for pages allocated from now on?
  package internal(set) var isSwitchedOn: Bool
  /// The steps taken, recorded only while this is not nil.
  package var log: [Event]?

  var allocator: FrameAllocator
  var contents: FrameContents
  var tables: PageTables
  var hugepages = HugepageTable()
  /// The frames that all tails of one hugepage size are mapped to, by number of struct pages.
  var sharedTails: [UInt64: Frame] = [:]
  /// The count of the static key.
  var keyCount: UInt64
  var journal = StoreJournal()
  /// First page frame numbers of the sections that have struct pages, ascending.
  private(set) var sections: [UInt64]

  /// Boots a machine: maps the struct pages of all sections that contain RAM.
  ///
  /// Throws what in the setup does not fit together. Time and memory grow with the number of sections.
  package init(_ setup: MachineSetup) throws(SetupError) {
    let geometry = setup.geometry
    let memory = try PhysicalMemory(setup.memory, pageShift: geometry.pageShift)
    try Self.validate(setup, lastAddress: memory.lastAddress)
    self.setup = setup
    layout = VmemmapLayout(geometry: geometry, memoryStart: memory.banks[0].firstPFN << UInt64(geometry.pageShift))
    sections = try Self.sections(of: memory, layout: layout)
    allocator = FrameAllocator(memory: memory)
    contents = FrameContents(geometry: geometry, frameCount: memory.frameCount)
    tables = PageTables(geometry: geometry, format: setup.pteFormat)
    isSwitchedOn = setup.compiledIn && setup.bootParameter
    switch setup.generation.keyRule {
    case .bootParameter, .modeAndOptimizedPages: keyCount = isSwitchedOn ? 1 : 0
    case .optimizedPages, .none: keyCount = 0
    }
    try populate()
  }

  /// The layout facts.
  package var geometry: Geometry { setup.geometry }

  /// Is the static key behind fake-head fix-ups on?
  package var isStaticKeyEnabled: Bool { keyCount > 0 }

  /// The frames that can still be allocated.
  package var freeFrames: Int { allocator.freeCount }

  /// The HugeTLB pages, by ascending physical address.
  package var allHugepages: [Hugepage] { hugepages.all }

  /// Lets somebody outside the model use memory, so that only `count` frames can still be allocated.
  package mutating func leaveFreeFrames(_ count: Int) { allocator.leaveFree(count) }

  /// Sets `vm.hugetlb_optimize_vmemmap`: decides about hugepages allocated from now on, changes no existing one.
  package mutating func setOptimizeVmemmap(_ on: Bool) throws(HugepageError) {
    guard setup.compiledIn, setup.generation.hasSysctl else { throw .noSysctl }
    guard on != isSwitchedOn else { return }
    record(Event(.setSwitch, 0, isSwitchedOn ? 1 : 0, on ? 1 : 0))
    isSwitchedOn = on
    guard setup.generation.keyRule == .modeAndOptimizedPages else { return }
    if on { incrementKey() } else { decrementKey() }
  }

  /// The translation of an address; nil outside the vmemmap and where nothing is mapped.
  package func translation(of address: UInt64) -> Translation? {
    layout.offset(of: address) == nil ? nil : tables.translate(address)
  }

  /// How many vmemmap pages of a hugepage show the struct page at this physical address.
  ///
  /// 1 for a struct page of its own, V for the head's when optimized (v5.18), 0 if it belongs to something else.
  package func aliases(ofStructPageAt physicalAddress: UInt64, inHugepageAt hugepageAddress: UInt64) -> UInt64 {
    guard let hugepage = hugepages[hugepageAddress >> UInt64(geometry.pageShift)],
      let bytes = geometry.vmemmapBytes(ofHugepage: hugepage.size)
    else { return 0 }
    let pageMask = geometry.pageSize - 1
    let firstPage = hugepage.head & ~pageMask
    var count: UInt64 = 0
    for index in 0..<(hugepage.head - firstPage + bytes + pageMask) / geometry.pageSize {
      let page = firstPage + index * geometry.pageSize
      let address = page | physicalAddress & pageMask
      guard address >= hugepage.head, address - hugepage.head < bytes else { continue }
      if tables.translate(address)?.physicalAddress == physicalAddress { count += 1 }
    }
    return count
  }

  mutating func record(_ event: Event) {
    if log != nil { log?.append(event) }
  }

  private static func validate(_ setup: MachineSetup, lastAddress: UInt64) throws(SetupError) {
    let format = setup.pteFormat
    if let contradiction = format.contradiction() { throw .pteFormat(contradiction) }
    guard !setup.pageKernelRO || !format.isWritable(format.readOnly) else { throw .pteFormat(.readOnlyIsWritable) }
    let lastPage = lastAddress & ~(setup.geometry.pageSize - 1)
    guard format.physicalAddress(of: format.encode(lastPage)) == lastPage else {
      throw .pteFormat(.addressNotEncodable(lastPage))
    }
    guard (0..<64).contains(setup.headFlagBit) else { throw .headFlagOutOfRange(setup.headFlagBit) }
    guard setup.generation.reservedPages > 0 else { throw .reservedPagesZero }
  }

  /// More sections than this need the symbolic engine.
  private static let largestSectionCount: UInt64 = 1 << 20
  /// More vmemmap pages than this need the symbolic engine.
  private static let largestVmemmap: UInt64 = 1 << 25

  private static func sections(
    of memory: PhysicalMemory, layout: VmemmapLayout
  ) throws(SetupError) -> [UInt64] {
    let perSection = layout.geometry.framesPerSection
    guard UInt64(memory.frameCount) / perSection <= largestSectionCount,
      UInt64(memory.frameCount) / layout.geometry.structPagesPerVmemmapPage <= largestVmemmap
    else { throw .memoryTooLarge }
    var sections: [UInt64] = []
    for bank in memory.banks {
      let shift = UInt64(layout.geometry.pageShift)
      let range = PhysicalRange(start: bank.firstPFN << shift, size: UInt64(bank.count) << shift)
      var section = bank.firstPFN - bank.firstPFN % perSection
      guard section >= layout.baseFrame else { throw .memoryBelowBase(range) }
      let lastPFN = bank.firstPFN + UInt64(bank.count) - 1
      guard layout.structPage(ofFrame: lastPFN - lastPFN % perSection + perSection - 1) != nil else {
        throw .vmemmapTooSmall(range)
      }
      while section <= lastPFN {
        if sections.last != section { sections.append(section) }
        section += perSection
      }
    }
    return sections
  }
}

/// Why an operation on a hugepage was refused.
package enum HugepageError: Error, Hashable, Sendable {
  /// The size is not a power of two of at least two base pages.
  case invalidSize(UInt64)
  /// The address is not a multiple of the size.
  case misaligned(UInt64)
  /// Not all of the hugepage is RAM of one range.
  case notInMemory(UInt64)
  /// Something else lies in the way, at this physical address.
  case busy(UInt64)
  /// There are not that many frames left.
  case outOfMemory
  /// Tails hold a mask here, and the head's struct page is not aligned to the size of all struct pages of the hugepage.
  case headNotAligned(UInt64)
  /// There is no HugeTLB page at this physical address.
  case noHugepage(UInt64)
  /// This kernel has no sysctl `vm.hugetlb_optimize_vmemmap`.
  case noSysctl
}
