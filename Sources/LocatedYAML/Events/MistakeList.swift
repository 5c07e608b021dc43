import Diagnostics

/// The mistakes found so far, with an end to patience.
struct MistakeList {
  private var found: [Diagnostic] = []
  private var hasMore = false

  var isEmpty: Bool { found.isEmpty }
  /// Whether further mistakes would not be shown.
  var isFull: Bool { hasMore }

  mutating func add(_ mistake: Diagnostic) {
    if found.count < LocatedYAML.mostMistakes {
      found.append(mistake)
    } else {
      hasMore = true
    }
  }

  /// All mistakes in text order, with a last word if some are not shown.
  func inTextOrder() -> Diagnostics {
    let sorted = found.enumerated().sorted { left, right in
      let first = SourcePosition(line: 1, column: 1)
      return (left.element.place?.start ?? first, left.offset) < (right.element.place?.start ?? first, right.offset)
    }
    var all = sorted.map(\.element)
    if hasMore, let last = all.last {
      all.append(.furtherMistakes(after: last))
    }
    return Diagnostics(all)
  }
}
