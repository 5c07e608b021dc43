package import Diagnostics
package import Kconfig
package import KernelC

/// Everything the tool knows about one architecture at one kernel; whoever uses it cannot tell from which source.
package struct Architecture: Sendable {
  /// A Kconfig `select` line.
  package struct Select: Sendable {
    /// The symbol that is selected, without `CONFIG_`.
    package var symbol: Fact<String>
    /// The `if` behind it; nil where the select is unconditional.
    package var condition: KconfigExpression?
  }

  /// A C macro of the architecture, which is no Kconfig symbol.
  package struct Define: Sendable {
    /// The macro's name.
    package var macro: Fact<String>
    /// Its replacement text.
    package var value: String
    /// The Kconfig condition under which it is defined; nil where it always is.
    package var condition: KconfigExpression?
  }

  /// `sizeof(struct page)` under a condition.
  package struct StructPageSize: Sendable {
    /// Bytes.
    package var bytes: Fact<UInt64>
    /// The condition; nil where the size holds always.
    package var condition: KconfigExpression?
  }

  /// A function of the architecture that works on page flags, as text to be executed.
  package struct PageFlagCode: Sendable {
    /// The kernel function and its body.
    package var routine: Routine
    /// Where the descriptor gives it, and where the kernel has it.
    package var origin: Fact<String>
    /// Effects declared for functions that are not given.
    package var effects: [String: DeclaredEffect]
  }

  /// May a live valid kernel page-table entry be replaced by another valid one?
  package enum LivePTEReplace: String, Sendable, CaseIterable {
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
  package enum PtdumpStyle: String, Sendable, CaseIterable {
    /// arch/arm64/mm/ptdump.c
    case arm64
    /// arch/x86/mm/dump_pagetables.c
    case x86
  }

  /// The descriptor's name with its variant: `arm64-4k`.
  package var name: String
  /// A line for people.
  package var title: String
  /// The directory under `arch/`.
  package var directory: Fact<String>
  /// The file that describes it, as reports print it.
  package var path: String
  /// The kernel version that was read.
  package var version: Fact<KernelVersion>
  /// Message-ids of patches on top of it.
  package var patches: [String]
  /// How that kernel names and implements HVO.
  package var kernel: KernelProfile
  /// What the checked `.config` sets; a symbol that is absent is undecided.
  package var config: [String: Fact<Tristate>]
  /// The `select` lines.
  package var selects: [Select]
  /// The C macros.
  package var defines: [Define]
  /// Page-flag bits by name, the architecture's own names included.
  package var pageFlags: [String: Int]
  /// `sizeof(struct page)` by condition, first match wins.
  package var structPageSizes: [StructPageSize]
  /// Does the architecture define PAGE_KERNEL_RO? Without it the tails stay writable (include/linux/pgtable.h).
  package var pageKernelReadOnly: Fact<Bool>
  /// The rule for live page-table entries.
  package var livePTEReplace: Fact<LivePTEReplace>
  /// Levels, vmemmap and sections; `structPageSize` is filled in per configuration.
  package var layout: MemoryLayoutFacts
  /// HugeTLB page sizes in bytes.
  package var hugepages: [Fact<UInt64>]
  /// `flush_dcache_page()`; nil where the architecture has none.
  package var flush: PageFlagCode?
  /// The path that sets `PG_dcache_clean` when an executable mapping is installed; nil where there is none.
  package var icacheSync: PageFlagCode?
  /// Where the descriptor says what `flush_dcache_page()` does.
  package var flushRange: SourceRange
  /// The kernel's own sentence for a write to read-only memory, with `{address}` in it.
  package var oops: String
  /// The dump format, if it is modelled.
  package var ptdump: PtdumpStyle?
}

extension Architecture {
  /// Adds unconditional select lines, for the question what would be if they were there.
  package mutating func selectAlso(_ symbols: [String]) {
    for symbol in symbols {
      selects.append(Select(symbol: Fact(symbol, range: directory.range), condition: nil))
    }
  }
}
