import Vmemmap

/// The vmemmap pages of one HugeTLB page, the page frames that they map before HVO and after it.
///
/// Its addresses are those of the simulation, so that the stores of findings can be found in it.
package struct RemapPicture: Sendable, Hashable {
  /// What maps a vmemmap page.
  package struct Mapping: Sendable, Hashable {
    /// The physical address of the page frame.
    package var frame: UInt64
    /// Does the entry allow stores?
    package var isWritable: Bool
    /// The kernel's name of the level whose entry it is: `PTE`, or `PMD` for a block.
    package var level: String

    /// Makes a mapping.
    package init(frame: UInt64, isWritable: Bool, level: String) {
      (self.frame, self.isWritable, self.level) = (frame, isWritable, level)
    }
  }

  /// One vmemmap page.
  package struct Page: Sendable, Hashable {
    /// Its number among those of the HugeTLB page, from 0.
    package var index: UInt64
    /// Its kernel virtual address.
    package var address: UInt64
    /// What maps it while the HugeTLB page is none yet.
    package var before: Mapping
    /// What maps it when HVO is through.
    package var after: Mapping

    /// Makes a page.
    package init(index: UInt64, address: UInt64, before: Mapping, after: Mapping) {
      (self.index, self.address, self.before, self.after) = (index, address, before, after)
    }

    /// Does it map another frame than before?
    package var isRedirected: Bool { before.frame != after.frame }
  }

  /// Neighbouring vmemmap pages to which the same happened: all keep their frames, or all map one other frame.
  package struct Stretch: Sendable, Hashable {
    /// The first pages, at most `mostFirst`.
    package private(set) var first: [Page]
    /// The last page.
    package private(set) var last: Page
    /// How many pages there are.
    package private(set) var count: UInt64

    /// So many pages at the start of a stretch are kept.
    package static let mostFirst = 8

    /// A stretch of one page.
    init(_ page: Page) {
      (first, last, count) = ([page], page, 1)
    }

    fileprivate mutating func append(_ page: Page) {
      if first.count < Self.mostFirst { first.append(page) }
      last = page
      count += 1
    }

    fileprivate func continues(with page: Page) -> Bool {
      guard last.isRedirected == page.isRedirected, last.after.isWritable == page.after.isWritable else { return false }
      return !page.isRedirected || last.after.frame == page.after.frame
    }
  }

  /// Bytes of a vmemmap page.
  package private(set) var pageSize: UInt64
  /// Struct pages in a vmemmap page.
  package private(set) var structPagesPerPage: UInt64
  /// The address of the head's struct page.
  package private(set) var head: UInt64
  /// `sizeof(struct page)`.
  package private(set) var structPageSize: UInt64
  /// The stretches by ascending address; together they are all vmemmap pages of the HugeTLB page.
  package private(set) var stretches: [Stretch]

  /// Draws together neighbours of a HugeTLB page at the start of a vmemmap page.
  init(pageSize: UInt64, structPageSize: UInt64, head: UInt64, pages: some Sequence<Page>) {
    (self.pageSize, self.structPageSize, self.head) = (pageSize, structPageSize, head)
    structPagesPerPage = structPageSize == 0 ? 0 : pageSize / structPageSize
    stretches = []
    for page in pages {
      if let last = stretches.last, last.continues(with: page) {
        stretches[stretches.count - 1].append(page)
      } else {
        stretches.append(Stretch(page))
      }
    }
  }

  /// How many vmemmap pages there are.
  package var pageCount: UInt64 { stretches.reduce(0) { $0 + $1.count } }

  /// The vmemmap page that holds an address; nil outside the HugeTLB page's.
  package func pageIndex(of address: UInt64) -> UInt64? {
    guard address >= head, pageSize > 0 else { return nil }
    let index = (address - head) / pageSize
    return index < pageCount ? index : nil
  }

  /// The struct page that holds an address of the vmemmap.
  package func structPageIndex(of address: UInt64) -> UInt64? {
    pageIndex(of: address) == nil || structPageSize == 0 ? nil : (address - head) / structPageSize
  }
}

extension RemapPicture {
  /// Looks at all vmemmap pages of the HugeTLB page of a machine.
  package init(of remapped: RemappedMachine) {
    let geometry = remapped.after.geometry
    let head = remapped.hugepage.head
    let count = geometry.vmemmapPages(ofHugepage: remapped.hugepage.size) ?? 0
    let pages = (0..<count).lazy.compactMap { index -> Page? in
      let address = head &+ index &* geometry.pageSize
      guard let before = remapped.before.mapping(of: address), let after = remapped.after.mapping(of: address) else {
        return nil
      }
      return Page(index: index, address: address, before: before, after: after)
    }
    self.init(pageSize: geometry.pageSize, structPageSize: geometry.structPageSize, head: head, pages: pages)
  }
}

extension Machine {
  fileprivate func mapping(of address: UInt64) -> RemapPicture.Mapping? {
    translation(of: address).map {
      RemapPicture.Mapping(
        frame: $0.physicalAddress, isWritable: $0.isWritable, level: geometry.levels[$0.level].name)
    }
  }
}
