import KernelC
import Vmemmap

/// What architectures do with PG_dcache_clean in flush_dcache_page(), in our own words.
enum FlushBody: Sendable {
  /// Tests and clears the flag of the given struct page.
  case givenPage
  /// Goes to the head of a HugeTLB page first.
  case head
  /// Goes to the head first, but only while the predicate says that HVO is on.
  case headIfEnabled
  /// Clears the flag of the given struct page without looking.
  case unconditional

  func run(_ page: UInt64, on machine: inout Machine) throws(AccessFault) {
    var page = page
    switch self {
    case .givenPage, .unconditional: break
    case .head: if try machine.pageHuge(page) { page = try machine.compoundHead(of: page) }
    case .headIfEnabled:
      if machine.predicate("hugetlb_optimize_vmemmap_enabled"), try machine.pageHuge(page) {
        page = try machine.compoundHead(of: page)
      }
    }
    let flags = try machine.load(at: page)
    if self == .unconditional || flags & dcacheClean != 0 { try machine.store(flags & ~dcacheClean, at: page) }
  }
}

extension Machine {
  /// The struct pages of a hugepage whose flush faults, each from a state with the flag set on the head.
  mutating func faultingIndices(of hugepage: Hugepage, flush: FlushBody) throws -> [Int] {
    try store(load(at: hugepage.head) | dcacheClean, at: hugepage.head)
    checkpoint()
    var faulting: [Int] = []
    for (index, page) in structPages(of: hugepage).enumerated() {
      do throws(AccessFault) {
        try flush.run(page, on: &self)
      } catch {
        if error == AccessFault(.readOnly, at: page) { faulting.append(index) } else { throw error }
      }
      rewind()
    }
    return faulting
  }
}
