import Architectures
import Diagnostics
import Policy
import Simulation
import Vmemmap

/// A small port in the words of a descriptor; each test changes what it is about.
struct Port: Sendable {
  var directory = "arm64"
  var version = "v6.1.15"
  var patches: [String] = []
  var config = "ARM64: y, 64BIT: y, SPARSEMEM_VMEMMAP: y, HUGETLBFS: y"
  var selects = ["{symbol: ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP}"]
  var defines = ["{macro: ARCH_IMPLEMENTS_FLUSH_DCACHE_PAGE, value: 1}"]
  var pageFlags: String? = "PG_dcache_clean: PG_arch_1"
  var structPage = "size: 64"
  var pageKernelReadOnly = true
  var livePTEReplace = "allowed"
  var layout = Layout.arm64(pageShift: 12)
  var hugepages = ["2M"]
  var flush: String? = Body.head
  var icacheSync: String? = Body.setOnHead
  /// Lines in the words of a descriptor that the properties above do not have.
  var extra = ""

  /// Does `extra` give the flush?
  var omitsFlush = false

  /// The path under which messages name the descriptor.
  static let path = "ports/port.yaml"

  /// The descriptor.
  var text: String {
    """
    schema: hvo/arch/v1
    arch: \(directory)
    source: {version: \(version), patches: [\(patches.joined(separator: ", "))]}
    config: {\(config)}
    select: [\(selects.joined(separator: ", "))]
    define: [\(defines.joined(separator: ", "))]
    struct_page: {\(structPage)}
    page_kernel_ro: \(pageKernelReadOnly ? "y" : "n")
    live_pte_replace: \(livePTEReplace)
    \(layout.text)
    hugepages: [\(hugepages.joined(separator: ", "))]
    \(pageFlags.map { "page_flags: {\($0)}" } ?? "")
    \(extra)
    \(omitsFlush ? "" : code("flush_dcache_page", flush))
    \(code("icache_sync", icacheSync))

    """
  }

  private func code(_ key: String, _ body: String?) -> String {
    guard let body else { return "\(key): none" }
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
    return "\(key):\n  calls: {flush_the_data: no-store}\n  body: |\n" + lines.joined(separator: "\n")
  }

  /// The architecture as the reader understands it.
  func architecture(_ catalog: KernelCatalog) throws -> Architecture {
    let source = SourceFile(path: Self.path, text: text)
    let descriptor = try DescriptorLoader(sources: OneFile(file: source)).load(Self.path)
    guard let only = descriptor.variants.first, descriptor.variants.count == 1 else {
      throw Diagnostic(id: "TEST", "the port has variants", at: nil)
    }
    return try ArchitectureReader(catalog: catalog).read(only, of: descriptor)
  }

  /// The whole way: descriptor, simulation, rules, verdicts.
  func checked(rules: [Rule]? = nil) throws -> CheckedPort {
    let catalog = try Shipped.catalog()
    let checked = try ArchitectureSimulator(catalog: catalog).simulate(architecture(catalog))
    let rules = try rules ?? Shipped.rules(for: catalog)
    let evaluation = Evaluator(rules: rules, catalog: catalog).evaluate(checked)
    return CheckedPort(
      checked: checked, findings: evaluation.findings, verdicts: evaluation.verdicts)
  }
}

/// What became of a port.
struct CheckedPort {
  var checked: SimulatedArchitecture
  var findings: [Finding]
  var verdicts: [CellVerdict]

  func findings(_ rule: String) -> [Finding] { findings.filter { $0.rule == rule } }

  /// What was seen of the first hugepage size of the first configuration.
  var observation: Observation? { checked.configurations.first?.cells.first?.observation }
}

/// Page-flag code of our own.
enum Body {
  static let givenPage = """
    if (test_bit(PG_dcache_clean, &page->flags)) {
        clear_bit(PG_dcache_clean, &page->flags);
    }
    """
  static let unconditional = "clear_bit(PG_dcache_clean, &page->flags);"
  static let head = """
    if (PageHuge(page)) {
        page = compound_head(page);
    }
    """ + "\n" + givenPage
  static let headWhileEnabled = """
    if (hugetlb_optimize_vmemmap_key() && PageHuge(page)) {
        page = compound_head(page);
    }
    """ + "\n" + givenPage
  static let setOnGivenPage = """
    struct page *page = pte_page(pte);
    if (!test_bit(PG_dcache_clean, &page->flags)) {
        set_bit(PG_dcache_clean, &page->flags);
    }
    """
  static let setOnHead = """
    struct page *page = pte_page(pte);
    if (PageHuge(page)) {
        page = compound_head(page);
    }
    if (!test_bit(PG_dcache_clean, &page->flags)) {
        set_bit(PG_dcache_clean, &page->flags);
    }
    """
}

/// Page tables and vmemmap in the words of a descriptor.
struct Layout: Sendable {
  var pageSize: String
  var levels: String
  var vmemmap: String
  var leaves: String
  var sectionSize = "128M"

  static func arm64(pageShift: Int) -> Layout {
    switch pageShift {
    case 14:
      Layout(
        pageSize: "16K", levels: "PGD: 36, PMD: 25, PTE: 14",
        vmemmap: "start: 0xffffff8000000000, size: 256G, base: memory_start", leaves: "PTE")
    case 16:
      Layout(
        pageSize: "64K", levels: "PGD: 42, PMD: 29, PTE: 16",
        vmemmap: "start: 0xffffffc000000000, size: 128G, base: memory_start", leaves: "PTE", sectionSize: "512M")
    default:
      Layout(
        pageSize: "4K", levels: "PGD: 39, PUD: 30, PMD: 21, PTE: 12",
        vmemmap: "start: 0xfffffc0000000000, size: 2T, base: memory_start", leaves: "PTE, PMD")
    }
  }

  var text: String {
    """
    page_size: \(pageSize)
    page_table: {\(levels)}
    vmemmap: {\(vmemmap)}
    vmemmap_leaf: [\(leaves)]
    section_size: \(sectionSize)
    """
  }
}

/// A provider of a single file.
struct OneFile: SourceProvider {
  var file: SourceFile

  func read(_ path: String) throws(Diagnostic) -> SourceFile {
    guard path == file.path else { throw Diagnostic(id: "FILE001", "no file \(path)", at: nil) }
    return file
  }
}
