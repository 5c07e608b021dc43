package import KernelC

/// A store by kernel code.
package struct StoreRecord: Hashable, Sendable {
  /// The address stored to.
  package var address: UInt64
  /// The physical address of the frame behind it.
  package var frameAddress: UInt64
  /// The byte offset in the frame.
  package var offset: UInt64
  /// The word before.
  package var before: UInt64
  /// The word stored; a read-modify-write may store the same.
  package var after: UInt64
}

/// Stores since the last checkpoint, and how to undo those since the last rewind.
struct StoreJournal: Sendable {
  private(set) var stores: [StoreRecord] = []
  private var undone = 0

  mutating func append(_ store: StoreRecord) { stores.append(store) }

  mutating func clear() {
    stores.removeAll(keepingCapacity: true)
    undone = 0
  }

  /// The stores to undo, last one first; they count as undone from now on.
  mutating func takeUndo() -> [StoreRecord] {
    defer { undone = stores.count }
    return stores[undone...].reversed()
  }
}

extension Machine: PageMemory {
  /// The stores of all paths since the last checkpoint, rewound ones included.
  package var stores: [StoreRecord] { journal.stores }

  /// Makes the present words those that `rewind()` goes back to, and forgets the stores. Every operation on hugepages
  /// does the same.
  package mutating func checkpoint() { journal.clear() }

  /// Loads a word; see `PageMemory`.
  package mutating func load(at address: UInt64) throws(AccessFault) -> UInt64 {
    let access = try resolve(address)
    return contents.word(at: address & (geometry.pageSize - 1), of: access.frame)
  }

  /// Stores a word, or faults with `.readOnly` where the translation is read-only; see `PageMemory`.
  package mutating func store(_ word: UInt64, at address: UInt64) throws(AccessFault) {
    let access = try resolve(address)
    let offset = address & (geometry.pageSize - 1)
    let before = contents.word(at: offset, of: access.frame)
    guard access.translation.isWritable else {
      record(Event(.readOnlyFault, address, before, word))
      throw AccessFault(.readOnly, at: address)
    }
    record(Event(.store, address, before, word))
    journal.append(
      StoreRecord(
        address: address, frameAddress: access.translation.physicalAddress - offset, offset: offset, before: before,
        after: word))
    contents.setWord(word, at: offset, of: access.frame)
  }

  /// `compound_head()`, with `page_fixed_fake_head()` where the generation has it.
  package mutating func compoundHead(of page: UInt64) throws(AccessFault) -> UInt64 {
    let word = try load(at: page &+ StructPage.compoundHeadOffset)
    if let head = head(named: word, by: page) { return head }
    guard setup.generation.fixesFakeHeads, isStaticKeyEnabled, page & (geometry.pageSize - 1) == 0,
      try load(at: page &+ StructPage.flagsOffset) & headFlag != 0
    else { return page }
    // A fake head is a copy of the real one, so the struct page behind it is a copy of tail 1.
    let next = try load(at: page &+ geometry.structPageSize &+ StructPage.compoundHeadOffset)
    return head(named: next, by: page &+ geometry.structPageSize) ?? page
  }

  /// `PageHuge()`: a compound page that is a HugeTLB page.
  package mutating func pageHuge(_ page: UInt64) throws(AccessFault) -> Bool {
    let tailBit = try load(at: page &+ StructPage.compoundHeadOffset) & 1
    let headBit = try load(at: page &+ StructPage.flagsOffset) & headFlag
    return tailBit | headBit != 0 && hugepage(containing: page) != nil
  }

  /// `compound_nr()`. Where it asks for the bare flag, a fake head answers like its head, whose tail 1 it shows behind
  /// itself; see `Generation.compoundOrderAsksPageHead`.
  package mutating func compoundPages(_ head: UInt64) throws(AccessFault) -> UInt64 {
    guard try load(at: head &+ StructPage.flagsOffset) & headFlag != 0 else { return 1 }
    if setup.generation.compoundOrderAsksPageHead, try compoundHead(of: head) != head { return 1 }
    return hugepage(containing: head)?.structPages ?? 1
  }

  /// `page_to_pfn()`.
  package func pageFrameNumber(of page: UInt64) throws(AccessFault) -> UInt64 {
    guard let pfn = layout.frame(ofStructPage: page) else { throw AccessFault(.outsideVmemmap, at: page) }
    return pfn
  }

  /// `pfn_to_page()`.
  package func page(ofFrame pfn: UInt64) throws(AccessFault) -> UInt64 {
    guard let page = layout.structPage(ofFrame: pfn) else {
      throw AccessFault(
        .outsideVmemmap, at: geometry.vmemmapStart &+ (pfn &- layout.baseFrame) &* geometry.structPageSize)
    }
    return page
  }

  /// The present value of a predicate of the setup; no if it does not list the name.
  package func predicate(_ name: String) -> Bool {
    switch setup.predicates[name] {
    case .switchedOn: isSwitchedOn
    case .staticKey: isStaticKeyEnabled
    case .compiledIn: setup.compiledIn
    case .constant(let value): value
    case nil: false
    }
  }

  /// Puts every word back to what it was at the last checkpoint.
  package mutating func rewind() {
    for store in journal.takeUndo() {
      guard let frame = allocator.memory.frame(atPhysicalAddress: store.frameAddress) else { continue }
      contents.setWord(store.before, at: store.offset, of: frame)
    }
  }

  /// The HugeTLB page that a struct page belongs to.
  package func hugepage(containing page: UInt64) -> Hugepage? {
    layout.frame(ofStructPage: page).flatMap { hugepages.containing($0) }
  }

  private mutating func resolve(
    _ address: UInt64
  ) throws(AccessFault) -> (translation: Translation, frame: Frame) {
    guard address & 7 == 0, layout.offset(of: address) != nil else { throw AccessFault(.outsideVmemmap, at: address) }
    guard let translation = tables.translateRemembering(address),
      let frame = allocator.memory.frame(atPhysicalAddress: translation.physicalAddress)
    else { throw AccessFault(.notMapped, at: address) }
    return (translation, frame)
  }
}

extension Machine {
  /// The word at an address that the machine itself made; 0 where nothing is mapped.
  package mutating func word(at address: UInt64) -> UInt64 {
    do throws(AccessFault) {
      return try load(at: address)
    } catch {
      return 0
    }
  }

  /// The physical addresses of the frames that all tails of one HugeTLB page size are mapped to.
  package var sharedTailFrames: Set<UInt64> {
    Set(sharedTails.values.map(allocator.memory.physicalAddress(of:)))
  }

  /// Do two frames hold the same words?
  package func framesHoldEqualWords(_ first: UInt64, _ second: UInt64) -> Bool {
    guard let a = allocator.memory.frame(atPhysicalAddress: first),
      let b = allocator.memory.frame(atPhysicalAddress: second)
    else { return false }
    return contents.haveEqualWords(a, b)
  }
}
