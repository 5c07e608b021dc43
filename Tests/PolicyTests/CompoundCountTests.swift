import Policy
import Testing

/// Code in front of the flag operations that counts base pages, on kernels that count them differently.
struct CompoundCountTests {
  @Test(
    arguments: [
      // In v6.1 a fake head, which shows the head's flag, counts as one page (include/linux/mm.h compound_order()).
      ("v6.1.15", "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP", Verdict.fail),
      ("v6.12.117", "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP", .ok),
    ],
    ["compound_nr(page) > 1", "compound_order(page)", "page_size(page) > PAGE_SIZE"])
  func `whether counting pages keeps a fake head from faulting depends on the kernel`(
    kernel: (version: String, symbol: String, verdict: Verdict), condition: String
  ) throws {
    let port = try Port(
      version: kernel.version, selects: ["{symbol: \(kernel.symbol)}"],
      flush: "if (\(condition)) return;\n" + Body.givenPage
    ).checked()
    #expect(port.verdicts.map(\.flush) == [kernel.verdict])
  }
}
