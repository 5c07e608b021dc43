extension Machine {
  /// The mask of `PG_head`.
  package var headFlag: UInt64 { 1 << UInt64(truncatingIfNeeded: setup.headFlagBit) }

  /// Do tails hold a mask instead of the head's address? Only where struct pages are powers of two.
  private var tailsHoldMask: Bool {
    setup.generation.tailEncoding == .mask && geometry.structPageSizeIsPowerOfTwo
  }

  /// What `compound_head` of a tail holds; nil if the head is not where a mask can find it.
  func compoundHeadWord(ofTailsOf hugepage: Hugepage) -> UInt64? {
    guard tailsHoldMask else { return hugepage.head | 1 }
    let mask = ~(hugepage.structPages &* geometry.structPageSize &- 1)
    return hugepage.head & mask == hugepage.head ? mask | 1 : nil
  }

  /// `prep_compound_page()`: head and tails; all struct pages are mapped read-write now.
  mutating func prepareCompound(_ hugepage: Hugepage, tailWord: UInt64) {
    record(Event(.prepareCompound, hugepage.head, hugepage.structPages))
    setCompoundHeads(tailWord, of: hugepage)
    setHead(of: hugepage, flag: true)
  }

  /// `destroy_compound_page()`: no head and no tails any more.
  mutating func destroyCompound(_ hugepage: Hugepage) {
    record(Event(.destroyCompound, hugepage.head, hugepage.structPages))
    setCompoundHeads(0, of: hugepage)
    setHead(of: hugepage, flag: false)
  }

  private mutating func setHead(of hugepage: Hugepage, flag: Bool) {
    guard let frame = frame(at: hugepage.head) else { return }
    let offset = hugepage.head & (geometry.pageSize - 1)
    let flags = contents.word(at: offset + StructPage.flagsOffset, of: frame)
    contents.setWord(flag ? flags | headFlag : flags & ~headFlag, at: offset + StructPage.flagsOffset, of: frame)
    poke(0, at: hugepage.head + StructPage.compoundHeadOffset)
  }

  private mutating func setCompoundHeads(_ word: UInt64, of hugepage: Hugepage) {
    guard geometry.structPageSizeIsPowerOfTwo else {
      for index in 0..<hugepage.structPages {
        poke(word, at: hugepage.head + index * geometry.structPageSize + StructPage.compoundHeadOffset)
      }
      return
    }
    let perPage = geometry.structPagesPerVmemmapPage
    var index: UInt64 = 0
    while index < hugepage.structPages {
      let address = hugepage.head + index * geometry.structPageSize
      let slot = (address & (geometry.pageSize - 1)) / geometry.structPageSize
      let count = min(perPage - slot, hugepage.structPages - index)
      if let frame = frame(at: address) {
        contents.setCompoundHeads(word, ofSlots: Int(slot)..<Int(slot + count), of: frame)
      }
      index += count
    }
  }

  /// The frame that an address is mapped to.
  mutating func frame(at address: UInt64) -> Frame? {
    guard let translation = tables.translateRemembering(address) else { return nil }
    return allocator.memory.frame(atPhysicalAddress: translation.physicalAddress)
  }

  /// Writes a word that the kernel writes while everything is mapped read-write.
  private mutating func poke(_ word: UInt64, at address: UInt64) {
    guard let frame = frame(at: address) else { return }
    contents.setWord(word, at: address & (geometry.pageSize - 1), of: frame)
  }

  /// The head that the `compound_head` word of a struct page names; nil if the word says that it is no tail.
  func head(named word: UInt64, by page: UInt64) -> UInt64? {
    guard word & 1 != 0 else { return nil }
    return tailsHoldMask ? page & word : word - 1
  }
}
