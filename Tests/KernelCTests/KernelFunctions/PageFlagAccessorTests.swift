import Testing

@testable import KernelC

@Suite struct PageFlagAccessorTests {
  @Test(
    arguments: [
      ("SetPageDcacheDirty(page);", 0x8000 | 0x4000), ("ClearPageDcacheClean(page);", 0),
      ("__SetPageDcacheDirty(page);", 0xC000),
      ("page->flags = PageDcacheClean(page);", 1), ("page->flags = TestClearPageDcacheClean(page);", 1),
      ("page->flags = TestSetPageDcacheDirty(page);", 0), ("folio_set_dcache_dirty(page_folio(page));", 0xC000),
      ("__folio_clear_dcache_clean(page_folio(page));", 0),
      ("page->flags = folio_test_dcache_clean(page_folio(page));", 1),
      ("page->flags = folio_test_clear_dcache_clean(page_folio(page));", 1),
      ("folio_change_arch_1(page_folio(page));", 0),
      ("page->flags = folio_test_set_dcache_dirty(page_folio(page));", 0), ("SetPageArch1(page);", nil),
      ("SetPageUnknownFlag(page);", nil), ("SetPageHead(page);", nil), ("folio_set_dcache_dirty(page);", nil),
    ] as [(String, UInt64?)])
  func accessorsOfKnownFlags(body: String, flags: UInt64?) throws {
    var memory = FlatVmemmap(structPages: 512)
    memory.setFlags(0x4000, of: 0)
    guard let flags else {
      #expect(Fixture().refusal(body) != nil)
      return
    }
    #expect(try Fixture().runOnce(body, on: memory).flags == flags)
  }

  @Test func fakeHeadsAreTails() throws {
    var memory = FlatVmemmap.optimised(structPages: 512, headFlags: 1 << 6)
    memory.isWritable = memory.isWritable.map { _ in true }
    let body = "page->flags = PageHead(page) | PageTail(page) << 1 | PageCompound(page) << 2;"
    #expect(try Fixture().runOnce(body, on: memory, at: 0).flags == 5)
    #expect(try Fixture().runOnce(body, on: memory, at: 64).flags == 6)
    #expect(try Fixture().runOnce(body, on: memory, at: 65).flags == 6)
  }
}
