/// A run of physical memory.
package struct PhysicalRange: Hashable, Sendable {
  /// The first physical address.
  package var start: UInt64
  /// The number of bytes.
  package var size: UInt64

  /// Makes a range.
  package init(start: UInt64, size: UInt64) {
    self.start = start
    self.size = size
  }
}

/// Where the struct page of every page frame lies, once it is known where memory starts.
package struct VmemmapLayout: Hashable, Sendable {
  /// The layout facts.
  package let geometry: Geometry
  /// The page frame whose struct page lies at the start of the vmemmap.
  package let baseFrame: UInt64

  /// Makes a layout for a machine whose memory starts at physical address `memoryStart`.
  package init(geometry: Geometry, memoryStart: UInt64) {
    self.geometry = geometry
    switch geometry.baseRule {
    case .zero: baseFrame = 0
    case .memoryStart(let alignment): baseFrame = (memoryStart & ~(alignment - 1)) >> UInt64(geometry.pageShift)
    }
  }

  /// `pfn_to_page()`: the address of the struct page of a page frame; nil if it lies outside the vmemmap.
  package func structPage(ofFrame pfn: UInt64) -> UInt64? {
    guard pfn >= baseFrame else { return nil }
    let (offset, overflow) = (pfn - baseFrame).multipliedReportingOverflow(by: geometry.structPageSize)
    guard !overflow, offset < geometry.vmemmapSize, geometry.vmemmapSize - offset >= geometry.structPageSize else {
      return nil
    }
    return geometry.vmemmapStart + offset
  }

  /// `page_to_pfn()`: the page frame of a struct page; nil if `address` is not that of a struct page.
  package func frame(ofStructPage address: UInt64) -> UInt64? {
    guard let offset = offset(of: address), offset % geometry.structPageSize == 0 else { return nil }
    let (pfn, overflow) = baseFrame.addingReportingOverflow(offset / geometry.structPageSize)
    return overflow ? nil : pfn
  }

  /// The distance of an address from the start of the vmemmap; nil outside it.
  func offset(of address: UInt64) -> UInt64? {
    let offset = address &- geometry.vmemmapStart
    return offset < geometry.vmemmapSize ? offset : nil
  }
}
