public import Diagnostics
public import Kconfig
public import KernelC

/// Everything the tool knows about one architecture at one kernel; whoever uses it cannot tell from which source.
public struct Architecture: Sendable {
  /// A Kconfig `select` line.
  public struct Select: Sendable {
    /// The symbol that is selected, without `CONFIG_`.
    public var symbol: Fact<String>
    /// The `if` behind it; nil where the select is unconditional.
    public var condition: KconfigExpression?
  }

  /// A C macro of the architecture, which is no Kconfig symbol.
  public struct Define: Sendable {
    /// The macro's name.
    public var macro: Fact<String>
    /// Its replacement text.
    public var value: String
    /// The Kconfig condition under which it is defined; nil where it always is.
    public var condition: KconfigExpression?
  }

  /// `sizeof(struct page)` under a condition.
  public struct StructPageSize: Sendable {
    /// Bytes.
    public var bytes: Fact<UInt64>
    /// The condition; nil where the size holds always.
    public var condition: KconfigExpression?
  }

  /// A function of the architecture that works on page flags, as text to be executed.
  public struct PageFlagCode: Sendable {
    /// The kernel function and its body.
    public var routine: Routine
    /// Where the descriptor gives it, and where the kernel has it.
    public var origin: Fact<String>
    /// Effects declared for functions that are not given.
    public var effects: [String: DeclaredEffect]
  }

  /// May a live valid kernel page-table entry be replaced by another valid one?
  public enum LivePTEReplace: String, Sendable, CaseIterable {
    /// It may: the architecture's TLBs tolerate it.
    case allowed
    /// It may not: break-before-make (arm64, 060a2c92d1b6) or worse (s390, 64e2f60f355e).
    case forbidden
    /// The architecture's own code makes it safe.
    case handled
    /// Nobody has said; the remap verdict is `?`.
    case unknown
  }

  /// The line format of `/sys/kernel/debug/kernel_page_tables`, where it is modelled.
  public enum PtdumpStyle: String, Sendable, CaseIterable {
    /// arch/arm64/mm/ptdump.c
    case arm64
    /// arch/x86/mm/dump_pagetables.c
    case x86
  }

  /// The descriptor's name with its variant: `arm64-4k`.
  public var name: String
  /// A line for people.
  public var title: String
  /// The directory under `arch/`.
  public var directory: Fact<String>
  /// The file that describes it, as reports print it.
  public var path: String
  /// The kernel version that was read.
  public var version: Fact<KernelVersion>
  /// Message-ids of patches on top of it.
  public var patches: [String]
  /// How that kernel names and implements HVO.
  public var kernel: KernelProfile
  /// What the checked `.config` sets; a symbol that is absent is undecided.
  public var config: [String: Fact<Tristate>]
  /// The `select` lines.
  public var selects: [Select]
  /// The C macros.
  public var defines: [Define]
  /// Page-flag bits by name, the architecture's own names included.
  public var pageFlags: [String: Int]
  /// `sizeof(struct page)` by condition, first match wins.
  public var structPageSizes: [StructPageSize]
  /// Does the architecture define PAGE_KERNEL_RO? Without it the tails stay writable (include/linux/pgtable.h).
  public var pageKernelReadOnly: Fact<Bool>
  /// The rule for live page-table entries.
  public var livePTEReplace: Fact<LivePTEReplace>
  /// Levels, vmemmap and sections; `structPageSize` is filled in per configuration.
  public var layout: MemoryLayoutFacts
  /// HugeTLB page sizes in bytes.
  public var hugepages: [Fact<UInt64>]
  /// `flush_dcache_page()`; nil where the architecture has none.
  public var flush: PageFlagCode?
  /// The path that sets `PG_dcache_clean` when an executable mapping is installed; nil where there is none.
  public var icacheSync: PageFlagCode?
  /// Where the descriptor says what `flush_dcache_page()` does.
  public var flushRange: SourceRange
  /// The kernel's own sentence for a write to read-only memory, with `{address}` in it.
  public var oops: String
  /// The dump format, if it is modelled.
  public var ptdump: PtdumpStyle?
}

extension Architecture {
  /// Adds unconditional select lines, for the question what would be if they were there.
  public mutating func selectAlso(_ symbols: [String]) {
    for symbol in symbols {
      selects.append(Select(symbol: Fact(symbol, range: directory.range), condition: nil))
    }
  }
}
