import Diagnostics

/// A sequence or mapping whose end has not been read yet.
struct OpenCollection {
  /// What the next node is to this collection.
  enum Slot {
    case item
    case key
    case value(of: Scalar)
    /// A value whose key was refused, so that it has no place in the tree.
    case orphan
  }

  private let isMapping: Bool
  private let hasBrackets: Bool
  private let start: SourcePosition
  /// Where the last key, value or item ends.
  private(set) var lastEnd: SourcePosition
  private var items: [Node] = []
  private var entries: [Node.Entry] = []
  private var firstPlaces: [String: SourceRange] = [:]
  private(set) var slot: Slot

  init(isMapping: Bool, hasBrackets: Bool, start: SourcePosition) {
    self.isMapping = isMapping
    self.hasBrackets = hasBrackets
    self.start = start
    lastEnd = start
    slot = isMapping ? .key : .item
  }

  var awaitsValue: Bool {
    switch slot {
    case .value, .orphan: true
    case .item, .key: false
    }
  }

  mutating func takeItem(_ node: Node) {
    items.append(node)
    lastEnd = node.range.end
  }

  /// - Returns: the place of the earlier copy if the mapping already has this key; the key is refused then.
  mutating func takeKey(_ key: Scalar) -> SourceRange? {
    lastEnd = key.range.end
    if let first = firstPlaces[key.text] {
      slot = .orphan
      return first
    }
    firstPlaces[key.text] = key.range
    slot = .value(of: key)
    return nil
  }

  mutating func refuseKey(at range: SourceRange) {
    lastEnd = range.end
    slot = .orphan
  }

  mutating func takeValue(_ node: Node) {
    if case .value(let key) = slot { entries.append(Node.Entry(key: key, value: node)) }
    lastEnd = max(lastEnd, node.range.end)
    slot = .key
  }

  /// The finished node; libyaml's end mark is right only behind a closing bracket.
  func node(endOfBrackets: SourcePosition, path: String) -> Node {
    let range = SourceRange(path: path, start: start, end: hasBrackets ? endOfBrackets : lastEnd)
    return Node(content: isMapping ? .mapping(entries) : .sequence(items), range: range)
  }
}
