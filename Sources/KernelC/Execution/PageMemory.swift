/// The vmemmap as page-flag code sees it: 8-byte words at kernel virtual addresses, every access translated.
///
/// `KernelC` knows nothing of page tables; the machine behind this protocol does. All page and folio pointers are
/// kernel virtual addresses of struct pages.
package protocol PageMemory {
  /// Loads the naturally aligned 8-byte word at `address` through its translation.
  mutating func load(at address: UInt64) throws(AccessFault) -> UInt64
  /// Stores `word` at `address` through its translation; a read-modify-write calls this even if nothing changes.
  mutating func store(_ word: UInt64, at address: UInt64) throws(AccessFault)
  /// `compound_head(page)` as this kernel implements it, fake heads included. `page_folio()` is the same address.
  mutating func compoundHead(of page: UInt64) throws(AccessFault) -> UInt64
  /// `PageHuge(page)`: does the struct page belong to a HugeTLB page?
  mutating func pageHuge(_ page: UInt64) throws(AccessFault) -> Bool
  /// Number of base pages of the compound page that `head` heads (`compound_nr`, `folio_nr_pages`), 1 if it heads none.
  mutating func compoundPages(_ head: UInt64) throws(AccessFault) -> UInt64
  /// `page_to_pfn(page)`.
  func pageFrameNumber(of page: UInt64) throws(AccessFault) -> UInt64
  /// `pfn_to_page(pfn)`.
  func page(ofFrame pfn: UInt64) throws(AccessFault) -> UInt64
  /// The present value of a kernel predicate that `KernelInterface.predicates` lists.
  func predicate(_ name: String) -> Bool
  /// Puts every word back to the state before the run, so that another path starts from the same state.
  mutating func rewind()
}
