/// What HVO gives back of the vmemmap of one HugeTLB page.
package struct Saving: Sendable, Hashable {
  /// Bytes of the HugeTLB page.
  package var hugepage: UInt64
  /// Bytes of a base page, of which the vmemmap is made.
  package var pageSize: UInt64
  /// Vmemmap pages that hold the struct pages.
  package var vmemmapPages: UInt64
  /// Those of them that are given back.
  package var freedPages: UInt64

  /// Makes a saving.
  package init(hugepage: UInt64, pageSize: UInt64, vmemmapPages: UInt64, freedPages: UInt64) {
    self.hugepage = hugepage
    self.pageSize = pageSize
    self.vmemmapPages = vmemmapPages
    self.freedPages = freedPages
  }

  /// Vmemmap pages that stay.
  package var keptPages: UInt64 { vmemmapPages - min(freedPages, vmemmapPages) }

  /// `7 of 8 pages`.
  package var pages: String { "\(freedPages) of \(vmemmapPages) pages" }

  /// GiB that a TiB of such HugeTLB pages gives back: four decimals, rounded, as in the kernel's own commit messages.
  package var gibPerTib: String {
    let (freedBytes, overflow) = freedPages.multipliedReportingOverflow(by: pageSize)
    // The vmemmap of a HugeTLB page is smaller than the page, so that the quotient below fits.
    guard !overflow, hugepage > 0, freedBytes < hugepage else { return "0.0000" }
    let tenThousandths = hugepage.dividingFullWidth(freedBytes.multipliedFullWidth(by: 1024 * 10000))
    let roundsUp = tenThousandths.remainder >= hugepage - tenThousandths.remainder
    let rounded = tenThousandths.quotient + (roundsUp ? 1 : 0)
    let fraction = String(rounded % 10000)
    return "\(rounded / 10000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
  }
}
