/// The kernel functions that this front end knows: one line each, with the kernel file that defines it.
enum PrimitiveTable {
  static let byName: [String: Primitive] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static let bitops = "include/asm-generic/bitops/atomic.h"
  private static let plainBitops = "include/asm-generic/bitops/non-atomic.h"
  private static let mm = "include/linux/mm.h"
  private static let flags = "include/linux/page-flags.h"
  private static let pagemap = "include/linux/pagemap.h"
  private static let highmem = "include/linux/highmem.h"
  private static let bug = "include/asm-generic/bug.h"
  private static let lock = "include/linux/spinlock.h"
  private static let barriers = "include/asm-generic/barrier.h"
  private static let pgtable = "include/linux/pgtable.h"

  private static let all: [Primitive] = bits + pages + addresses + predicates + facts + withoutEffect

  private static let bits: [Primitive] = [
    Primitive("set_bit", 2, .modifyBit(.set, returnsOldBit: false), bitops),
    Primitive("clear_bit", 2, .modifyBit(.clear, returnsOldBit: false), bitops),
    Primitive("change_bit", 2, .modifyBit(.change, returnsOldBit: false), bitops),
    Primitive("test_and_set_bit", 2, .modifyBit(.set, returnsOldBit: true), bitops),
    Primitive("test_and_clear_bit", 2, .modifyBit(.clear, returnsOldBit: true), bitops),
    Primitive("test_and_change_bit", 2, .modifyBit(.change, returnsOldBit: true), bitops),
    Primitive("__set_bit", 2, .modifyBit(.set, returnsOldBit: false), plainBitops),
    Primitive("__clear_bit", 2, .modifyBit(.clear, returnsOldBit: false), plainBitops),
    Primitive("__change_bit", 2, .modifyBit(.change, returnsOldBit: false), plainBitops),
    Primitive("__test_and_set_bit", 2, .modifyBit(.set, returnsOldBit: true), plainBitops),
    Primitive("__test_and_clear_bit", 2, .modifyBit(.clear, returnsOldBit: true), plainBitops),
    Primitive("__test_and_change_bit", 2, .modifyBit(.change, returnsOldBit: true), plainBitops),
    Primitive("test_bit", 2, .testBit, plainBitops),
    Primitive("test_bit_acquire", 2, .testBit, plainBitops),
    Primitive("READ_ONCE", 1, .readOnce, "include/asm-generic/rwonce.h"),
    Primitive("WRITE_ONCE", 2, .writeOnce, "include/asm-generic/rwonce.h"),
    Primitive("likely", 1, .truthOfArgument, "include/linux/compiler.h"),
    Primitive("unlikely", 1, .truthOfArgument, "include/linux/compiler.h"),
  ]

  private static let pages: [Primitive] = [
    Primitive("compound_head", 1, .identity(.compoundHead), flags),
    Primitive("page_folio", 1, .identity(.folioOfPage), flags),
    Primitive("folio_page", 2, .identity(.following), flags),
    Primitive("nth_page", 2, .identity(.following), mm),
    Primitive("PageHuge", 1, .identity(.isHuge), "mm/hugetlb.c"),
    Primitive("folio_test_hugetlb", 1, .folioProperty(.isHuge), flags),
    Primitive("PageHead", 1, .identity(.isHead), flags),
    Primitive("PageTail", 1, .identity(.isTail), flags),
    Primitive("PageCompound", 1, .identity(.isCompound), flags),
    Primitive("compound_nr", 1, .identity(.count), mm),
    Primitive("folio_nr_pages", 1, .folioProperty(.count), mm),
    Primitive("compound_order", 1, .identity(.order), mm),
    Primitive("folio_order", 1, .folioProperty(.order), mm),
    Primitive("page_size", 1, .identity(.bytes), mm),
    Primitive("folio_size", 1, .folioProperty(.bytes), mm),
    Primitive("page_to_pfn", 1, .identity(.frameOfPage), "include/asm-generic/memory_model.h"),
    Primitive("folio_pfn", 1, .identity(.frameOfPage), mm),
    Primitive("pfn_to_page", 1, .identity(.pageOfFrame), "include/asm-generic/memory_model.h"),
    Primitive("pfn_folio", 1, .identity(.folioOfFrame), mm),
    Primitive("pte_page", 1, .identity(.pageOfPTE), pgtable),
    Primitive("pte_pfn", 1, .identity(.frameOfPTE), pgtable),
  ]

  /// Addresses of the memory that a struct page describes; none of them is an address of a struct page.
  private static let addresses: [Primitive] = [
    Primitive("page_address", 1, .fresh(.opaquePointer), mm),
    Primitive("lowmem_page_address", 1, .fresh(.opaquePointer), mm),
    Primitive("folio_address", 1, .fresh(.opaquePointer), mm),
    Primitive("page_to_virt", 1, .fresh(.opaquePointer), mm),
    Primitive("page_to_phys", 1, .fresh(.unsignedLong), "include/asm-generic/memory_model.h"),
    Primitive("__pa", 1, .fresh(.unsignedLong), "include/asm-generic/page.h"),
    Primitive("__va", 1, .fresh(.opaquePointer), "include/asm-generic/page.h"),
    Primitive("virt_to_phys", 1, .fresh(.unsignedLong), "include/asm-generic/io.h"),
    Primitive("phys_to_virt", 1, .fresh(.opaquePointer), "include/asm-generic/io.h"),
    Primitive("kmap", 1, .fresh(.opaquePointer), highmem),
    Primitive("kmap_atomic", 1, .fresh(.opaquePointer), highmem),
    Primitive("kmap_atomic_pfn", 1, .fresh(.opaquePointer), highmem),
    Primitive("kmap_local_page", 1, .fresh(.opaquePointer), highmem),
    Primitive("kmap_local_folio", 2, .fresh(.opaquePointer), highmem),
    Primitive("kmap_local_pfn", 1, .fresh(.opaquePointer), highmem),
    Primitive("kunmap", 1, .fresh(.void), highmem),
    Primitive("kunmap_atomic", 1, .fresh(.void), highmem),
    Primitive("kunmap_local", 1, .fresh(.void), highmem),
  ]

  private static let predicates: [Primitive] = [
    Primitive("page_mapping", 1, .fresh(.opaquePointer), "mm/util.c"),
    Primitive("page_mapping_file", 1, .fresh(.opaquePointer), pagemap),
    Primitive("page_file_mapping", 1, .fresh(.opaquePointer), pagemap),
    Primitive("folio_mapping", 1, .fresh(.opaquePointer), "mm/util.c"),
    Primitive("folio_flush_mapping", 1, .fresh(.opaquePointer), pagemap),
    Primitive("mapping_mapped", 1, .fresh(.int), "include/linux/fs.h"),
    Primitive("page_mapcount", 1, .fresh(.int), mm),
    Primitive("folio_mapcount", 1, .fresh(.int), mm),
    Primitive("page_mapped", 1, .fresh(.bool), mm),
    Primitive("folio_mapped", 1, .fresh(.bool), mm),
    Primitive("page_count", 1, .fresh(.int), "include/linux/page_ref.h"),
    Primitive("PageReserved", 1, .fresh(.bool), flags),
    Primitive("folio_test_reserved", 1, .fresh(.bool), flags),
    Primitive("PageAnon", 1, .fresh(.bool), flags),
    Primitive("folio_test_anon", 1, .fresh(.bool), flags),
    Primitive("PageHighMem", 1, .fresh(.bool), flags),
    Primitive("folio_test_highmem", 1, .fresh(.bool), flags),
    Primitive("PageSwapCache", 1, .fresh(.bool), flags),
    Primitive("is_vm_hugetlb_page", 1, .fresh(.bool), "include/linux/hugetlb_inline.h"),
    Primitive("is_zero_pfn", 1, .fresh(.bool), pgtable),
    Primitive("pfn_valid", 1, .fresh(.bool), "include/linux/mmzone.h"),
    Primitive("pte_no_exec", 1, .fresh(.bool), "arch/mips/include/asm/pgtable.h"),
    Primitive("__pte", 1, .fresh(.pte), "include/asm-generic/page.h"),
    Primitive("pte_val", 1, .fresh(.unsignedLong), pgtable),
    Primitive("pte_present", 1, .fresh(.bool), pgtable),
    Primitive("pte_none", 1, .fresh(.bool), pgtable),
    Primitive("pte_exec", 1, .fresh(.bool), pgtable),
    Primitive("pte_user", 1, .fresh(.bool), pgtable),
    Primitive("pte_user_exec", 1, .fresh(.bool), "arch/arm64/include/asm/pgtable.h"),
    Primitive("pte_present_user", 1, .fresh(.bool), "arch/arm64/include/asm/pgtable.h"),
    Primitive("pte_valid", 1, .fresh(.bool), pgtable),
    Primitive("pte_write", 1, .fresh(.bool), pgtable),
    Primitive("pte_young", 1, .fresh(.bool), pgtable),
    Primitive("pte_dirty", 1, .fresh(.bool), pgtable),
    Primitive("pte_special", 1, .fresh(.bool), pgtable),
    Primitive("pte_tagged", 1, .fresh(.bool), "arch/arm64/include/asm/pgtable.h"),
    Primitive("smp_processor_id", 0, .fresh(.int), "include/linux/smp.h"),
    Primitive("raw_smp_processor_id", 0, .fresh(.int), "include/linux/smp.h"),
    Primitive("get_cpu", 0, .fresh(.int), "include/linux/smp.h"),
    Primitive("put_cpu", 0, .fresh(.void), "include/linux/smp.h"),
    Primitive("in_interrupt", 0, .fresh(.int), "include/linux/preempt.h"),
    Primitive("in_atomic", 0, .fresh(.int), "include/linux/preempt.h"),
    Primitive("irqs_disabled", 0, .fresh(.int), "include/linux/irqflags.h"),
  ]

  /// Facts that the kernel spells as plain names.
  static let factNames: [String: CType] = [
    "current": .opaquePointer,  // include/asm-generic/current.h
    "cpu_has_dc_aliases": .int,  // arch/mips/include/asm/cpu-features.h
    "cpu_has_ic_fills_f_dc": .int,  // arch/mips/include/asm/cpu-features.h
    "cpu_icache_snoops_remote_store": .int,  // arch/mips/include/asm/cpu-features.h
  ]

  private static let facts: [Primitive] = [
    Primitive("ZERO_PAGE", 1, .stable(.pagePointer), pgtable),
    Primitive("static_branch_likely", 1, .staticKey, "include/linux/jump_label.h"),
    Primitive("static_branch_unlikely", 1, .staticKey, "include/linux/jump_label.h"),
    Primitive("static_branch_maybe", 2, .stable(.int), "include/linux/jump_label.h"),
    Primitive("static_key_enabled", 1, .staticKey, "include/linux/jump_label.h"),
    Primitive("cpu_has_feature", 1, .stable(.int), "arch/powerpc/include/asm/cpu_has_feature.h"),
    Primitive("mmu_has_feature", 1, .stable(.int), "arch/powerpc/include/asm/mmu.h"),
    Primitive("radix_enabled", 0, .stable(.int), "arch/powerpc/include/asm/mmu.h"),
    Primitive("cpus_have_cap", 1, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    Primitive("cpus_have_const_cap", 1, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    Primitive("cpus_have_final_cap", 1, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    Primitive("alternative_has_cap_likely", 1, .stable(.int), "arch/arm64/include/asm/alternative-macros.h"),
    Primitive("alternative_has_cap_unlikely", 1, .stable(.int), "arch/arm64/include/asm/alternative-macros.h"),
    Primitive("system_supports_mte", 0, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    Primitive("icache_is_aliasing", 0, .stable(.int), "arch/arm64/include/asm/cache.h"),
    Primitive("icache_is_vpipt", 0, .stable(.int), "arch/arm64/include/asm/cache.h"),
    Primitive("riscv_has_extension_likely", 1, .stable(.int), "arch/riscv/include/asm/cpufeature.h"),
    Primitive("riscv_has_extension_unlikely", 1, .stable(.int), "arch/riscv/include/asm/cpufeature.h"),
    Primitive("cache_is_vivt", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    Primitive("cache_is_vipt", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    Primitive("cache_is_vipt_nonaliasing", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    Primitive("cache_is_vipt_aliasing", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    Primitive("cache_ops_need_broadcast", 0, .stable(.int), "arch/arm/include/asm/smp_plat.h"),
    Primitive("icache_is_pipt", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    Primitive("cpu_dcache_is_aliasing", 0, .stable(.int), "include/linux/cacheinfo.h"),
    Primitive("parisc_requires_coherency", 0, .stable(.int), "arch/parisc/include/asm/processor.h"),
    Primitive("IS_ERR", 1, .fresh(.bool), "include/linux/err.h"),
  ]

  private static let withoutEffect: [Primitive] =
    ["barrier", "mb", "rmb", "wmb", "smp_mb", "smp_rmb", "smp_wmb", "dma_wmb", "dma_rmb", "isb", "cpu_relax"]
    .map { Primitive($0, 0, .fresh(.void), barriers) }
    + ["smp_mb__before_atomic", "smp_mb__after_atomic"].map { Primitive($0, 0, .fresh(.void), barriers) }
    + ["preempt_disable", "preempt_enable", "preempt_enable_no_resched", "migrate_disable", "migrate_enable"]
    .map { Primitive($0, 0, .fresh(.void), "include/linux/preempt.h") }
    + ["pagefault_disable", "pagefault_enable"].map { Primitive($0, 0, .fresh(.void), "include/linux/uaccess.h") }
    + ["local_irq_disable", "local_irq_enable"].map { Primitive($0, 0, .fresh(.void), "include/linux/irqflags.h") }
    + ["might_sleep", "dump_stack", "BUG"].map { Primitive($0, 0, .fresh(.void), "include/linux/kernel.h") }
    + ["WARN_ON", "WARN_ON_ONCE", "VM_WARN_ON", "VM_WARN_ON_ONCE"].map { Primitive($0, 1, .truthOfArgument, bug) }
    + ["BUG_ON", "VM_BUG_ON"].map { Primitive($0, 1, .fresh(.void), bug) }
    + ["WARN", "WARN_ONCE"].map { Primitive($0, 1...16, .truthOfArgument, bug) }
    + ["VM_BUG_ON_PAGE", "VM_BUG_ON_FOLIO"].map { Primitive($0, 2, .fresh(.void), "include/linux/mmdebug.h") }
    + ["VM_WARN_ON_ONCE_PAGE", "VM_WARN_ON_ONCE_FOLIO", "VM_WARN_ON_FOLIO"]
    .map { Primitive($0, 2, .truthOfArgument, "include/linux/mmdebug.h") }
    + ["printk", "pr_debug", "pr_info", "pr_warn", "pr_err", "pr_warn_once", "pr_err_once", "pr_info_once"]
    .map { Primitive($0, 1...16, .fresh(.void), "include/linux/printk.h") }
    + ["spin_lock", "spin_unlock", "spin_lock_irq", "spin_unlock_irq", "raw_spin_lock", "raw_spin_unlock"]
    .map { Primitive($0, 1, .objectOnly, lock) }
    + ["read_lock", "read_unlock", "mutex_lock", "mutex_unlock"].map { Primitive($0, 1, .objectOnly, lock) }
    + ["flush_dcache_mmap_lock", "flush_dcache_mmap_unlock", "i_mmap_lock_read", "i_mmap_unlock_read"]
    .map { Primitive($0, 1, .fresh(.void), "include/asm-generic/cacheflush.h") }
}
