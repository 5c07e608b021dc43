/// The kernel functions that this front end knows: one line each, with the kernel file that defines it.
enum KernelFunctionTable {
  static let byName: [String: KernelFunction] = Dictionary(
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

  private static let all: [KernelFunction] = bits + pages + addresses + predicates + facts + withoutEffect

  private static let bits: [KernelFunction] = [
    KernelFunction("set_bit", 2, .modifyBit(.set, returnsOldBit: false), bitops),
    KernelFunction("clear_bit", 2, .modifyBit(.clear, returnsOldBit: false), bitops),
    KernelFunction("change_bit", 2, .modifyBit(.change, returnsOldBit: false), bitops),
    KernelFunction("test_and_set_bit", 2, .modifyBit(.set, returnsOldBit: true), bitops),
    KernelFunction("test_and_clear_bit", 2, .modifyBit(.clear, returnsOldBit: true), bitops),
    KernelFunction("test_and_change_bit", 2, .modifyBit(.change, returnsOldBit: true), bitops),
    KernelFunction("__set_bit", 2, .modifyBit(.set, returnsOldBit: false), plainBitops),
    KernelFunction("__clear_bit", 2, .modifyBit(.clear, returnsOldBit: false), plainBitops),
    KernelFunction("__change_bit", 2, .modifyBit(.change, returnsOldBit: false), plainBitops),
    KernelFunction("__test_and_set_bit", 2, .modifyBit(.set, returnsOldBit: true), plainBitops),
    KernelFunction("__test_and_clear_bit", 2, .modifyBit(.clear, returnsOldBit: true), plainBitops),
    KernelFunction("__test_and_change_bit", 2, .modifyBit(.change, returnsOldBit: true), plainBitops),
    KernelFunction("test_bit", 2, .testBit, plainBitops),
    KernelFunction("test_bit_acquire", 2, .testBit, plainBitops),
    KernelFunction("READ_ONCE", 1, .readOnce, "include/asm-generic/rwonce.h"),
    KernelFunction("WRITE_ONCE", 2, .writeOnce, "include/asm-generic/rwonce.h"),
    KernelFunction("likely", 1, .truthOfArgument, "include/linux/compiler.h"),
    KernelFunction("unlikely", 1, .truthOfArgument, "include/linux/compiler.h"),
  ]

  private static let pages: [KernelFunction] = [
    KernelFunction("compound_head", 1, .identity(.compoundHead), flags),
    KernelFunction("page_folio", 1, .identity(.folioOfPage), flags),
    KernelFunction("folio_page", 2, .identity(.following), flags),
    KernelFunction("nth_page", 2, .identity(.following), mm),
    KernelFunction("PageHuge", 1, .identity(.isHuge), "mm/hugetlb.c"),
    KernelFunction("folio_test_hugetlb", 1, .folioProperty(.isHuge), flags),
    KernelFunction("PageHead", 1, .identity(.isHead), flags),
    KernelFunction("PageTail", 1, .identity(.isTail), flags),
    KernelFunction("PageCompound", 1, .identity(.isCompound), flags),
    KernelFunction("compound_nr", 1, .identity(.count), mm),
    KernelFunction("folio_nr_pages", 1, .folioProperty(.count), mm),
    KernelFunction("compound_order", 1, .identity(.order), mm),
    KernelFunction("folio_order", 1, .folioProperty(.order), mm),
    KernelFunction("page_size", 1, .identity(.bytes), mm),
    KernelFunction("folio_size", 1, .folioProperty(.bytes), mm),
    KernelFunction("page_to_pfn", 1, .identity(.frameOfPage), "include/asm-generic/memory_model.h"),
    KernelFunction("folio_pfn", 1, .identity(.frameOfPage), mm),
    KernelFunction("pfn_to_page", 1, .identity(.pageOfFrame), "include/asm-generic/memory_model.h"),
    KernelFunction("pfn_folio", 1, .identity(.folioOfFrame), mm),
    KernelFunction("pte_page", 1, .identity(.pageOfPTE), pgtable),
    KernelFunction("pte_pfn", 1, .identity(.frameOfPTE), pgtable),
  ]

  /// Addresses of the memory that a struct page describes; none of them is an address of a struct page.
  private static let addresses: [KernelFunction] = [
    KernelFunction("page_address", 1, .fresh(.opaquePointer), mm),
    KernelFunction("lowmem_page_address", 1, .fresh(.opaquePointer), mm),
    KernelFunction("folio_address", 1, .fresh(.opaquePointer), mm),
    KernelFunction("page_to_virt", 1, .fresh(.opaquePointer), mm),
    KernelFunction("page_to_phys", 1, .fresh(.unsignedLong), "include/asm-generic/memory_model.h"),
    KernelFunction("__pa", 1, .fresh(.unsignedLong), "include/asm-generic/page.h"),
    KernelFunction("__va", 1, .fresh(.opaquePointer), "include/asm-generic/page.h"),
    KernelFunction("virt_to_phys", 1, .fresh(.unsignedLong), "include/asm-generic/io.h"),
    KernelFunction("phys_to_virt", 1, .fresh(.opaquePointer), "include/asm-generic/io.h"),
    KernelFunction("kmap", 1, .fresh(.opaquePointer), highmem),
    KernelFunction("kmap_atomic", 1, .fresh(.opaquePointer), highmem),
    KernelFunction("kmap_atomic_pfn", 1, .fresh(.opaquePointer), highmem),
    KernelFunction("kmap_local_page", 1, .fresh(.opaquePointer), highmem),
    KernelFunction("kmap_local_folio", 2, .fresh(.opaquePointer), highmem),
    KernelFunction("kmap_local_pfn", 1, .fresh(.opaquePointer), highmem),
    KernelFunction("kunmap", 1, .fresh(.void), highmem),
    KernelFunction("kunmap_atomic", 1, .fresh(.void), highmem),
    KernelFunction("kunmap_local", 1, .fresh(.void), highmem),
  ]

  private static let predicates: [KernelFunction] = [
    KernelFunction("page_mapping", 1, .fresh(.opaquePointer), "mm/util.c"),
    KernelFunction("page_mapping_file", 1, .fresh(.opaquePointer), pagemap),
    KernelFunction("page_file_mapping", 1, .fresh(.opaquePointer), pagemap),
    KernelFunction("folio_mapping", 1, .fresh(.opaquePointer), "mm/util.c"),
    KernelFunction("folio_flush_mapping", 1, .fresh(.opaquePointer), pagemap),
    KernelFunction("mapping_mapped", 1, .fresh(.int), "include/linux/fs.h"),
    KernelFunction("page_mapcount", 1, .fresh(.int), mm),
    KernelFunction("folio_mapcount", 1, .fresh(.int), mm),
    KernelFunction("page_mapped", 1, .fresh(.bool), mm),
    KernelFunction("folio_mapped", 1, .fresh(.bool), mm),
    KernelFunction("page_count", 1, .fresh(.int), "include/linux/page_ref.h"),
    KernelFunction("PageReserved", 1, .fresh(.bool), flags),
    KernelFunction("folio_test_reserved", 1, .fresh(.bool), flags),
    KernelFunction("PageAnon", 1, .fresh(.bool), flags),
    KernelFunction("folio_test_anon", 1, .fresh(.bool), flags),
    KernelFunction("PageHighMem", 1, .fresh(.bool), flags),
    KernelFunction("folio_test_highmem", 1, .fresh(.bool), flags),
    KernelFunction("PageSwapCache", 1, .fresh(.bool), flags),
    KernelFunction("is_vm_hugetlb_page", 1, .fresh(.bool), "include/linux/hugetlb_inline.h"),
    KernelFunction("is_zero_pfn", 1, .fresh(.bool), pgtable),
    KernelFunction("pfn_valid", 1, .fresh(.bool), "include/linux/mmzone.h"),
    KernelFunction("pte_no_exec", 1, .fresh(.bool), "arch/mips/include/asm/pgtable.h"),
    KernelFunction("__pte", 1, .fresh(.pte), "include/asm-generic/page.h"),
    KernelFunction("pte_val", 1, .fresh(.unsignedLong), pgtable),
    KernelFunction("pte_present", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_none", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_exec", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_user", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_user_exec", 1, .fresh(.bool), "arch/arm64/include/asm/pgtable.h"),
    KernelFunction("pte_present_user", 1, .fresh(.bool), "arch/arm64/include/asm/pgtable.h"),
    KernelFunction("pte_valid", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_write", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_young", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_dirty", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_special", 1, .fresh(.bool), pgtable),
    KernelFunction("pte_tagged", 1, .fresh(.bool), "arch/arm64/include/asm/pgtable.h"),
    KernelFunction("smp_processor_id", 0, .fresh(.int), "include/linux/smp.h"),
    KernelFunction("raw_smp_processor_id", 0, .fresh(.int), "include/linux/smp.h"),
    KernelFunction("get_cpu", 0, .fresh(.int), "include/linux/smp.h"),
    KernelFunction("put_cpu", 0, .fresh(.void), "include/linux/smp.h"),
    KernelFunction("in_interrupt", 0, .fresh(.int), "include/linux/preempt.h"),
    KernelFunction("in_atomic", 0, .fresh(.int), "include/linux/preempt.h"),
    KernelFunction("irqs_disabled", 0, .fresh(.int), "include/linux/irqflags.h"),
  ]

  /// Facts that the kernel spells as plain names.
  static let factNames: [String: CType] = [
    "current": .opaquePointer,  // include/asm-generic/current.h
    "cpu_has_dc_aliases": .int,  // arch/mips/include/asm/cpu-features.h
    "cpu_has_ic_fills_f_dc": .int,  // arch/mips/include/asm/cpu-features.h
    "cpu_icache_snoops_remote_store": .int,  // arch/mips/include/asm/cpu-features.h
  ]

  private static let facts: [KernelFunction] = [
    KernelFunction("ZERO_PAGE", 1, .stable(.pagePointer), pgtable),
    KernelFunction("static_branch_likely", 1, .staticKey, "include/linux/jump_label.h"),
    KernelFunction("static_branch_unlikely", 1, .staticKey, "include/linux/jump_label.h"),
    KernelFunction("static_branch_maybe", 2, .stable(.int), "include/linux/jump_label.h"),
    KernelFunction("static_key_enabled", 1, .staticKey, "include/linux/jump_label.h"),
    KernelFunction("cpu_has_feature", 1, .stable(.int), "arch/powerpc/include/asm/cpu_has_feature.h"),
    KernelFunction("mmu_has_feature", 1, .stable(.int), "arch/powerpc/include/asm/mmu.h"),
    KernelFunction("radix_enabled", 0, .stable(.int), "arch/powerpc/include/asm/mmu.h"),
    KernelFunction("cpus_have_cap", 1, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    KernelFunction("cpus_have_const_cap", 1, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    KernelFunction("cpus_have_final_cap", 1, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    KernelFunction("alternative_has_cap_likely", 1, .stable(.int), "arch/arm64/include/asm/alternative-macros.h"),
    KernelFunction("alternative_has_cap_unlikely", 1, .stable(.int), "arch/arm64/include/asm/alternative-macros.h"),
    KernelFunction("system_supports_mte", 0, .stable(.int), "arch/arm64/include/asm/cpufeature.h"),
    KernelFunction("icache_is_aliasing", 0, .stable(.int), "arch/arm64/include/asm/cache.h"),
    KernelFunction("icache_is_vpipt", 0, .stable(.int), "arch/arm64/include/asm/cache.h"),
    KernelFunction("riscv_has_extension_likely", 1, .stable(.int), "arch/riscv/include/asm/cpufeature.h"),
    KernelFunction("riscv_has_extension_unlikely", 1, .stable(.int), "arch/riscv/include/asm/cpufeature.h"),
    KernelFunction("cache_is_vivt", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    KernelFunction("cache_is_vipt", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    KernelFunction("cache_is_vipt_nonaliasing", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    KernelFunction("cache_is_vipt_aliasing", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    KernelFunction("cache_ops_need_broadcast", 0, .stable(.int), "arch/arm/include/asm/smp_plat.h"),
    KernelFunction("icache_is_pipt", 0, .stable(.int), "arch/arm/include/asm/cachetype.h"),
    KernelFunction("cpu_dcache_is_aliasing", 0, .stable(.int), "include/linux/cacheinfo.h"),
    KernelFunction("parisc_requires_coherency", 0, .stable(.int), "arch/parisc/include/asm/processor.h"),
    KernelFunction("IS_ERR", 1, .fresh(.bool), "include/linux/err.h"),
  ]

  private static let withoutEffect: [KernelFunction] =
    ["barrier", "mb", "rmb", "wmb", "smp_mb", "smp_rmb", "smp_wmb", "dma_wmb", "dma_rmb", "isb", "cpu_relax"]
    .map { KernelFunction($0, 0, .fresh(.void), barriers) }
    + ["smp_mb__before_atomic", "smp_mb__after_atomic"].map { KernelFunction($0, 0, .fresh(.void), barriers) }
    + ["preempt_disable", "preempt_enable", "preempt_enable_no_resched", "migrate_disable", "migrate_enable"]
    .map { KernelFunction($0, 0, .fresh(.void), "include/linux/preempt.h") }
    + ["pagefault_disable", "pagefault_enable"].map { KernelFunction($0, 0, .fresh(.void), "include/linux/uaccess.h") }
    + ["local_irq_disable", "local_irq_enable"].map { KernelFunction($0, 0, .fresh(.void), "include/linux/irqflags.h") }
    + ["might_sleep", "dump_stack", "BUG"].map { KernelFunction($0, 0, .fresh(.void), "include/linux/kernel.h") }
    + ["WARN_ON", "WARN_ON_ONCE", "VM_WARN_ON", "VM_WARN_ON_ONCE"].map { KernelFunction($0, 1, .truthOfArgument, bug) }
    + ["BUG_ON", "VM_BUG_ON"].map { KernelFunction($0, 1, .fresh(.void), bug) }
    + ["WARN", "WARN_ONCE"].map { KernelFunction($0, 1...16, .truthOfArgument, bug) }
    + ["VM_BUG_ON_PAGE", "VM_BUG_ON_FOLIO"].map { KernelFunction($0, 2, .fresh(.void), "include/linux/mmdebug.h") }
    + ["VM_WARN_ON_ONCE_PAGE", "VM_WARN_ON_ONCE_FOLIO", "VM_WARN_ON_FOLIO"]
    .map { KernelFunction($0, 2, .truthOfArgument, "include/linux/mmdebug.h") }
    + ["printk", "pr_debug", "pr_info", "pr_warn", "pr_err", "pr_warn_once", "pr_err_once", "pr_info_once"]
    .map { KernelFunction($0, 1...16, .fresh(.void), "include/linux/printk.h") }
    + ["spin_lock", "spin_unlock", "spin_lock_irq", "spin_unlock_irq", "raw_spin_lock", "raw_spin_unlock"]
    .map { KernelFunction($0, 1, .objectOnly, lock) }
    + ["read_lock", "read_unlock", "mutex_lock", "mutex_unlock"].map { KernelFunction($0, 1, .objectOnly, lock) }
    + ["flush_dcache_mmap_lock", "flush_dcache_mmap_unlock", "i_mmap_lock_read", "i_mmap_unlock_read"]
    .map { KernelFunction($0, 1, .fresh(.void), "include/asm-generic/cacheflush.h") }
}
