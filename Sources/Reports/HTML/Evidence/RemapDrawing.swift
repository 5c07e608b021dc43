import Architectures
import Policy
import Simulation

/// The page tables of one HugeTLB page as a picture: page frames before, vmemmap pages, page frames after.
///
/// What differs is said by a word and by a pattern: RW and ro, solid and dashed, kept and freed.
struct RemapDrawing {
  let cell: PageCell
  let rows: RemapRows
  let stores: [StoreCallout]

  private enum Column {
    static let before = (x: 6, width: 152)
    static let pages = (x: 264, width: 384)
    static let after = (x: 778, width: 182)
    static let width = 966
  }

  private static let headHeight = 34
  private static let boxHeight = 42
  private static let pitch = 52

  /// Where a row begins; stores take room below theirs.
  private var tops: [Int] {
    var y = Self.headHeight
    return rows.rows.map { row in
      defer { y += Self.pitch * (1 + self.stores(in: row).count) }
      return y
    }
  }

  var markup: Markup {
    let tops = tops
    let count = rows.rows.reduce(0) { $0 + 1 + stores(in: $1).count }
    let height = Self.headHeight + Self.pitch * count
    let (title, description) = (cell.anchor + "-title", cell.anchor + "-desc")
    return Tag.svg(
      .class("picture"), .viewBox(width: Column.width, height: height), .width(Column.width), .height(height),
      .role("img"), .aria("labelledby", "\(title) \(description)")
    ) {
      Tag.title(.id(title)) { "Vmemmap pages of a \(sizeText(cell.hugepage)) HugeTLB page before and after the remap" }
      Tag.desc(.id(description)) { self.description }
      heading("page frames before", Column.before.x)
      heading("vmemmap", Column.pages.x)
      heading("page frames after", Column.after.x)
      // Lines first: boxes and words stand on top of them.
      for (row, y) in zip(rows.rows, tops) { lines(of: row, y, tops) }
      for (row, y) in zip(rows.rows, tops) { boxes(of: row, y) }
    }
  }

  private func heading(_ text: String, _ x: Int) -> Markup {
    Tag.text(.class("heading"), .x(x), .y(18)) { text }
  }

  // MARK: lines

  private func lines(of row: RemapRows.Row, _ y: Int, _ tops: [Int]) -> [Markup] {
    let page: RemapPicture.Page
    switch row {
    case .page(let own): page = own
    case .alike(_, _, let like): page = like
    case .rest: return []
    }
    let middle = y + Self.boxHeight / 2
    var markup = [
      line(
        page.before, from: (Column.pages.x, middle), to: (Column.before.x + Column.before.width + 4, middle)),
      Tag.text(.x((Column.before.x + Column.before.width + Column.pages.x) / 2), .y(middle - 6), .anchor("middle")) {
        page.before.words
      },
    ]
    if let target = top(ofFrameOf: row, tops) {
      markup.append(
        line(
          page.after, from: (Column.pages.x + Column.pages.width, middle),
          to: (Column.after.x - 4, target + Self.boxHeight / 2)))
    }
    return markup
  }

  private func line(_ mapping: RemapPicture.Mapping, from: (x: Int, y: Int), to: (x: Int, y: Int)) -> Markup {
    Tag.g(.class(mapping.isWritable ? "rw" : "ro")) {
      Tag.line(.x1(from.x), .y1(from.y), .x2(to.x), .y2(to.y))
      Tag.circle(.centreX(to.x), .centreY(to.y), .radius(4))
    }
  }

  /// Where the frame is drawn that a row maps afterwards: beside the first row that maps it.
  private func top(ofFrameOf row: RemapRows.Row, _ tops: [Int]) -> Int? {
    guard let key = frameKey(of: row) else { return nil }
    return zip(rows.rows, tops).first { frameKey(of: $0.0) == key }?.1
  }

  /// Frames that are left out together have no address of their own in the picture.
  private enum FrameKey: Hashable {
    case frame(UInt64)
    case several(from: UInt64)
  }

  private func frameKey(of row: RemapRows.Row) -> FrameKey? {
    switch row {
    case .page(let page): .frame(page.after.frame)
    case .alike(let first, _, let like): like.isRedirected ? .frame(like.after.frame) : .several(from: first)
    case .rest: nil
    }
  }

  private func isFirst(_ row: RemapRows.Row) -> Bool {
    guard let key = frameKey(of: row), let first = rows.rows.first(where: { frameKey(of: $0) == key }) else {
      return false
    }
    return first.firstIndex == row.firstIndex
  }

  // MARK: boxes

  private func boxes(of row: RemapRows.Row, _ y: Int) -> [Markup] {
    switch row {
    case .page(let page):
      let fate = rows.isFreed(page) ? "freed" : "kept"
      var markup = [
        box(Column.before, y, style: fate, hex(page.before.frame), fate),
        box(
          Column.pages, y, style: page.after.isWritable ? "rw" : "ro", "vmemmap page \(page.index)", hex(page.address),
          rows.structPages(of: page.index, besides: "vmemmap page \(page.index)"), page.after.words),
      ]
      if isFirst(row) {
        let count = rows.mappings(ofFrameOf: page)
        let origin = rows.isNew(page.after.frame) ? "new" : "kept"
        markup.append(
          box(
            Column.after, y, style: "kept", hex(page.after.frame),
            "\(origin), mapped " + (count == 1 ? "once" : "\(count) times")))
      }
      for (number, store) in stores(in: row).enumerated() {
        markup.append(callout(store, y + Self.pitch * (number + 1)))
      }
      return markup
    case .alike(let first, let last, let like):
      let count = last - first + 1
      let fate = rows.isFreed(like) ? "freed" : "kept"
      var markup = [
        box(Column.before, y, style: "more \(fate)", "… \(count) frames", "one each, \(fate)"),
        box(
          Column.pages, y, style: "more", "… vmemmap pages \(first)..\(last)", "mapped alike",
          "", like.after.words),
      ]
      if isFirst(row) { markup.append(box(Column.after, y, style: "more", "… \(count) frames", "kept, one each")) }
      for (number, store) in stores(in: row).enumerated() {
        markup.append(callout(store, y + Self.pitch * (number + 1)))
      }
      return markup
    case .rest(let count):
      return [box(Column.pages, y, style: "more", "… \(count) more vmemmap pages", "not shown")]
    }
  }

  private func box(
    _ column: (x: Int, width: Int), _ y: Int, style: String, _ upper: String, _ lower: String,
    _ upperRight: String = "",
    _ lowerRight: String = ""
  ) -> Markup {
    let (left, right) = (column.x + 9, column.x + column.width - 9)
    return Tag.g(.class("box \(style)")) {
      Tag.rect(.x(column.x), .y(y), .width(column.width), .height(Self.boxHeight))
      Tag.text(.class("upper"), .x(left), .y(y + 17)) { upper }
      Tag.text(.x(left), .y(y + 34)) { lower }
      if !upperRight.isEmpty { Tag.text(.x(right), .y(y + 17), .anchor("end")) { upperRight } }
      if !lowerRight.isEmpty { Tag.text(.class("permission"), .x(right), .y(y + 34), .anchor("end")) { lowerRight } }
    }
  }

  private func callout(_ store: StoreCallout, _ y: Int) -> Markup {
    let (x, width) = (Column.pages.x + 24, Column.pages.width - 24)
    return Tag.g(.class(store.faults ? "store fault" : "store alias")) {
      Tag.line(.x1(x + 20), .y1(y), .x2(x + 20), .y2(y - Self.pitch + Self.boxHeight))
      Tag.rect(.x(x), .y(y), .width(width), .height(Self.boxHeight - 2))
      Tag.text(.class("upper"), .x(x + 9), .y(y + 16)) { (store.faults ? "✗ " : "! ") + store.title.shortened(to: 40) }
      Tag.text(.x(x + 9), .y(y + 33)) { store.outcome }
    }
  }

  private func stores(in row: RemapRows.Row) -> [StoreCallout] {
    stores.filter { store in
      switch row {
      case .page(let page): page.index == store.page
      case .alike(let first, let last, _): (first...last).contains(store.page)
      case .rest: false
      }
    }
  }

  // MARK: in words

  /// What the picture shows, for those who do not see it.
  private var description: String {
    var sentences = ["Before, \(rows.picture.pageCount) vmemmap pages map a page frame each."]
    for stretch in rows.picture.stretches.prefix(6) {
      guard let first = stretch.first.first else { continue }
      let pages =
        stretch.count == 1
        ? "vmemmap page \(first.index) maps" : "vmemmap pages \(first.index)..\(stretch.last.index) map"
      let frames =
        first.isRedirected
        ? "frame \(hex(first.after.frame))"
        : stretch.count == 1 ? "its frame \(hex(first.after.frame))" : "their frames"
      sentences.append("Afterwards \(pages) \(frames), \(first.after.isWritable ? "RW" : "ro").")
    }
    for store in stores { sentences.append("\(store.title), \(store.outcome).") }
    return sentences.joined(separator: " ")
  }
}

extension RemapRows {
  /// `struct pages 64..127`, or only the numbers where the line has no room for more.
  fileprivate func structPages(of index: UInt64, besides text: String) -> String {
    let numbers = structPages(of: index)
    return numbers.count + text.count > 33 ? numbers : "struct pages \(numbers)"
  }
}

extension RemapRows.Row {
  fileprivate var firstIndex: UInt64 {
    switch self {
    case .page(let page): page.index
    case .alike(let first, _, _): first
    case .rest: .max
    }
  }
}

extension String {
  /// The text, cut where it has no room.
  func shortened(to length: Int) -> String { count > length ? prefix(length - 1) + "…" : self }
}
