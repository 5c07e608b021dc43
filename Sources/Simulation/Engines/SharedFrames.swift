import Vmemmap

/// Which vmemmap pages of a HugeTLB page map the same frame.
struct SharedFrames {
  /// The two lowest vmemmap pages that map a frame; a frame of one page only is not listed.
  private var lowestPages: [UInt64: (first: UInt64, second: UInt64)] = [:]
  /// Frames of shared tails: one remapped page may show such a frame once, but so do the same struct pages of others.
  private let sharedTails: Set<UInt64>
  private let head: UInt64
  private let end: UInt64
  private let structPageSize: UInt64
  private let pageMask: UInt64

  /// - Complexity: O(vmemmap pages of the HugeTLB page)
  init(of hugepage: Hugepage, structPageSize: UInt64, in machine: Machine) {
    self.structPageSize = structPageSize
    sharedTails = machine.sharedTailFrames
    head = hugepage.head
    end = hugepage.head &+ hugepage.structPages &* structPageSize
    pageMask = machine.geometry.pageSize - 1
    var firstPages: [UInt64: UInt64] = [:]
    var page = head & ~pageMask
    for _ in 0...((end &- 1 &- page) / machine.geometry.pageSize) {
      if let frame = machine.translation(of: page)?.physicalAddress {
        if let first = firstPages[frame] {
          if lowestPages[frame] == nil { lowestPages[frame] = (first, page) }
        } else {
          firstPages[frame] = page
        }
      }
      page &+= machine.geometry.pageSize
    }
  }

  /// The lowest index of another struct page, of this HugeTLB page or another of its size, that shows the word at an
  /// address; nil if none does.
  func lowestAlias(of address: UInt64, in machine: Machine) -> Int? {
    let page = address & ~pageMask
    guard let frame = machine.translation(of: page)?.physicalAddress else { return nil }
    guard let pages = lowestPages[frame] else {
      return sharedTails.contains(frame) ? Int((address - head) / structPageSize) : nil
    }
    for other in [pages.first, pages.second] where other != page {
      let alias = other | (address & pageMask)
      if alias >= head, alias < end { return Int((alias - head) / structPageSize) }
    }
    return nil
  }
}
