import Architectures
import Diagnostics
import Policy
import ShippedKernels
import Simulation

/// A matrix of ports that exist nowhere: one of each word, and names that no format may take for its own.
enum MatrixSample {
  private struct OneFile: SourceProvider {
    var file: SourceFile

    func read(_ path: String) throws(Diagnostic) -> SourceFile {
      guard path == file.path else { throw Diagnostic(id: "FILE001", "no file \(path)", at: nil) }
      return file
    }
  }

  private static let given = "if (test_bit(PG_dcache_clean, &page->flags)) clear_bit(PG_dcache_clean, &page->flags);"
  private static let head = "page = compound_head(page);\n        " + given

  static func source(
    _ name: String, arch: String = "toy", selects: Bool = true, structPage: String = "size: 64",
    replace: String = "allowed", hugepages: String = "64K, 2M", version: String = "v6.12.117", flush: String = given
  ) -> SourceFile {
    SourceFile(
      path: "ports/\(name).yaml",
      text: """
        schema: hvo/arch/v1
        arch: \(arch)
        source: {version: \(version), tree: "https://example.org/linux.git", commit: 0123456789ab}
        config: {MMU: y, 64BIT: y, HUGETLBFS: y, SPARSEMEM_VMEMMAP: y}
        select: [{symbol: SPARSEMEM_VMEMMAP_ENABLE}\(selects ? ", {symbol: ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP}" : "")]
        define: [{macro: ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE, value: 1}]
        page_flags: {PG_dcache_clean: PG_arch_1}
        struct_page: {\(structPage)}
        page_kernel_ro: y
        live_pte_replace: {value: \(replace), at: "arch/\(arch)/mm/mmu.c:10"}
        section_size: 128M
        page_size: 4K
        page_table: {PGD: 39, PUD: 30, PMD: 21, PTE: 12}
        vmemmap: {start: 0xffffea0000000000, size: 1T, base: zero}
        vmemmap_leaf: [PTE, PMD]
        hugepages: [\(hugepages)]
        flush_dcache_page:
          at: arch/\(arch)/mm/flush.c:40
          body: |
            \(flush)
        icache_sync:
          body: |
            struct page *page = compound_head(pte_page(pte));
            if (!test_bit(PG_dcache_clean, &page->flags)) set_bit(PG_dcache_clean, &page->flags);

        """)
  }

  static let sources = [
    source("good", flush: head), source("bad", arch: "bad"), source("off", arch: "offline", selects: false),
    source("forbidden", arch: "strict", selects: false, replace: "forbidden", flush: head),
    source("unknown", arch: "dark", replace: "unknown", flush: head),
    source("small", arch: "small", hugepages: "64K", flush: head),
    source("silent", structPage: "sizes: [{size: 64, if: MEMCG}, {size: 56, if: \"!MEMCG\"}]", flush: head),
    source("old", arch: "offline", selects: false, version: "v5.17", flush: head),
  ]

  static func catalog() throws -> KernelCatalog {
    try KernelCatalogReader.read(SourceFile(path: ShippedKernels.path, text: ShippedKernels.text))
  }

  static func checker() throws -> Checker {
    Checker(rules: try Sample.rules(), catalog: try catalog())
  }

  static func architecture(_ source: SourceFile) throws -> Architecture {
    let descriptor = try DescriptorLoader(sources: OneFile(file: source)).load(source.path)
    return try ArchitectureReader(catalog: try catalog()).read(descriptor)[0]
  }

  static func matrix(by grouping: Matrix.Grouping) throws -> Matrix {
    try grouping == .architecture ? byArchitecture.get() : byHugepage.get()
  }

  // Made once: every test looks at the same.
  private static let byArchitecture = Result { try made(by: .architecture) }
  private static let byHugepage = Result { try made(by: .hugepage) }

  private static func made(by grouping: Matrix.Grouping) throws -> Matrix {
    let checker = try checker()
    var checked = try sources.map { try checker.check(architecture($0)) }
    // What a file can be named, if somebody wants to.
    checked[0].architecture.name = "=cmd|'x'!A1, \"*a*_b_\" [c](d) <e>\u{1B}[31m"
    return MatrixBuilder(checker: checker) { $0.rule == "HVO002" }.matrix(
      of: checked, by: grouping, stamp: .init(toolVersion: "0.0.0", rules: 13, digest: "0123456789abcdef"))
  }
}
