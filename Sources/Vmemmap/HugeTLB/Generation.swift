/// How a range of kernel versions implements HVO, as data; the presets are starting points and every field may differ.
package struct Generation: Hashable, Sendable {
  /// The frame that the tail vmemmap pages are mapped to.
  package enum TailTarget: Hashable, Sendable {
    /// The frame of the last kept vmemmap page (v5.14: page 1).
    case lastReservedFrame
    /// The frame that holds the head's struct page from boot on (v5.18).
    case headFrame
    /// A newly allocated copy of the head's frame, which the head is mapped to as well (v6.3).
    case headCopy(HeadCopyFailure)
    /// One initialised frame shared by all hugepages of a size; the head moves to a new copy (v7.1).
    case sharedTailFrame
  }

  /// What happens if there is no frame for the copy of the head.
  package enum HeadCopyFailure: Hashable, Sendable {
    /// The old frame of the head is used instead.
    case reuseHeadFrame
    /// The hugepage stays as it is.
    case giveUp
  }

  /// What the static key behind `page_fixed_fake_head()` counts.
  package enum KeyRule: Hashable, Sendable {
    /// On for ever if the boot parameter says so.
    case bootParameter
    /// One for the mode being on and one for each optimized hugepage (v5.19).
    case modeAndOptimizedPages
    /// One for each optimized hugepage (v6.0).
    case optimizedPages
    /// There is no key.
    case none
  }

  /// What the `compound_head` word of a tail holds.
  package enum TailEncoding: Hashable, Sendable {
    /// The head's address plus 1.
    case headPointer
    /// The mask that leads from any tail to its head, with bit 0 set (`compound_info`, v7.1).
    case mask
  }

  /// R: vmemmap pages that stay as they are.
  package var reservedPages: UInt64
  /// What the tail pages are mapped to.
  package var tailTarget: TailTarget
  /// Does `compound_head()` see through fake heads while the static key is on?
  package var fixesFakeHeads: Bool
  /// Does restoring copy struct pages 3..5 over 0..2 of each restored page (`reset_struct_pages()`)?
  package var resetsStructPages: Bool
  /// What the static key counts.
  package var keyRule: KeyRule
  /// Is there a sysctl `vm.hugetlb_optimize_vmemmap`?
  package var hasSysctl: Bool
  /// What the tails' `compound_head` word holds.
  package var tailEncoding: TailEncoding

  /// Makes a generation.
  package init(
    reservedPages: UInt64, tailTarget: TailTarget, fixesFakeHeads: Bool, resetsStructPages: Bool, keyRule: KeyRule,
    hasSysctl: Bool, tailEncoding: TailEncoding
  ) {
    self.reservedPages = reservedPages
    self.tailTarget = tailTarget
    self.fixesFakeHeads = fixesFakeHeads
    self.resetsStructPages = resetsStructPages
    self.keyRule = keyRule
    self.hasSysctl = hasSysctl
    self.tailEncoding = tailEncoding
  }

  /// Do `compound_nr()`, `compound_order()` and `page_size()` see that a fake head is none, and so answer one page?
  ///
  /// They ask `PageHead()` in v6.1 (include/linux/mm.h `compound_order()`), and the bare flag `PG_head`, which a fake head
  /// shows, in v6.12. Both the change and the move of the head to a new frame came with v6.3, hence no datum of its own.
  package var compoundOrderAsksPageHead: Bool { fixesFakeHeads && tailTarget == .headFrame }

  /// v5.14 to v5.17: two kept pages, tails alias page 1, no fake heads.
  package static let r2 = Generation(
    reservedPages: 2, tailTarget: .lastReservedFrame, fixesFakeHeads: false, resetsStructPages: false,
    keyRule: .bootParameter, hasSysctl: false, tailEncoding: .headPointer)

  /// v6.0 to v6.2: one kept page whose original frame the tails alias. v5.18 and v5.19 differ in `keyRule`
  /// and `hasSysctl`.
  package static let r1 = Generation(
    reservedPages: 1, tailTarget: .headFrame, fixesFakeHeads: true, resetsStructPages: true,
    keyRule: .optimizedPages, hasSysctl: true, tailEncoding: .headPointer)

  /// v6.3 to v7.0: as `r1`, but head and tails move to a new copy of the head's frame.
  package static let r1n = Generation(
    reservedPages: 1, tailTarget: .headCopy(.reuseHeadFrame), fixesFakeHeads: true, resetsStructPages: true,
    keyRule: .optimizedPages, hasSysctl: true, tailEncoding: .headPointer)

  /// The stable tree 6.12.117: gives up without a new head frame, and restores without resetting struct pages 0..2.
  package static let stable6_12 = Generation(
    reservedPages: 1, tailTarget: .headCopy(.giveUp), fixesFakeHeads: true, resetsStructPages: false,
    keyRule: .optimizedPages, hasSysctl: true, tailEncoding: .headPointer)

  /// v7.1: one shared tail frame for each hugepage size, no fake heads, no key.
  package static let sh = Generation(
    reservedPages: 1, tailTarget: .sharedTailFrame, fixesFakeHeads: false, resetsStructPages: false, keyRule: .none,
    hasSysctl: true, tailEncoding: .mask)
}
