extension Machine {
  /// The frames that boot sets aside for all struct pages (`sparse_buffer_init()`), handed out from the bottom.
  private struct BootBuffer {
    var frames: Range<Int>
  }

  /// `vmemmap_populate()` for every section with RAM.
  ///
  /// Upper tables come first, then one run of frames for the struct pages, as far as there is one.
  mutating func populate() throws(SetupError) {
    let blocks = geometry.populateLeaf == .blocks
    for section in sections {
      try forEachEntry(of: section, atLevel: geometry.blockLevel) { machine, address throws(SetupError) in
        let slot = try machine.ensureEntry(for: address, atLevel: machine.geometry.blockLevel)
        if !blocks { _ = try machine.ensureLeafTable(at: slot) }
      }
    }
    var buffer = bootBuffer()
    for section in sections {
      try forEachEntry(of: section, atLevel: geometry.blockLevel) { machine, address throws(SetupError) in
        let slot = try machine.ensureEntry(for: address, atLevel: machine.geometry.blockLevel)
        let entry = machine.tables[slot]
        if machine.setup.pteFormat.isBlock(entry) { return }
        if blocks, entry == 0, let block = machine.allocateBlock(from: &buffer) {
          machine.tables[slot] = machine.setup.pteFormat.block | machine.setup.pteFormat.encode(block)
        } else {
          try machine.populateBasePages(of: section, blockAt: address, slot: slot, from: &buffer)
        }
      }
    }
    if let buffer, !buffer.frames.isEmpty { allocator.free(buffer.frames) }
  }

  /// The vmemmap of a section, page-aligned, without its last byte's successor (which may be the end of addresses).
  private func vmemmap(ofSection section: UInt64) -> ClosedRange<UInt64>? {
    guard let first = layout.structPage(ofFrame: section),
      let last = layout.structPage(ofFrame: section + geometry.framesPerSection - 1)
    else { return nil }
    return first & ~(geometry.pageSize - 1)...last + (geometry.structPageSize - 1) | (geometry.pageSize - 1)
  }

  /// Calls `body` with the first address of each entry of a level that a section's vmemmap touches.
  private mutating func forEachEntry(
    of section: UInt64, atLevel level: Int,
    _ body: (inout Machine, UInt64) throws(SetupError) -> Void
  ) throws(SetupError) {
    guard let vmemmap = vmemmap(ofSection: section) else { return }
    let size = geometry.levels[level].size
    var address = vmemmap.lowerBound & ~(size - 1)
    while true {
      try body(&self, address)
      let (next, overflow) = address.addingReportingOverflow(size)
      guard !overflow, next <= vmemmap.upperBound else { return }
      address = next
    }
  }

  /// The place of an address's entry at a level, after adding the tables that are missing above it.
  private mutating func ensureEntry(for address: UInt64, atLevel level: Int) throws(SetupError) -> PageTables.Slot {
    // The vmemmap may begin inside the first block; its entry is then found by the vmemmap's own first address.
    let address = max(address, geometry.vmemmapStart)
    var slot = tables.slot(of: address, inTable: 0, level: 0)
    for lower in stride(from: 1, through: level, by: 1) {
      let table = try ensureTable(at: slot, level: lower)
      slot = tables.slot(of: address, inTable: table, level: lower)
    }
    return slot
  }

  private mutating func ensureLeafTable(at slot: PageTables.Slot) throws(SetupError) -> PageTables.Slot {
    try ensureTable(at: slot, level: geometry.levels.count - 1)
  }

  private mutating func ensureTable(at slot: PageTables.Slot, level: Int) throws(SetupError) -> PageTables.Slot {
    if let table = tables.table(of: tables[slot]) { return table }
    guard let frame = allocator.allocate() else { throw .outOfMemory }
    let address = allocator.memory.physicalAddress(of: frame)
    let table = tables.addTable(level: level, physicalAddress: address)
    tables[slot] = setup.pteFormat.table | setup.pteFormat.encode(address)
    return table
  }

  private mutating func populateBasePages(
    of section: UInt64, blockAt block: UInt64, slot: PageTables.Slot, from buffer: inout BootBuffer?
  ) throws(SetupError) {
    guard let vmemmap = vmemmap(ofSection: section) else { return }
    let table = try ensureLeafTable(at: slot)
    let last = geometry.levels.count - 1
    var page = max(block, vmemmap.lowerBound)
    let end = min(block | (geometry.levels[geometry.blockLevel].size - 1), vmemmap.upperBound)
    while true {
      let entry = tables.slot(of: page, inTable: table, level: last)
      if tables[entry] == 0 {
        guard let frame = allocateBasePage(from: &buffer) else { throw .outOfMemory }
        let address = allocator.memory.physicalAddress(of: frame)
        tables[entry] = setup.pteFormat.readWrite | setup.pteFormat.encode(address)
      }
      let (next, overflow) = page.addingReportingOverflow(geometry.pageSize)
      guard !overflow, next <= end else { return }
      page = next
    }
  }

  private var framesPerBlock: Int { 1 << geometry.entryBits(ofLevel: geometry.levels.count - 1) }

  /// One run for the struct pages of all sections, each section's share rounded up as the kernel does.
  private mutating func bootBuffer() -> BootBuffer? {
    let bytes = geometry.framesPerSection.multipliedReportingOverflow(by: geometry.structPageSize)
    let unit = geometry.populateLeaf == .blocks ? geometry.levels[geometry.blockLevel].size : geometry.pageSize
    let (rounded, tooLarge) = bytes.partialValue.addingReportingOverflow(unit - 1)
    guard !bytes.overflow, !tooLarge else { return nil }
    let perSection = (rounded & ~(unit - 1)) >> UInt64(geometry.pageShift)
    let (count, overflow) = perSection.multipliedReportingOverflow(by: UInt64(sections.count))
    guard !overflow, count <= UInt64(allocator.memory.frameCount) else { return nil }
    let alignment = perSection.isPowerOfTwo ? perSection : unit >> UInt64(geometry.pageShift)
    return allocator.allocateRun(count: Int(count), alignment: alignment).map { BootBuffer(frames: $0) }
  }

  /// The physical address of a block's frames; nil if there is no aligned run.
  private mutating func allocateBlock(from buffer: inout BootBuffer?) -> UInt64? {
    let count = framesPerBlock
    if let frames = buffer?.frames, frames.count >= count {
      let address = allocator.memory.physicalAddress(of: Frame(index: frames.lowerBound))
      if address & (geometry.levels[geometry.blockLevel].size - 1) == 0 {
        buffer?.frames = frames.lowerBound + count..<frames.upperBound
        return address
      }
    }
    guard let run = allocator.allocateRun(count: count, alignment: UInt64(count)) else { return nil }
    return allocator.memory.physicalAddress(of: Frame(index: run.lowerBound))
  }

  private mutating func allocateBasePage(from buffer: inout BootBuffer?) -> Frame? {
    guard let frames = buffer?.frames, !frames.isEmpty else { return allocator.allocate() }
    buffer?.frames = frames.lowerBound + 1..<frames.upperBound
    return Frame(index: frames.lowerBound)
  }
}
