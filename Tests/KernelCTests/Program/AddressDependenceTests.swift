import Testing

@testable import KernelC

/// `dependsOnPageNumber` must be true wherever the address of a struct page may decide anything.
@Suite struct AddressDependenceTests {
  @Test(arguments: [
    "if (test_bit(PG_dcache_clean, &page->flags)) clear_bit(PG_dcache_clean, &page->flags);",
    "if (PageHuge(page)) page = compound_head(page); set_bit(63, &page->flags);",
    "struct folio *folio = page_folio(page); folio->flags |= 1; (&folio->page)->flags = 2;",
    "if (page && page != NULL && 0 != page && !!page) page->flags = 1;",
    "unsigned long *word = &page->flags; *word = 1; word[0] = 2;",
    "page[0].flags = 1; folio_page(page_folio(page), 0)->flags = 1;",
    "flush(page); if (page_mapcount(page)) page->flags = 1;", "page->flags = (bool)page;", "helper(page);",
    "page->flags = folio_nr_pages(page_folio(page));", "struct page *p = NULL; p = page; p->flags = 1;",
  ])
  func dereferencingAndFindingTheHeadDoesNotDepend(body: String) throws {
    var fixture = Fixture()
    fixture.interface.effects = ["flush": .noStore]
    fixture.declarations = "void helper(struct page *p) { p->flags = 1; } void unused(struct page *p) { p++; }"
    #expect(try fixture.compile(body).dependsOnPageNumber == false)
  }

  @Test(arguments: [
    "if (page == compound_head(page)) page->flags = 1;", "if (compound_head(page) < page) ;", "page++;", "page += 1;",
    "--page;",
    "page[1].flags = 1;", "(page + 1)->flags = 1;", "nth_page(page, 1);", "int n = 0; folio_page(page_folio(page), n);",
    "page_to_pfn(page);", "folio_pfn(page_folio(page));", "pfn_to_page(5);", "(unsigned long)page;",
    "unsigned long x = &page->flags;",
    "void *p = page;", "struct foo *f = (struct foo *)page;", "struct folio *f = (struct folio *)page;",
    "PageTail(page);", "PageHead(page);",
    "PageCompound(page);", "compound_nr(page);", "page_size(page);", "unsigned long *w = &page->flags; w[1] = 0;",
    "set_bit(64, &page->flags);",
    "set_bit(-1, &page->flags);", "int n = 1; set_bit(n, &page->flags);", "helper(page);",
    "compound_nr(&page_folio(page)->page);",
    "page - compound_head(page);", "u8 low = (u8)(unsigned long)page;",
  ])
  func whateverElseLooksAtAddressesDepends(body: String) throws {
    var fixture = Fixture()
    fixture.declarations = "void helper(struct page *p) { if (p->flags) p--; }"
    #expect(try fixture.compile(body).dependsOnPageNumber)
  }

  @Test func theSizeOfAFolioParameterDepends() throws {
    var fixture = Fixture()
    fixture.parameters = [.init("folio", .folio)]
    #expect(try fixture.compile("folio->flags = folio_nr_pages(folio);").dependsOnPageNumber)
    #expect(try fixture.compile("folio->flags = 1;").dependsOnPageNumber == false)
  }
}
