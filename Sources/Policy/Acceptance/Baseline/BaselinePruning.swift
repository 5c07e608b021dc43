package import Diagnostics
import LocatedYAML

extension Baseline {
  /// The text of a baseline file without some of its entries; everything else stays as it is written.
  /// - Parameters:
  ///   - source: the file.
  ///   - isGone: which entries go; an entry that lists several HugeTLB page sizes stays with the others.
  /// - Throws: everything that is wrong with the file.
  package static func pruned(
    _ source: SourceFile, where isGone: (Entry) -> Bool
  ) throws(Diagnostics) -> String {
    let entries = try read(source).entries
    guard let list = try LocatedYAML.parse(source)["findings"] else { return source.text }
    var cuts = Cuts(source)
    var isItemGone: [Bool] = []
    for item in list.items ?? [] {
      let own = entries.filter { $0.range == item["rule"]?.range }
      let gone = own.map(isGone)
      isItemGone.append(gone.allSatisfy { $0 })
      if let sizes = item["hugepages"], gone.contains(false) { cuts.remove(gone, from: sizes) }
    }
    cuts.remove(isItemGone, from: list)
    return cuts.text
  }
}

/// Pieces of a text that go.
private struct Cuts {
  private let source: SourceFile
  private var ranges: [(Range<SourcePosition>, with: String)] = []

  init(_ source: SourceFile) {
    self.source = source
  }

  /// Removes items of a list with the separators beside them.
  mutating func remove(_ isGone: [Bool], from list: Node) {
    let items = list.items ?? []
    guard isGone.contains(true) else { return }
    guard isGone.contains(false) else {
      ranges.append((list.range.start..<list.range.end, "[]"))
      return
    }
    let kept = isGone.firstIndex(of: false) ?? 0
    if kept > 0 { ranges.append((items[0].range.start..<items[kept].range.start, "")) }
    for index in items.indices where index > kept && isGone[index] {
      ranges.append((items[index - 1].range.end..<items[index].range.end, ""))
    }
  }

  /// The text without the pieces.
  var text: String {
    var result = String.UnicodeScalarView()
    var position = SourcePosition(line: 1, column: 1)
    var rest = ranges.sorted { $0.0.lowerBound < $1.0.lowerBound }[...]
    for scalar in source.text.unicodeScalars {
      if let first = rest.first, first.0.upperBound <= position { rest.removeFirst() }
      if let first = rest.first, first.0.lowerBound == position {
        result.append(contentsOf: first.with.unicodeScalars)
      }
      if !(rest.first.map { $0.0.contains(position) } ?? false) { result.append(scalar) }
      position =
        scalar == "\n"
        ? SourcePosition(line: position.line + 1, column: 1)
        : SourcePosition(line: position.line, column: position.column + 1)
    }
    return String(result)
  }
}
