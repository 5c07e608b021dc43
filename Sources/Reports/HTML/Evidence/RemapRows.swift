import Policy
import Simulation

/// The vmemmap pages of a picture that are shown one by one, and what is left out between them.
struct RemapRows {
  /// One line of the picture and of its table.
  enum Row {
    /// One vmemmap page.
    case page(RemapPicture.Page)
    /// Neighbours that are mapped as the page in front of them is, left out.
    case alike(first: UInt64, last: UInt64, as: RemapPicture.Page)
    /// What comes behind too many different mappings, left out.
    case rest(count: UInt64)
  }

  let rows: [Row]
  let picture: RemapPicture

  /// So many pages are all shown.
  private static let mostPages: UInt64 = 8
  private static let mostStretches = 6

  init(of picture: RemapPicture) {
    self.picture = picture
    guard picture.pageCount > Self.mostPages else {
      rows = picture.stretches.flatMap { $0.first.map(Row.page) }
      return
    }
    var rows: [Row] = []
    for stretch in picture.stretches.prefix(Self.mostStretches) {
      guard stretch.count > 4, let like = stretch.first.first else {
        rows += stretch.first.map(Row.page)
        continue
      }
      let shown = stretch.first.prefix(3)
      rows += shown.map(Row.page)
      rows.append(.alike(first: like.index + UInt64(shown.count), last: stretch.last.index - 1, as: like))
      rows.append(.page(stretch.last))
    }
    let left = picture.stretches.dropFirst(Self.mostStretches).reduce(UInt64(0)) { $0 + $1.count }
    self.rows = left == 0 ? rows : rows + [.rest(count: left)]
  }

  // MARK: frames

  /// What becomes of the frame that a page mapped before.
  func isFreed(_ page: RemapPicture.Page) -> Bool {
    page.isRedirected && !isMappedAfterwards(page.before.frame)
  }

  /// Is it a frame that no vmemmap page of this HugeTLB page mapped before?
  func isNew(_ frame: UInt64) -> Bool {
    !picture.stretches.contains { $0.first.contains { $0.before.frame == frame } || $0.last.before.frame == frame }
  }

  /// How many vmemmap pages map the frame of a page afterwards.
  func mappings(ofFrameOf page: RemapPicture.Page) -> UInt64 {
    picture.stretches.reduce(0) { count, stretch in
      guard let first = stretch.first.first else { return count }
      if first.isRedirected { return count + (first.after.frame == page.after.frame ? stretch.count : 0) }
      // Pages that keep their frames have one each.
      return count + (stretch.first.contains { $0.after.frame == page.after.frame } ? 1 : 0)
    }
  }

  private func isMappedAfterwards(_ frame: UInt64) -> Bool {
    picture.stretches.contains { stretch in
      stretch.first.contains { $0.after.frame == frame } || stretch.last.after.frame == frame
    }
  }

  // MARK: words

  /// The struct pages of a vmemmap page: `64..127`.
  func structPages(of index: UInt64, through last: UInt64? = nil) -> String {
    let count = picture.structPagesPerPage
    return "\(index * count)..\(((last ?? index) + 1) * count - 1)"
  }
}

extension RemapPicture.Mapping {
  /// `PTE ro`.
  var words: String { "\(level) \(isWritable ? "RW" : "ro")" }
}

/// `0xffffea0000001000`.
func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
