/// What became of a hugepage's vmemmap when it was to be optimized.
package enum OptimizeOutcome: Hashable, Sendable {
  /// The tails alias one frame now, and so many frames were freed.
  case optimized(freedFrames: UInt64)
  /// It was not tried.
  case notOptimizable(NotOptimizable)
  /// A frame was missing; every struct page has its own words again.
  case outOfMemory
}

/// What became of a hugepage that was to be freed.
package enum FreeOutcome: Hashable, Sendable {
  /// It is plain memory again.
  case freed
  /// Its vmemmap could not be restored for lack of frames: it stays, optimized, as surplus; freeing may be tried again.
  case keptAsSurplus
}

extension Machine {
  /// Allocates a HugeTLB page at a physical address and optimizes its vmemmap if it may be.
  ///
  /// A hugepage reserved at boot is one that is allocated first. Time grows with the number of struct pages.
  package mutating func allocateHugepage(
    size: UInt64, at physicalAddress: UInt64
  ) throws(HugepageError) -> OptimizeOutcome {
    guard let structPages = geometry.structPages(ofHugepage: size) else { throw .invalidSize(size) }
    guard physicalAddress & (size - 1) == 0 else { throw .misaligned(physicalAddress) }
    let pfn = physicalAddress >> UInt64(geometry.pageShift)
    guard let frames = allocator.memory.frames(atPhysicalAddress: physicalAddress, count: structPages),
      let head = layout.structPage(ofFrame: pfn)
    else { throw .notInMemory(physicalAddress) }
    var hugepage = Hugepage(physicalAddress: physicalAddress, size: size, head: head, structPages: structPages)
    guard let tailWord = compoundHeadWord(ofTailsOf: hugepage) else { throw .headNotAligned(head) }
    guard frames.count <= allocator.freeCount else { throw .outOfMemory }
    if let busy = allocator.claim(frames) { throw .busy(allocator.memory.physicalAddress(of: busy)) }
    checkpoint()
    prepareCompound(hugepage, tailWord: tailWord)
    let outcome = optimize(&hugepage)
    hugepages[pfn] = hugepage
    return outcome
  }

  /// Frees a HugeTLB page after restoring its vmemmap.
  package mutating func freeHugepage(at physicalAddress: UInt64) throws(HugepageError) -> FreeOutcome {
    let pfn = physicalAddress >> UInt64(geometry.pageShift)
    var hugepage = try hugepage(at: physicalAddress)
    checkpoint()
    guard restore(&hugepage) else {
      hugepage.isSurplus = true
      hugepages[pfn] = hugepage
      return .keptAsSurplus
    }
    destroyCompound(hugepage)
    hugepages[pfn] = nil
    if let frames = allocator.memory.frames(atPhysicalAddress: physicalAddress, count: hugepage.structPages) {
      allocator.free(frames)
    }
    return .freed
  }

  /// `hugetlb_vmemmap_optimize()`: optimizes a hugepage that is not, such as one allocated while the switch was off.
  package mutating func optimizeVmemmap(ofHugepageAt physicalAddress: UInt64) throws(HugepageError) -> OptimizeOutcome {
    var hugepage = try hugepage(at: physicalAddress)
    checkpoint()
    let outcome = optimize(&hugepage)
    hugepages[physicalAddress >> UInt64(geometry.pageShift)] = hugepage
    return outcome
  }

  /// `hugetlb_vmemmap_restore()`: gives each vmemmap page its own frame back, as before a demotion.
  ///
  /// False if frames are missing; then nothing has changed. True also if it was not optimized.
  package mutating func restoreVmemmap(ofHugepageAt physicalAddress: UInt64) throws(HugepageError) -> Bool {
    var hugepage = try hugepage(at: physicalAddress)
    checkpoint()
    let restored = restore(&hugepage)
    hugepages[physicalAddress >> UInt64(geometry.pageShift)] = hugepage
    return restored
  }

  private func hugepage(at physicalAddress: UInt64) throws(HugepageError) -> Hugepage {
    guard physicalAddress & (geometry.pageSize - 1) == 0,
      let hugepage = hugepages[physicalAddress >> UInt64(geometry.pageShift)]
    else { throw .noHugepage(physicalAddress) }
    return hugepage
  }
}
