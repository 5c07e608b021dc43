extension Machine {
  /// `hugetlb_vmemmap_restore()`: all frames first, then page by page; false if there are not enough frames.
  mutating func restore(_ hugepage: inout Hugepage) -> Bool {
    guard hugepage.isOptimized else { return true }
    let reserved = setup.generation.reservedPages
    let pages = geometry.vmemmapPages(ofHugepage: hugepage.size) ?? reserved
    guard let frames = allocateFrames(count: Int(pages - reserved)) else { return false }
    for (page, frame) in zip(reserved..<pages, frames) { restorePage(page, of: hugepage, with: frame) }
    flushTLB(of: hugepage, fromPage: reserved)
    hugepage.isOptimized = false
    uncountOptimizedPage()
    return true
  }

  /// `vmemmap_restore_pte()`: a frame of its own with a copy of what the page shows now, mapped read-write.
  mutating func restorePage(_ page: UInt64, of hugepage: Hugepage, with frame: Frame) {
    let address = hugepage.head + page * geometry.pageSize
    guard let source = self.frame(at: address), let table = leafTable(for: address) else { return }
    copyFrame(from: source, to: frame)
    if setup.generation.resetsStructPages {
      record(Event(.resetStructPages, allocator.memory.physicalAddress(of: frame)))
      contents.resetStructPages(of: frame)
    }
    let slot = tables.slot(of: address, inTable: table, level: geometry.levels.count - 1)
    _ = remapPage(at: slot, address: address, to: frame, readOnly: false)
  }
}
