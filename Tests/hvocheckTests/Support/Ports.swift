/// Descriptors that the tests write; all of a port that exists nowhere.
enum Ports {
  /// A port with 4K pages and PAGE_KERNEL_RO whose flush acts on the struct page it is given.
  static func toy(
    selects symbols: [String] = [], version: String = "v6.12.117", flush: String = unfixedFlush,
    more: String = ""
  ) -> String {
    let selects = symbols.map { "\n  - {symbol: \($0), at: arch/toy/Kconfig:7}" }.joined()
    return """
      schema: hvo/arch/v1
      arch: toy
      title: A port that exists nowhere
      source: {version: \(version)}
      config: {MMU: y, 64BIT: y, HUGETLBFS: y, SPARSEMEM_VMEMMAP: y}
      select:
        - {symbol: SPARSEMEM_VMEMMAP_ENABLE, at: arch/toy/Kconfig:30}\(selects)
      define:
        - {macro: ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE, value: 1, at: arch/toy/include/asm/cacheflush.h:20}
      page_flags: {PG_dcache_clean: PG_arch_1}
      struct_page: {size: 64}
      page_kernel_ro: y
      live_pte_replace: allowed
      section_size: 128M
      page_size: 4K
      page_table: {PGD: 39, PUD: 30, PMD: 21, PTE: 12}
      vmemmap: {start: 0xffffea0000000000, size: 1T, base: zero}
      vmemmap_leaf: [PTE, PMD]
      hugepages: [2M]
      flush_dcache_page:
        at: arch/toy/mm/flush.c:40
        body: |
      \(flush)
      icache_sync:
        body: |
          struct page *page = compound_head(pte_page(pte));
          if (!test_bit(PG_dcache_clean, &page->flags))
              set_bit(PG_dcache_clean, &page->flags);
      \(more)
      """
  }

  /// Clears the flag of the struct page that it is given.
  static let unfixedFlush = """
        if (test_bit(PG_dcache_clean, &page->flags))
            clear_bit(PG_dcache_clean, &page->flags);
    """

  /// Clears the flag of the head.
  static let fixedFlush = "    page = compound_head(page);\n" + unfixedFlush

  /// The opt-in symbol of v6.12.
  static let optIn = "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP"
}
