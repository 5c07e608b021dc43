public import KernelC

/// What one routine did on struct pages that behave alike, on one path.
public struct RunOutcome: Sendable {
  /// How the HugeTLB page came to be.
  public var scenario: Scenario
  /// The flags before the run.
  public var startState: StartState
  /// Were the vmemmap pages remapped?
  public var isOptimized: Bool
  /// The struct pages, by index, on which it behaves so.
  public var structPages: StructPageSet
  /// The path that was taken on the first of them.
  public var path: ExecutionPath
  /// Kernel virtual address of the first of them.
  public var address: UInt64
  /// The run ended, and flags that a flush of the head clears are still set on the head.
  public var losesFlush: Bool
  /// A store that did not fault and changed other struct pages through an alias.
  public var alias: AliasWrite?

  /// A run that never starts, because the routine is not understood.
  static func notUnderstood(
    _ construct: NotUnderstood, _ scenario: Scenario, _ hugepage: Hugepage
  ) -> RunOutcome {
    RunOutcome(
      scenario: scenario, startState: .untouched, isOptimized: hugepage.isOptimized,
      structPages: StructPageSet(all: Int(hugepage.structPages)),
      path: ExecutionPath(ending: .notUnderstood(construct), conditions: [], stores: [], loads: 0, steps: 0),
      address: hugepage.head, losesFlush: false, alias: nil)
  }
}

/// A store into a frame that several vmemmap pages map, through a struct page that is not the head.
public struct AliasWrite: Hashable, Sendable {
  /// Kernel virtual address of the store.
  public var address: UInt64
  /// The lowest index of another struct page that shows the same words; the store's own index where only other HugeTLB
  /// pages of the size do.
  public var changedIndex: Int
  /// The store's function.
  public var operation: String
}

/// What was seen of one HugeTLB page size in one configuration.
public struct Observation: Sendable {
  /// N: struct pages of the HugeTLB page.
  public var structPages: Int
  /// Bytes of vmemmap that they take.
  public var vmemmapBytes: UInt64
  /// Frames that one optimized HugeTLB page gives back.
  public var freedPages: UInt64
  /// Why the vmemmap is not optimized; nil where it is.
  public var obstacle: NotOptimizable?
  /// Live valid PTEs that got another output address while one HugeTLB page was optimized.
  public var replacedLivePTEs: UInt64
  /// Live vmemmap blocks that were split for it.
  public var splitLiveBlocks: UInt64
  /// Runs of `flush_dcache_page()`.
  public var flush: [RunOutcome]
  /// Runs of the path that sets `PG_dcache_clean`.
  public var icacheSync: [RunOutcome]
}
