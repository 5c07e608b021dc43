package import Diagnostics
package import KernelC
package import Vmemmap

/// What one routine did on struct pages that behave alike, on one path.
package struct RunOutcome: Sendable {
  /// How the HugeTLB page came to be.
  package var scenario: Scenario
  /// The flags before the run.
  package var startState: StartState
  /// Were the vmemmap pages remapped?
  package var isOptimized: Bool
  /// The struct pages, by index, on which it behaves so.
  package var structPages: StructPageSet
  /// The path that was taken on the first of them.
  package var path: ExecutionPath
  /// Kernel virtual address of the first of them.
  package var address: UInt64
  /// The run ended, and flags that a flush of the head clears are still set on the head.
  package var losesFlush: Bool
  /// The stores that did not fault and changed other struct pages through an alias: each of the text once, at the first
  /// address where it did.
  package var aliases: [AliasWrite]

  /// Does it come to its end without a fault?
  package var returns: Bool { path.faults.isEmpty && path.ending == .returned }

  /// A run that never starts, because the routine is not understood.
  static func notUnderstood(
    _ construct: NotUnderstood, _ scenario: Scenario, _ hugepage: Hugepage
  ) -> RunOutcome {
    RunOutcome(
      scenario: scenario, startState: .untouched, isOptimized: hugepage.isOptimized,
      structPages: StructPageSet(all: Int(hugepage.structPages)),
      path: ExecutionPath(ending: .notUnderstood(construct), conditions: [], stores: [], loads: 0, steps: 0),
      address: hugepage.head, losesFlush: false, aliases: [])
  }
}

/// A store into a frame that several vmemmap pages map, through a struct page that is not the head.
package struct AliasWrite: Hashable, Sendable {
  /// Kernel virtual address of the store.
  package var address: UInt64
  /// The lowest index of another struct page that shows the same words; the store's own index where only other HugeTLB
  /// pages of the size do.
  package var changedIndex: Int
  /// The store's function.
  package var operation: String
  /// The call or assignment.
  package var place: SourceRange
  /// The calls of helpers and uses of macros that lead to it, outermost first.
  package var calls: [SourceRange]
}

/// What was seen of one HugeTLB page size in one configuration.
package struct Observation: Sendable {
  /// N: struct pages of the HugeTLB page.
  package var structPages: Int
  /// Bytes of vmemmap that they take.
  package var vmemmapBytes: UInt64
  /// Frames that one optimized HugeTLB page gives back.
  package var freedPages: UInt64
  /// Why the vmemmap is not optimized; nil where it is.
  package var obstacle: NotOptimizable?
  /// Live valid PTEs that got another output address while one HugeTLB page was optimized.
  package var replacedLivePTEs: UInt64
  /// Live vmemmap blocks that were split for it.
  package var splitLiveBlocks: UInt64
  /// Runs of `flush_dcache_page()`.
  package var flush: [RunOutcome]
  /// Runs of the path that sets `PG_dcache_clean`.
  package var icacheSync: [RunOutcome]
}
