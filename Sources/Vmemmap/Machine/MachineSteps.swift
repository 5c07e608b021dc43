/// The small steps that optimizing and restoring are made of; each is counted and recorded.
extension Machine {
  mutating func allocateFrame() -> Frame? {
    guard let frame = allocator.allocate() else {
      record(Event(.allocationFailed, 0, 1, 0))
      return nil
    }
    noteAllocated(frame)
    return frame
  }

  /// As many frames or none (`alloc_vmemmap_page_list()`).
  mutating func allocateFrames(count: Int) -> [Frame]? {
    guard let frames = allocator.allocate(count: count) else {
      record(Event(.allocationFailed, 0, UInt64(count), UInt64(max(0, allocator.freeCount))))
      return nil
    }
    for frame in frames { noteAllocated(frame) }
    return frames
  }

  private mutating func noteAllocated(_ frame: Frame) {
    counters.framesAllocated += 1
    record(Event(.allocateFrame, allocator.memory.physicalAddress(of: frame)))
  }

  mutating func freeFrame(_ frame: Frame) {
    counters.framesFreed += 1
    record(Event(.freeFrame, allocator.memory.physicalAddress(of: frame)))
    contents.discard(frame)
    allocator.free(frame)
  }

  mutating func copyFrame(from source: Frame, to copy: Frame) {
    record(
      Event(
        .copyFrame, allocator.memory.physicalAddress(of: copy), allocator.memory.physicalAddress(of: source)))
    contents.copy(from: source, to: copy)
  }

  mutating func flushTLB(of hugepage: Hugepage, fromPage page: UInt64) {
    let bytes = geometry.vmemmapBytes(ofHugepage: hugepage.size) ?? 0
    flushTLB(from: hugepage.head + page * geometry.pageSize, to: hugepage.head &+ bytes)
  }

  private mutating func flushTLB(from start: UInt64, to end: UInt64) {
    counters.tlbFlushes += 1
    record(Event(.flushTLB, start, end))
  }

  mutating func incrementKey() {
    keyCount += 1
    record(Event(.keyIncrement, 0, keyCount - 1, keyCount))
  }

  mutating func decrementKey() {
    guard keyCount > 0 else { return }
    keyCount -= 1
    record(Event(.keyDecrement, 0, keyCount + 1, keyCount))
  }

  /// `set_pte_at()` of a live entry: maps the page at an address to another frame; the frame it was mapped to.
  mutating func remapPage(
    at slot: PageTables.Slot, address: UInt64, to frame: Frame, readOnly: Bool
  ) -> Frame {
    let format = setup.pteFormat
    let old = tables[slot]
    let attributes = readOnly && setup.pageKernelRO ? format.readOnly : format.readWrite
    let physicalAddress = allocator.memory.physicalAddress(of: frame)
    let new = attributes | format.encode(physicalAddress)
    tables[slot] = new
    record(Event(.setPTE, address, old, new))
    if format.isValid(old), format.physicalAddress(of: old) != physicalAddress { counters.livePTEsRedirected += 1 }
    if format.isValid(old), !format.isWritable(old) { counters.readOnlyPTEs -= 1 }
    if !format.isWritable(new) { counters.readOnlyPTEs += 1 }
    return allocator.memory.frame(atPhysicalAddress: format.physicalAddress(of: old)) ?? frame
  }

  /// The last-level table that maps an address, after splitting the block that maps it; nil if that needs a frame and
  /// there is none.
  mutating func leafTable(for address: UInt64) -> PageTables.Slot? {
    guard let slot = tables.slot(of: address, atLevel: geometry.blockLevel) else { return nil }
    let entry = tables[slot]
    if let table = tables.table(of: entry) { return table }
    return setup.pteFormat.isBlock(entry) ? splitBlock(at: slot, mapping: address, entry: entry) : nil
  }

  /// The place behind the last entry of a last-level table.
  func tableEnd(_ table: PageTables.Slot) -> PageTables.Slot {
    table + 1 << geometry.entryBits(ofLevel: geometry.levels.count - 1)
  }

  /// `__split_vmemmap_huge_pmd()`: the table is complete before one store links it; a split is never undone.
  private mutating func splitBlock(
    at slot: PageTables.Slot, mapping address: UInt64, entry: UInt64
  ) -> PageTables.Slot? {
    guard let frame = allocateFrame() else { return nil }
    let format = setup.pteFormat
    let block = geometry.levels[geometry.blockLevel]
    let first = address & ~(block.size - 1)
    let tableAddress = allocator.memory.physicalAddress(of: frame)
    let table = tables.addTable(level: geometry.levels.count - 1, physicalAddress: tableAddress)
    var page = format.physicalAddress(of: entry)
    for slot in table..<tableEnd(table) {
      tables[slot] = format.readWrite | format.encode(page)
      page += geometry.pageSize
    }
    record(Event(.fillTable, first, tableAddress, UInt64(tableEnd(table) - table)))
    tables[slot] = format.table | format.encode(tableAddress)
    record(Event(.setPMD, first, entry, tables[slot]))
    counters.liveBlocksSplit += 1
    flushTLB(from: first, to: first &+ block.size)
    return table
  }
}
