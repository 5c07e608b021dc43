import Diagnostics

/// Where a block scalar really ends: libyaml's end mark lies behind the blank lines that follow.
struct BlockScalarExtent {
  let source: Substring
  let end: SourcePosition

  /// `slice` reaches from `|` or `>` to libyaml's end mark.
  init(_ slice: Substring, at start: SourcePosition) {
    let scalars = slice.unicodeScalars
    let lastInk = scalars.lastIndex { $0 != " " && $0 != "\n" && $0 != "\r" }
    let header = scalars.firstIndex(of: "\n") ?? scalars.endIndex
    if let lastInk, lastInk > header {
      let tail = scalars[lastInk...]
      var last = tail.firstIndex(of: "\n") ?? tail.endIndex
      if last > lastInk, tail[..<last].last == "\r" { last = scalars.index(before: last) }
      source = slice[..<last]
    } else {
      // No content: only the indicators, without the comment that may follow them.
      source = Substring(scalars.prefix { !$0.isBlank && $0 != "\n" && $0 != "\r" })
    }
    end = SourceText.endPosition(of: source.unicodeScalars, from: start)
  }
}
