/// The lines that differ between two texts, as `diff -u` shows them.
package struct UnifiedDiff: Sendable {
  private enum Line {
    case same(Substring)
    case old(Substring)
    case new(Substring)
  }

  /// Lines around a difference.
  private static let context = 3
  /// Products of line counts above this are not compared line by line: the whole is replaced.
  private static let mostComparisons = 4_000_000

  private let lines: [Line]

  /// Compares two texts.
  /// - Complexity: O(old lines × new lines) between the first and the last difference, bounded.
  package init(old: String, new: String) {
    let (a, b) = (Self.lines(of: old), Self.lines(of: new))
    let before = zip(a, b).prefix { $0 == $1 }.count
    let behind = zip(a.dropFirst(before).reversed(), b.dropFirst(before).reversed()).prefix { $0 == $1 }.count
    lines =
      a.prefix(before).map { .same($0) }
      + Self.compared(Array(a.dropFirst(before).dropLast(behind)), Array(b.dropFirst(before).dropLast(behind)))
      + a.suffix(behind).map { .same($0) }
  }

  /// How many lines of the old text are not in the new one, and the other way round.
  package var counts: (old: Int, new: Int) {
    lines.reduce(into: (0, 0)) { counts, line in
      switch line {
      case .same: break
      case .old: counts.0 += 1
      case .new: counts.1 += 1
      }
    }
  }

  /// The difference; empty where there is none. A text without a final newline differs in its last line.
  package func text(oldName: String, newName: String) -> String {
    var result = ""
    for hunk in hunks { result += header(of: hunk) + lines[hunk].map(Self.shown).joined() }
    return result.isEmpty ? "" : "--- \(oldName)\n+++ \(newName)\n" + result
  }

  private static func shown(_ line: Line) -> String {
    let (mark, text) =
      switch line {
      case .same(let text): (" ", text)
      case .old(let text): ("-", text)
      case .new(let text): ("+", text)
      }
    return mark + (text.utf8.last == UInt8(ascii: "\n") ? String(text) : text + "\n\\ No newline at end of file\n")
  }

  /// Ranges of lines that are shown together.
  private var hunks: [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, line) in lines.enumerated() {
      if case .same = line { continue }
      let range = max(0, index - Self.context)..<min(lines.count, index + Self.context + 1)
      if let last = hunks.last, range.lowerBound <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private func header(of hunk: Range<Int>) -> String {
    func count(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
      lines.reduce(into: (0, 0)) { counts, line in
        switch line {
        case .same: counts = (counts.0 + 1, counts.1 + 1)
        case .old: counts.0 += 1
        case .new: counts.1 += 1
        }
      }
    }
    let (start, length) = (count(lines[..<hunk.lowerBound]), count(lines[hunk]))
    func range(_ start: Int, _ length: Int) -> String {
      // Where nothing is, the line before is named.
      let first = length == 0 ? start : start + 1
      return length == 1 ? "\(first)" : "\(first),\(length)"
    }
    return "@@ -\(range(start.old, length.old)) +\(range(start.new, length.new)) @@\n"
  }

  /// Lines with their ends; by bytes, for "\r\n" is one character.
  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    for index in text.utf8.indices where text.utf8[index] == UInt8(ascii: "\n") {
      let end = text.utf8.index(after: index)
      lines.append(Substring(text.utf8[start..<end]))
      start = end
    }
    if start < text.endIndex { lines.append(Substring(text.utf8[start...])) }
    return lines
  }

  private static func compared(_ a: [Substring], _ b: [Substring]) -> [Line] {
    guard !a.isEmpty, !b.isEmpty, a.count <= mostComparisons / b.count else {
      return a.map { .old($0) } + b.map { .new($0) }
    }
    // longest[i][j]: lines that the rests behind i and j have in common, in order.
    let width = b.count + 1
    var longest = [Int32](repeating: 0, count: (a.count + 1) * width)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        longest[i * width + j] =
          a[i] == b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : max(longest[(i + 1) * width + j], longest[i * width + j + 1])
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if i < a.count, j < b.count, a[i] == b[j] {
        lines.append(.same(a[i]))
        (i, j) = (i + 1, j + 1)
      } else if i < a.count, j == b.count || longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
        lines.append(.old(a[i]))
        i += 1
      } else {
        lines.append(.new(b[j]))
        j += 1
      }
    }
    return lines
  }
}
