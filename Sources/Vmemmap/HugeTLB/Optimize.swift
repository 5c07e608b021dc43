/// How the tails of one hugepage are remapped.
private struct TailRemap {
  /// The vmemmap page that the walk starts with.
  var firstPage: UInt64
  /// The frame that the head's page moves to; nil if the first page walked stays as it is.
  var newHead: Frame?
  /// The frame that all other pages are mapped to.
  var target: Frame
}

extension Machine {
  /// Why a hugepage's vmemmap is not optimized now; nil if it is to be.
  func obstacle(toOptimizing hugepage: Hugepage) -> NotOptimizable? {
    guard setup.compiledIn else { return .notCompiledIn }
    guard !hugepage.isOptimized else { return .alreadyOptimized }
    guard isSwitchedOn else { return .switchedOff }
    let reserved = setup.generation.reservedPages
    if let obstacle = geometry.obstacle(toOptimizingHugepage: hugepage.size, keeping: reserved) { return obstacle }
    return hugepage.head & (geometry.pageSize - 1) == 0 ? nil : .headNotPageAligned
  }

  /// Maps the tail pages of a hugepage to one frame and frees theirs, TLB flush first.
  ///
  /// The static key goes up before the first fake head can be seen, and down again on failure.
  mutating func optimize(_ hugepage: inout Hugepage) -> OptimizeOutcome {
    if let obstacle = obstacle(toOptimizing: hugepage) { return .notOptimizable(obstacle) }
    countOptimizedPage()
    guard let remap = prepareRemap(of: hugepage), let pending = walk(hugepage, remap) else {
      uncountOptimizedPage()
      return .outOfMemory
    }
    let flushed = remap.newHead == nil ? remap.firstPage + 1 : remap.firstPage
    flushTLB(of: hugepage, fromPage: flushed)
    freeLatestFirst(pending)
    hugepage.isOptimized = true
    let taken: UInt64 = remap.newHead == nil ? 0 : 1
    return .optimized(freedFrames: UInt64(pending.count) - taken)
  }

  /// Finds or allocates the frames that head and tails will be mapped to; nil if there are none.
  private mutating func prepareRemap(of hugepage: Hugepage) -> TailRemap? {
    switch setup.generation.tailTarget {
    case .lastReservedFrame:
      return reuse(page: setup.generation.reservedPages - 1, of: hugepage)
    case .headFrame:
      return reuse(page: 0, of: hugepage)
    case .headCopy(let failure):
      if let copy = copyHead(of: hugepage) { return TailRemap(firstPage: 0, newHead: copy, target: copy) }
      return failure == .reuseHeadFrame ? reuse(page: 0, of: hugepage) : nil
    case .sharedTailFrame:
      guard let shared = sharedTail(for: hugepage), let copy = copyHead(of: hugepage) else { return nil }
      return TailRemap(firstPage: 0, newHead: copy, target: shared)
    }
  }

  private mutating func reuse(page: UInt64, of hugepage: Hugepage) -> TailRemap? {
    frame(at: hugepage.head + page * geometry.pageSize).map {
      TailRemap(firstPage: page, newHead: nil, target: $0)
    }
  }

  private mutating func copyHead(of hugepage: Hugepage) -> Frame? {
    guard let old = frame(at: hugepage.head), let copy = allocateFrame() else { return nil }
    copyFrame(from: old, to: copy)
    return copy
  }

  /// The frame full of tails that all hugepages of this size share; it is made once and kept.
  private mutating func sharedTail(for hugepage: Hugepage) -> Frame? {
    if let shared = sharedTails[hugepage.structPages] { return shared }
    guard let word = compoundHeadWord(ofTailsOf: hugepage), let frame = allocateFrame() else { return nil }
    contents.setCompoundHeads(word, ofSlots: 0..<Int(geometry.structPagesPerVmemmapPage), of: frame)
    sharedTails[hugepage.structPages] = frame
    return frame
  }

  /// `vmemmap_remap_range()` with `vmemmap_remap_pte()`: the frames that nothing maps any more, oldest first; nil if a
  /// block could not be split, and then what was done is undone.
  private mutating func walk(_ hugepage: Hugepage, _ remap: TailRemap) -> [Frame]? {
    let pages = geometry.vmemmapPages(ofHugepage: hugepage.size) ?? 0
    let last = geometry.levels.count - 1
    var pending: [Frame] = []
    pending.reserveCapacity(Int(pages))
    var page = remap.firstPage
    while page < pages {
      var address = hugepage.head + page * geometry.pageSize
      guard let table = leafTable(for: address) else {
        undo(remap, of: hugepage, upTo: page, pending: pending)
        return nil
      }
      let slot = tables.slot(of: address, inTable: table, level: last)
      let run = min(UInt64(tableEnd(table) - slot), pages - page)
      for step in 0..<Int(run) {
        let isFirst = page == remap.firstPage && step == 0
        if !isFirst {
          pending.append(remapPage(at: slot + step, address: address, to: remap.target, readOnly: true))
        } else if let newHead = remap.newHead {
          pending.append(remapPage(at: slot + step, address: address, to: newHead, readOnly: false))
        }
        address &+= geometry.pageSize
      }
      page += run
    }
    return pending
  }

  /// Puts frames back under the pages walked before a split failed; the head stays where it is now.
  ///
  /// The frames come back in another order and with copies of the target's words, as in the kernel.
  private mutating func undo(_ remap: TailRemap, of hugepage: Hugepage, upTo end: UInt64, pending: [Frame]) {
    var pending = pending
    if end == remap.firstPage {
      // No page was walked, so nothing maps the copy of the head.
      if let newHead = remap.newHead { freeFrame(newHead) }
      return
    }
    for page in remap.firstPage + 1..<max(end, remap.firstPage + 1) {
      guard let frame = pending.popLast() else { break }
      restorePage(page, of: hugepage, with: frame)
    }
    flushTLB(of: hugepage, fromPage: remap.firstPage)
    freeLatestFirst(pending)
  }

  private mutating func freeLatestFirst(_ frames: [Frame]) {
    for frame in frames.reversed() { freeFrame(frame) }
  }

  private mutating func countOptimizedPage() {
    switch setup.generation.keyRule {
    case .optimizedPages, .modeAndOptimizedPages: incrementKey()
    case .bootParameter, .none: break
    }
  }

  /// Takes an optimized page out of the static key's count.
  mutating func uncountOptimizedPage() {
    switch setup.generation.keyRule {
    case .optimizedPages, .modeAndOptimizedPages: decrementKey()
    case .bootParameter, .none: break
    }
  }
}
