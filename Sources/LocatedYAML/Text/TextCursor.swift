/// Turns libyaml's scalar indices into places in a text.
///
/// Marks come nearly in text order, so walking from the last place keeps a whole document linear, even when it is one
/// line of a million scalars.
struct TextCursor {
  private let text: String
  private var place: String.Index
  private var distance = 0

  init(_ text: String) {
    self.text = text
    place = text.startIndex
  }

  /// The place of the scalar with this index; the end of the text for an index behind it.
  mutating func index(of mark: Mark) -> String.Index {
    let scalars = text.unicodeScalars
    let steps = mark.index - distance
    let limit = steps < 0 ? text.startIndex : text.endIndex
    place = scalars.index(place, offsetBy: steps, limitedBy: limit) ?? limit
    distance = mark.index
    return place
  }

  /// The text between two marks.
  mutating func slice(from start: Mark, to end: Mark) -> Substring {
    let first = index(of: start)
    let last = index(of: end)
    return text[first..<max(first, last)]
  }

  /// The scalar at a mark, or nil at the end of the text.
  mutating func scalar(at mark: Mark) -> Unicode.Scalar? {
    let place = index(of: mark)
    return place < text.endIndex ? text.unicodeScalars[place] : nil
  }

  /// The scalar before a mark, or nil at the start of the text.
  mutating func scalar(before mark: Mark) -> Unicode.Scalar? {
    let place = index(of: mark)
    return place > text.startIndex ? text.unicodeScalars[text.unicodeScalars.index(before: place)] : nil
  }
}
