/// One step of the machine. The meaning of the three words depends on the kind.
package struct Event: Hashable, Sendable {
  /// What happened; `address`, `before` and `after` in brackets.
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// Struct pages became head and tails [head, number of struct pages, -].
    case prepareCompound
    /// Head and tails became plain struct pages [head, number of struct pages, -].
    case destroyCompound
    /// A frame was allocated [physical address, -, -].
    case allocateFrame
    /// Frames were wanted and not to be had [-, wanted, available].
    case allocationFailed
    /// A frame was freed [physical address, -, -].
    case freeFrame
    /// A page was copied [physical address of the copy, of the original, -].
    case copyFrame
    /// Struct pages 0..2 of a restored frame were overwritten by 3..5 [physical address, -, -].
    case resetStructPages
    /// A table was filled before it was linked [first address mapped, physical address of the table, entries].
    case fillTable
    /// A last-level entry changed [address mapped, entry before, entry after].
    case setPTE
    /// A block-level entry changed [first address mapped, entry before, entry after].
    case setPMD
    /// TLB entries of a range were dropped [first address, end address, -].
    case flushTLB
    /// The static key went up [-, count before, count after].
    case keyIncrement
    /// The static key went down [-, count before, count after].
    case keyDecrement
    /// The run-time switch changed [-, 0 or 1 before, 0 or 1 after].
    case setSwitch
    /// Kernel code stored a word [address, word before, word after].
    case store
    /// Kernel code tried to store through a read-only entry [address, word before, word not stored].
    case readOnlyFault
  }

  /// What happened.
  package var kind: Kind
  /// See the kind.
  package var address: UInt64
  /// See the kind.
  package var before: UInt64
  /// See the kind.
  package var after: UInt64

  /// Makes an event.
  package init(_ kind: Kind, _ address: UInt64 = 0, _ before: UInt64 = 0, _ after: UInt64 = 0) {
    self.kind = kind
    self.address = address
    self.before = before
    self.after = after
  }
}

/// What the machine counts whether or not events are recorded. All counts are since the machine was built except
/// `readOnlyPTEs`.
package struct Counters: Hashable, Sendable {
  /// Valid last-level entries that were replaced by valid ones with another output address, without an invalid entry
  /// and a TLB flush in between (break-before-make).
  package var livePTEsRedirected: UInt64 = 0
  /// Valid blocks that were replaced by a table without an invalid entry in between.
  package var liveBlocksSplit: UInt64 = 0
  /// Last-level entries that are read-only now.
  package var readOnlyPTEs: UInt64 = 0
  /// Frames that optimizing gave back to the allocator.
  package var framesFreed: UInt64 = 0
  /// Frames that restoring, copying heads and splitting took from the allocator.
  package var framesAllocated: UInt64 = 0
  /// TLB flushes, each of one range.
  package var tlbFlushes: UInt64 = 0

  /// Makes counters at zero.
  package init() {}
}
