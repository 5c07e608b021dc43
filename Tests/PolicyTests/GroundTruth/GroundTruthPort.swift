import Architectures
import Diagnostics

/// The descriptor that a row of the table speaks of. It says what the row says of the kernel, nothing of the verdict.
extension Port {
  /// Why a row cannot be said in a descriptor.
  struct CannotExpress: Error {
    var reason: String
  }

  init(_ row: GroundTruthRow, catalog: KernelCatalog) throws(CannotExpress) {
    self.init()
    extra = ""
    directory = Self.directory(row["arch"])
    (version, patches) = try Self.kernel(row)
    config = Self.config(row)
    hugepages = [row["huge_page"]]
    structPage = "size: \(row["sizeof_struct_page"])"
    pageKernelReadOnly = row["tail_mapping"] == "ro"
    livePTEReplace = row["bbm_rule"]
    layout = try Self.layout(row)
    guard let body = Self.flushBodies[row["flush_form"]] else {
      throw CannotExpress(reason: "flush form '\(row["flush_form"])'")
    }
    let isImplemented = row["arch_implements_flush"] == "1"
    defines = ["{macro: ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE, value: \(isImplemented ? 1 : 0)}"]
    // A function that the architecture has, but which does nothing on the row's machine, is a function.
    flush = isImplemented ? body : nil
    icacheSync = isImplemented ? Self.icacheSync(row) : nil
    let gate = try Self.predicate(of: version, patches: patches, catalog: catalog)
    let isPatch = row["tree_or_commit"].contains("20220331065640.5777-2")
    if isImplemented, isPatch || row["kernel"] == "v5.19", let gate {
      // The patch itself, and the release that took it, ask first whether HVO is on.
      flush = body.replacing("PageHuge(page)", with: "\(gate)() && PageHuge(page)")
    }
    selects = try Self.selects(row, version: version, patches: patches, catalog: catalog)
  }

  private static func directory(_ arch: String) -> String {
    let names = [
      "x86_64": "x86", "riscv64": "riscv", "riscv32": "riscv", "loongarch64": "loongarch", "loongarch32": "loongarch",
      "s390x": "s390", "powerpc64": "powerpc", "sparc64": "sparc", "mips64": "mips",
    ]
    return names[arch] ?? String(arch.prefix { $0.isLetter || $0.isNumber })
  }

  private static let patch = "20220331065640.5777-1-songmuchun@bytedance.com"

  private static func kernel(
    _ row: GroundTruthRow
  ) throws(CannotExpress) -> (version: String, patches: [String]) {
    // The table also names ranges and trees between releases; the release meant is the one whose code the row judges.
    let named = [
      "v5.18+patch v4": "v5.18", "v7.1 design": "v7.1", "linux-mm 2026": "v7.1", "v6.2/6.3": "v6.2",
      "v6.19/7.0": "v7.0",
    ]
    let version = named[row["kernel"]] ?? row["kernel"]
    guard KernelVersion(version) != nil else { throw CannotExpress(reason: "kernel '\(row["kernel"])'") }
    // Before v5.19 there is a symbol to be selected only where the series' first patch is applied.
    let needsPatch = version == "v5.18" && row["arch"] != "x86_64" && wantsOptIn(row)
    return (version, needsPatch ? [patch] : [])
  }

  private static func wantsOptIn(_ row: GroundTruthRow) -> Bool {
    row["scope"] != "asis" || row["hvo_selected"] == "yes"
  }

  private static func config(_ row: GroundTruthRow) -> String {
    let is64Bit = !row["arch"].hasSuffix("32")
    let own = row["arch"] == "x86_64" ? "X86_64: y, " : ""
    return own
      + "64BIT: \(is64Bit ? "y" : "n"), SPARSEMEM_VMEMMAP: \(row["sparsemem_vmemmap"]), HUGETLBFS: y"
  }

  /// The opt-in symbol of the row's kernel; what the row's architecture really selects where that is another one.
  private static func selects(
    _ row: GroundTruthRow, version: String, patches: [String], catalog: KernelCatalog
  ) throws(CannotExpress) -> [String] {
    let written = row["hvo_symbol"].prefix { $0 != " " }
    if row["hvo_symbol"].contains("undefined symbol") { return ["{symbol: \(written)}"] }
    guard wantsOptIn(row) else { return [] }
    switch try profile(of: version, patches: patches, catalog: catalog).optIn {
    case .condition: return []
    case .symbol(let name):
      guard row["scope"] != "asis" || name == written else {
        throw CannotExpress(reason: "the catalog has \(name) for \(version), the row \(written)")
      }
      return ["{symbol: \(name)}"]
    }
  }

  private static func profile(
    of version: String, patches: [String], catalog: KernelCatalog
  ) throws(CannotExpress) -> KernelProfile {
    guard let number = KernelVersion(version), let profile = catalog.profile(of: number, patches: patches) else {
      throw CannotExpress(reason: "no kernel profile covers \(version)")
    }
    return profile
  }

  private static func predicate(
    of version: String, patches: [String], catalog: KernelCatalog
  ) throws(CannotExpress) -> String? {
    try profile(of: version, patches: patches, catalog: catalog).predicates.keys.sorted()
      .first { $0.hasSuffix("_enabled") }
  }

  private static func layout(_ row: GroundTruthRow) throws(CannotExpress) -> Layout {
    let is32Bit = row["sizeof_struct_page"] == "32"
    let levels: [String: String] = [
      "4K": is32Bit ? "PGD: 22, PTE: 12" : row["arch"] == "s390x" ? "PGD: 31, PMD: 20, PTE: 12" : fourLevels,
      "8K": "PGD: 33, PMD: 23, PTE: 13", "16K": "PGD: 36, PMD: 25, PTE: 14", "64K": "PGD: 42, PMD: 29, PTE: 16",
    ]
    guard let levels = levels[row["base_page"]] else { throw CannotExpress(reason: "pages of \(row["base_page"])") }
    let usesBlocks = row["vmemmap_leaf"].contains("PMD")
    return Layout(
      pageSize: row["base_page"], levels: levels,
      vmemmap: "start: 0xfffff80000000000, size: \(is32Bit ? "1G" : "2T"), base: zero",
      leaves: usesBlocks && !is32Bit ? "PTE, PMD" : "PTE", sectionSize: row["base_page"] == "64K" ? "512M" : "256M")
  }

  private static let fourLevels = "PGD: 39, PUD: 30, PMD: 21, PTE: 12"

  /// The classes of flush_dcache_page() in words of our own; what they do to struct pages is all that counts.
  private static let flushBodies: [String: String] = [
    "none": "return;",
    "data_only": "flush_the_data(page);",
    "page_cond_clear": Body.givenPage,
    "page_uncond": Body.unconditional,
    "page_cond_set": """
    struct address_space *mapping = page_mapping_file(page);
    if (mapping && !mapping_mapped(mapping) && !test_bit(PG_dcache_clean, &page->flags)) {
        set_bit(PG_dcache_clean, &page->flags);
    }
    """,
    "page_uncond_if_unmapped": """
    struct address_space *mapping = page_mapping_file(page);
    if (mapping && !mapping_mapped(mapping)) {
        clear_bit(PG_dcache_clean, &page->flags);
    }
    """,
    "page_mixed_always": """
    struct address_space *mapping = page_mapping_file(page);
    if (mapping && !page_mapcount(page)) {
        clear_bit(PG_dcache_clean, &page->flags);
    } else {
        flush_the_data(page);
        set_bit(PG_dcache_clean, &page->flags);
    }
    """,
    "head_cond_clear": Body.head,
    "folio_cond_clear": """
    struct folio *folio = page_folio(page);
    if (test_bit(PG_dcache_clean, &folio->flags)) {
        clear_bit(PG_dcache_clean, &folio->flags);
    }
    """,
    "folio_uncond": """
    struct folio *folio = page_folio(page);
    clear_bit(PG_dcache_clean, &folio->flags);
    """,
    "folio_mixed": """
    struct folio *folio = page_folio(page);
    struct address_space *mapping = folio_flush_mapping(folio);
    if (mapping && !folio_mapped(folio)) {
        clear_bit(PG_dcache_clean, &folio->flags);
    } else {
        flush_the_data(page);
        set_bit(PG_dcache_clean, &folio->flags);
    }
    """,
  ]

  /// Kernels that take the head in the one function take it in the other.
  private static func icacheSync(_ row: GroundTruthRow) -> String {
    row["arch"] == "arm64" || !row["flush_form"].hasPrefix("page_") ? Body.setOnHead : Body.setOnGivenPage
  }
}
