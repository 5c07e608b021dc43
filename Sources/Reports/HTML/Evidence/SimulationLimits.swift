/// What the simulation leaves out: every report that says `ok` to strangers says this too. README.md has the same list.
enum SimulationLimits {
  static let all = [
    "other writers of struct pages than flush_dcache_page() and the path that sets PG_dcache_clean: memory-failure, "
      + "migration, drivers; the generic flush_dcache_folio(), which in 6.1 loops over head and tails",
    "BUG(), BUG_ON() and VM_BUG_ON(): they neither end a run nor count against the code that reaches them",
    "concurrency: TLB state of other CPUs, locks, lockless readers of the page tables, races with memory hotplug",
    "`live_pte_replace` is believed, not derived; so is what `calls:` declares (the report says `trusted:`)",
    "LPA2 and other formats whose output address is split, KASLR of the vmemmap, altmap and memmap_on_memory",
    "Kconfig beyond the symbols that a descriptor names; kernel trees are not read, `at:` lines are not compared with one",
    "DAX, which uses the same trick for its own struct pages",
  ]
}
