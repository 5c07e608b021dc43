import KernelC
import Vmemmap

/// The struct pages of a HugeTLB page, grouped so that page-flag code which only follows struct page pointers cannot
/// tell two of a group apart: same permission, same words, same kind of frame, same place in its vmemmap page where
/// that matters (`page_fixed_fake_head()` asks whether a struct page is the first of its page).
///
/// One run on the first of a group then stands for all of it. Nothing is taken for equal without comparing the words.
struct StructPageClasses {
  /// A group with its lowest index.
  struct Group {
    var first: Int
    var members: StructPageSet
  }

  /// The groups; every struct page is in exactly one.
  private(set) var groups: [Group] = []

  private struct SlotKey: Hashable {
    var isHead: Bool
    var isFirstOfPage: Bool
    var pageClass: Int
    var flags: UInt64
    var compoundHead: UInt64
  }

  /// Groups the struct pages of a HugeTLB page.
  /// - Complexity: O(vmemmap words of the HugeTLB page) where struct pages do not cross pages, with a small constant.
  init(of hugepage: Hugepage, in machine: inout Machine) {
    let count = Int(hugepage.structPages)
    let geometry = machine.geometry
    let head = hugepage.head
    let pageMask = geometry.pageSize - 1
    guard geometry.structPageSizeIsPowerOfTwo else {
      group(indices: 0..<count, of: hugepage, pageClass: { _ in 0 }, in: &machine)
      return
    }
    // Struct pages do not cross pages here, so whole vmemmap pages can be compared before their struct pages are.
    let slotsPerPage = Int(geometry.structPagesPerVmemmapPage)
    let firstSlot = Int((head & pageMask) / geometry.structPageSize)
    let pageCount = (firstSlot + count + slotsPerPage - 1) / slotsPerPage
    var classes = VmemmapPageClasses(
      pages: (0..<pageCount).lazy.map { head & ~pageMask &+ UInt64($0) &* geometry.pageSize }, in: machine)
    var membersByClass: [[Int]] = []
    var index = 0
    while index < count {
      let address = head &+ UInt64(index) &* geometry.structPageSize
      let pageClass = classes.classify(address & ~pageMask, isHeadPage: index == 0, in: machine)
      if pageClass == membersByClass.count { membersByClass.append([]) }
      membersByClass[pageClass].append(index)
      index += slotsPerPage - (index == 0 ? firstSlot : 0)
    }
    for (pageClass, starts) in membersByClass.enumerated() {
      guard let representative = starts.first else { continue }
      let slots = min(slotsPerPage - (representative == 0 ? firstSlot : 0), count - representative)
      let known = groups.count
      group(
        indices: representative..<representative + slots, of: hugepage, pageClass: { _ in pageClass }, in: &machine)
      for position in known..<groups.count {
        groups[position].members.insertCopies(
          of: representative..<representative + slots, at: starts.dropFirst())
      }
    }
  }

  private mutating func group(
    indices: Range<Int>, of hugepage: Hugepage, pageClass: (Int) -> Int, in machine: inout Machine
  ) {
    let size = machine.geometry.structPageSize
    let pageMask = machine.geometry.pageSize - 1
    var byKey: [SlotKey: Int] = [:]
    for index in indices {
      let address = hugepage.head &+ UInt64(index) &* size
      let key = SlotKey(
        isHead: index == 0, isFirstOfPage: address & pageMask == 0, pageClass: pageClass(index),
        flags: machine.word(at: address &+ StructPage.flagsOffset),
        compoundHead: machine.word(at: address &+ StructPage.compoundHeadOffset))
      if let known = byKey[key] {
        groups[known].members.insert(index)
      } else {
        byKey[key] = groups.count
        var members = StructPageSet(of: Int(hugepage.structPages))
        members.insert(index)
        groups.append(Group(first: index, members: members))
      }
    }
  }
}

/// Tells vmemmap pages apart that page-flag code could: by permission, by words, and by whether a frame is shared.
private struct VmemmapPageClasses {
  private struct Class {
    var isHeadPage: Bool
    var isWritable: Bool
    var frameAddress: UInt64
  }

  private var classes: [Class] = []
  private let sharedFrames: Set<UInt64>

  /// Knows the frames that several of these vmemmap pages map: a store there is seen elsewhere, so that a page of one
  /// stands for no page of a frame of its own, however equal their words are.
  init(pages: some Sequence<UInt64>, in machine: Machine) {
    var met: Set<UInt64> = []
    var shared: Set<UInt64> = []
    for page in pages {
      guard let frame = machine.translation(of: page)?.physicalAddress else { continue }
      if !met.insert(frame).inserted { shared.insert(frame) }
    }
    sharedFrames = shared
  }

  /// The number of the class of a vmemmap page; a number that was not given before is the next one.
  mutating func classify(_ page: UInt64, isHeadPage: Bool, in machine: Machine) -> Int {
    guard let translation = machine.translation(of: page) else { return append(isHeadPage, false, 0) }
    let frame = translation.physicalAddress
    for (number, known) in classes.enumerated()
    where known.isHeadPage == isHeadPage && known.isWritable == translation.isWritable {
      if known.frameAddress == frame { return number }
      let isOwn = !sharedFrames.contains(frame) && !sharedFrames.contains(known.frameAddress)
      if isOwn, machine.framesHoldEqualWords(known.frameAddress, frame) { return number }
    }
    return append(isHeadPage, translation.isWritable, frame)
  }

  private mutating func append(_ isHeadPage: Bool, _ isWritable: Bool, _ frame: UInt64) -> Int {
    classes.append(Class(isHeadPage: isHeadPage, isWritable: isWritable, frameAddress: frame))
    return classes.count - 1
  }
}
