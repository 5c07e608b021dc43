package import Diagnostics

/// A value in a YAML document with its place.
///
/// Equality includes the places. At most `LocatedYAML.deepestNesting` collections lie inside each other, so that code
/// which recurses over a tree cannot run out of stack.
package struct Node: Sendable, Hashable {
  /// What a node holds.
  package enum Content: Sendable, Hashable {
    /// A text; also an absent value, see `Scalar.isNull`.
    case scalar(Scalar)
    /// The items in text order.
    case sequence([Node])
    /// The entries in text order; no two keys have the same text.
    case mapping([Entry])
  }

  /// A key and its value.
  package struct Entry: Sendable, Hashable {
    /// The key; never empty and plain.
    package let key: Scalar
    /// The value; an absent value is a null scalar of no width behind the key.
    package let value: Node

    /// Makes an entry.
    package init(key: Scalar, value: Node) {
      self.key = key
      self.value = value
    }
  }

  /// What the node holds.
  package let content: Content
  /// The place: exact for scalars and flow collections; a block collection ends where its last child ends.
  package let range: SourceRange

  /// Makes a node.
  package init(content: Content, range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// The scalar, or nil for a collection.
  package var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The items, or nil if this is not a sequence.
  package var items: [Node]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// The entries, or nil if this is not a mapping.
  package var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value of `key`, or nil if this is not a mapping or has no such key.
  /// - Complexity: O(entries)
  package subscript(_ key: String) -> Node? {
    entries?.first { $0.key.text == key }?.value
  }

  /// Whether this is an absent value, `~` or `null`.
  package var isNull: Bool {
    scalar?.isNull ?? false
  }

  /// The entries and items that start on a line, the outermost ones: each from its key to the end of what is below it.
  package func parts(startingOnLine line: Int) -> [SourceRange] {
    switch content {
    case .scalar: return []
    case .sequence(let items):
      return items.flatMap { $0.range.start.line == line ? [$0.range] : $0.parts(startingOnLine: line) }
    case .mapping(let entries):
      return entries.flatMap { entry in
        guard entry.key.range.start.line == line else { return entry.value.parts(startingOnLine: line) }
        let end = max(entry.key.range.end, entry.value.range.end)
        return [SourceRange(path: range.path, start: entry.key.range.start, end: end)]
      }
    }
  }
}
