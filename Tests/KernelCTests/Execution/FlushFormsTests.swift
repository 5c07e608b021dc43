import KernelC
import Testing

/// The forms in which architectures write page flags, each run on every struct page of an optimised 2 MiB hugepage:
/// 512 struct pages, 64 of them in the kept page, whose frame the read-only pages show again.
@Suite struct FlushFormsTests {
  struct Form: CustomTestStringConvertible, Sendable {
    var name: String
    var body: String
    var declarations: String?
    /// The struct pages on which some path faults, with the flag of the head set or clear.
    var faults: @Sendable (_ structPage: Int, _ isHeadFlagSet: Bool) -> Bool
    var operation: String
    var predicates: [String: Bool] = [:]

    var testDescription: String { name }
  }

  private static let mask: UInt64 = 1 << 14
  private static let condClear =
    "if (test_bit(PG_dcache_clean, &page->flags))\n\tclear_bit(PG_dcache_clean, &page->flags);"

  @Sendable private static func never(_: Int, _: Bool) -> Bool { false }
  @Sendable private static func everyReadOnly(_ index: Int, _: Bool) -> Bool { index >= 64 }

  static let forms: [Form] = [
    Form(
      name: "page_cond_clear", body: condClear, faults: { $0 >= 64 && $0 % 64 == 0 && $1 }, operation: "clear_bit"),
    Form(
      name: "page_uncond", body: "clear_bit(PG_arch_1, &page->flags);", faults: everyReadOnly, operation: "clear_bit"),
    Form(
      name: "page_uncond by accessor macro", body: "SetPageDirtyMark(page);",
      declarations: "#define SetPageDirtyMark(p) set_bit(PG_dcache_dirty, &(p)->flags)", faults: everyReadOnly,
      operation: "set_bit"),
    Form(
      name: "page_cond_set", body: "if (!test_bit(PG_arch_1, &page->flags)) set_bit(PG_arch_1, &page->flags);",
      faults: { $0 >= 64 && !($0 % 64 == 0 && $1) }, operation: "set_bit"),
    Form(
      name: "page_uncond_if_unmapped",
      body: """
        struct address_space *mapping = page_mapping_file(page);

        if (mapping && !mapping_mapped(mapping))
          set_bit(PG_dcache_dirty, &page->flags);
        """, faults: everyReadOnly, operation: "set_bit"),
    Form(
      name: "page_mixed_always",
      body: """
        struct address_space *m = page_mapping_file(page);
        if (m && !page_mapcount(page)) {
          clear_bit(PG_dcache_clean, &page->flags);
        } else {
          flush_all_of_it();
          set_bit(PG_dcache_clean, &page->flags);
        }
        """, faults: everyReadOnly, operation: "clear_bit|set_bit"),
    Form(
      name: "page_test_and", body: "test_and_clear_bit(PG_dcache_clean, &page->flags);", faults: everyReadOnly,
      operation: "test_and_clear_bit"),
    Form(
      name: "page_direct", body: "page->flags &= ~(1UL << PG_dcache_clean);", faults: everyReadOnly,
      operation: "store by 'page->flags &= ~(1UL << PG_dcache_clean)'"),
    Form(
      name: "head_cond_clear", body: "if (PageHuge(page))\n\tpage = compound_head(page);\n" + condClear, faults: never,
      operation: ""),
    Form(
      name: "head_cond_clear, gate open",
      body: "if (hugetlb_free_vmemmap_enabled() && PageHuge(page)) page = compound_head(page);\n" + condClear,
      faults: never, operation: "", predicates: ["hugetlb_free_vmemmap_enabled": true]),
    Form(
      name: "head_cond_clear, gate closed",
      body: "if (hugetlb_free_vmemmap_enabled() && PageHuge(page)) page = compound_head(page);\n" + condClear,
      faults: { $0 >= 64 && $0 % 64 == 0 && $1 }, operation: "clear_bit",
      predicates: ["hugetlb_free_vmemmap_enabled": false]),
    Form(
      name: "head_cond_clear, static key",
      body: "if (static_branch_unlikely(&vmemmap_key) && PageHuge(page)) page = compound_head(page);\n" + condClear,
      faults: never, operation: "", predicates: ["vmemmap_key": true]),
    Form(
      name: "folio_cond_clear", body: "flush_folio(page_folio(page));",
      declarations: """
        #define PG_clean PG_arch_1
        static inline void flush_folio(struct folio *folio)
        {
          if (test_bit(PG_clean, &folio->flags))
            clear_bit(PG_clean, &folio->flags);
        }
        #define flush_folio flush_folio
        """, faults: never, operation: ""),
    Form(
      name: "folio_uncond, flags in a structure",
      body: "struct folio *folio = page_folio(page);\nclear_bit(PG_arch_1, &folio->flags.f);", faults: never,
      operation: ""),
    Form(
      name: "every page of the folio",
      body: """
        struct folio *folio = page_folio(page);
        long i, nr = folio_nr_pages(folio);
        for (i = 0; i < nr; i++)
          clear_bit(PG_dcache_clean, &folio_page(folio, i)->flags);
        """, faults: { _, _ in true }, operation: "clear_bit"),
    Form(name: "data only", body: "flush_all_of_it(page_address(page));", faults: never, operation: ""),
  ]

  @Test(arguments: forms, [true, false])
  func faultsExactlyWhereTheFormWritesAReadOnlyTail(form: Form, isHeadFlagSet: Bool) throws {
    var fixture = Fixture()
    fixture.declarations = form.declarations
    fixture.interface.predicates = Set(form.predicates.keys)
    fixture.interface.effects = ["flush_all_of_it": .noStore]
    let program = try fixture.compile(form.body)
    var memory = FlatVmemmap.optimised(structPages: 512, headFlags: isHeadFlagSet ? Self.mask : 0)
    memory.predicates = form.predicates

    var faulting: [Int] = []
    for index in 0..<512 {
      var operations: Set<String> = []
      program.run(page: FlatVmemmap.address(of: index), on: &memory) { path, _ in
        #expect(path.isReturned)
        #expect(path.faults.allSatisfy { $0.access.kind == .readOnly })
        operations.formUnion(path.faults.map(\.operation))
      }
      if !operations.isEmpty {
        faulting.append(index)
        #expect(operations.sorted().joined(separator: "|") == form.operation)
      }
    }
    #expect(faulting == (0..<512).filter { form.faults($0, isHeadFlagSet) })
  }

  @Test func aConditionalClearOfTheHeadIsOneLoadedAndOneStoredWord() throws {
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: Self.mask | 0x41)
    let (path, flags) = try Fixture().runOnce(Self.condClear, on: memory)
    #expect(path.isReturned)
    #expect(flags == 0x41)
    #expect(path.loads == 2)
    #expect(
      path.stores.map { [$0.address, $0.before ?? 0, $0.after] } == [[FlatVmemmap.base, Self.mask | 0x41, 0x41]])
    #expect(path.stores.first?.operation == "clear_bit")
    #expect(path.stores.first?.place.text == "11:6-11:46")
  }

  @Test func aReadModifyWriteThatChangesNothingIsAStore() throws {
    let (path, _) = try Fixture().runOnce("test_and_clear_bit(PG_dcache_clean, &page->flags);")
    #expect(path.stores.map(\.after) == [0])
    #expect(path.stores.map(\.before) == [0])
  }

  @Test func theSetSideWorksOnThePageThatThePTEMaps() throws {
    var fixture = Fixture()
    fixture.parameters = [.init("mm", .object), .init("pte", .pte)]
    fixture.interface.effects = ["sync_aliases": .noStore]
    let body = """
      struct folio *folio = page_folio(pte_page(pte));

      if (!test_bit(PG_dcache_clean, &folio->flags)) {
        sync_aliases((unsigned long)folio_address(folio),
                     (unsigned long)folio_address(folio) + folio_size(folio));
        set_bit(PG_dcache_clean, &folio->flags);
      }
      """
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: 0)
    let (path, _) = try fixture.runOnce(body, on: memory, at: 70)
    #expect(path.isReturned)
    #expect(path.stores.map { [$0.address, $0.after] } == [[FlatVmemmap.base, Self.mask]])
    #expect(try fixture.compile(body).trusted.map(\.function) == ["sync_aliases"])
    #expect(try fixture.compile(body).trusted.map(\.firstCall.text) == ["13:7-13:19"])
  }

  @Test func aFaultHasItsCallAndPlace() throws {
    let memory = FlatVmemmap.optimised(structPages: 512, headFlags: Self.mask)
    let (path, _) = try Fixture().runOnce(Self.condClear, on: memory, at: 64)
    let fault = try #require(path.faults.first)
    #expect(fault.access == AccessFault(.readOnly, at: FlatVmemmap.address(of: 64)))
    #expect(fault.operation == "clear_bit")
    #expect(fault.place.text == "11:6-11:46")
    #expect(path.stores.isEmpty)
    #expect(path.isReturned)
  }

  @Test func aLoadFromAnUnmappedPageIsAFaultThatEndsThePath() throws {
    var memory = FlatVmemmap(structPages: 512)
    memory.frameOf[1] = nil
    let (path, _) = try Fixture().runOnce(Self.condClear, on: memory, at: 64)
    #expect(path.ending == .stopped)
    #expect(path.faults.map(\.access.kind) == [.notMapped])
    #expect(path.faults.map(\.operation) == ["test_bit"])
  }
}
