import Diagnostics
import LocatedYAML

/// The differences between two states of a resolved descriptor, each of which can be made alone.
struct DescriptorDifference {
  /// The changes, in the order of the new state.
  private(set) var changes: [Comparison.Cause] = []
  private var tree: Merged = .absent

  /// A tree in which both states lie.
  private indirect enum Merged {
    case absent
    case same(Node)
    /// Either of them, by change.
    case choice(Int, old: Node?, new: Node?)
    case mapping(range: SourceRange, [(key: Scalar, value: Merged)])
    case sequence(range: SourceRange, [Merged])
    case text(new: Scalar, [Piece])
  }

  /// Lines of a text in which both states lie.
  private enum Piece {
    case same(String)
    case choice(Int, old: [String], new: [String])
  }

  /// Compares two resolved descriptors node by node.
  init(old: Node, new: Node) {
    tree = merge(old, new, key: "", path: "")
  }

  /// The old state with some of the changes.
  func node(with chosen: Set<Int>) -> Node? {
    Self.node(tree, chosen)
  }

  // MARK: comparing

  private mutating func merge(_ old: Node, _ new: Node, key: String, path: String) -> Merged {
    let (old, new) = (old.plain, new.plain)
    switch (old.content, new.content) {
    case (.mapping, .mapping): return mergeMappings(old, new, key: key, path: path)
    case (.sequence(let before), .sequence(let after)): return mergeLists(before, after, in: new, path: path)
    case (.scalar(let before), .scalar(let after)):
      if before.text == after.text { return .same(new) }
      if before.text.contains("\n"), after.text.contains("\n") { return mergeTexts(before, after, path: path) }
    default: break
    }
    return choice(old, new, "\(path): \(old.flowText().shortened()) -> \(new.flowText().shortened())", at: new.range)
  }

  private mutating func choice(_ old: Node?, _ new: Node?, _ text: String, at place: SourceRange) -> Merged {
    changes.append(Comparison.Cause(text, at: place))
    return .choice(changes.count - 1, old: old, new: new)
  }

  private mutating func mergeMappings(_ old: Node, _ new: Node, key: String, path: String) -> Merged {
    let (before, after) = (old.meaningfulEntries(under: key), new.meaningfulEntries(under: key))
    func inside(_ entry: Node.Entry) -> String { path.isEmpty ? entry.key.text : "\(path).\(entry.key.text)" }
    var merged: [(Scalar, Merged)] = []
    for entry in after {
      let name = entry.key.text
      if path.isEmpty, name == "title" { continue }
      if let earlier = before.first(where: { $0.key.text == name }) {
        merged.append((entry.key, merge(earlier.value, entry.value, key: name, path: inside(entry))))
      } else {
        let text = "+ \(inside(entry)): \(entry.value.flowText(under: name).shortened())"
        merged.append((entry.key, choice(nil, entry.value, text, at: entry.key.range)))
      }
    }
    for entry in before where !after.contains(where: { $0.key.text == entry.key.text }) {
      if path.isEmpty, entry.key.text == "title" { continue }
      let text = "- \(inside(entry)): \(entry.value.flowText(under: entry.key.text).shortened())"
      merged.append((entry.key, choice(entry.value, nil, text, at: entry.key.range)))
    }
    return .mapping(range: new.range, merged)
  }

  private mutating func mergeLists(_ old: [Node], _ new: [Node], in list: Node, path: String) -> Merged {
    var merged: [Merged] = []
    for row in Alignment.rows(old.map(\.identity), new.map(\.identity)) {
      switch row {
      case .both(let i, let j):
        let name = new[j].identity.split(separator: " ").last.map(String.init) ?? ""
        merged.append(merge(old[i], new[j], key: "", path: "\(path)[\(name)]"))
      case .old(let i):
        merged.append(choice(old[i], nil, "- \(path): \(old[i].flowText().shortened())", at: old[i].range))
      case .new(let j):
        merged.append(choice(nil, new[j], "+ \(path): \(new[j].flowText().shortened())", at: new[j].range))
      }
    }
    return .sequence(range: list.range, merged)
  }

  /// Texts of several lines are code: a change is a run of lines.
  private mutating func mergeTexts(_ old: Scalar, _ new: Scalar, path: String) -> Merged {
    let (before, after) = (TextLines(old), TextLines(new))
    var pieces: [Piece] = []
    var (gone, come): ([Int], [Int]) = ([], [])
    for row in Alignment.rows(before.trimmed, after.trimmed) {
      switch row {
      case .old(let i): gone.append(i)
      case .new(let j): come.append(j)
      case .both(_, let j):
        take(&gone, &come, before, after, path, into: &pieces)
        pieces.append(.same(after.lines[j]))
      }
    }
    take(&gone, &come, before, after, path, into: &pieces)
    return .text(new: new, pieces)
  }

  private mutating func take(
    _ gone: inout [Int], _ come: inout [Int], _ before: TextLines, _ after: TextLines, _ path: String,
    into pieces: inout [Piece]
  ) {
    let (old, new) = (before.summary(gone), after.summary(come))
    guard let place = come.first.map(after.place) ?? gone.first.map(before.place) else { return }
    let text =
      gone.isEmpty ? "+ \(path): \(new)" : come.isEmpty ? "- \(path): \(old)" : "\(path): \(old) -> \(new)"
    changes.append(Comparison.Cause(text, at: place))
    pieces.append(.choice(changes.count - 1, old: gone.map { before.lines[$0] }, new: come.map { after.lines[$0] }))
    (gone, come) = ([], [])
  }

  // MARK: applying

  private static func node(_ merged: Merged, _ chosen: Set<Int>) -> Node? {
    switch merged {
    case .absent: return nil
    case .same(let node): return node
    case .choice(let change, let old, let new): return chosen.contains(change) ? new : old
    case .mapping(let range, let entries):
      let entries = entries.compactMap { key, value in node(value, chosen).map { Node.Entry(key: key, value: $0) } }
      return Node(content: .mapping(entries), range: range)
    case .sequence(let range, let items):
      return Node(content: .sequence(items.compactMap { node($0, chosen) }), range: range)
    case .text(let scalar, let pieces):
      let lines = pieces.flatMap { piece -> [String] in
        switch piece {
        case .same(let line): [line]
        case .choice(let change, let old, let new): chosen.contains(change) ? new : old
        }
      }
      let text = lines.joined(separator: "\n") + "\n"
      let mixed = Scalar(text: text, style: .literal, range: scalar.range, source: "|\n" + text[...])
      return Node(content: .scalar(mixed), range: scalar.range)
    }
  }
}

/// The lines of a text in a descriptor, with their places.
private struct TextLines {
  let lines: [String]
  private let text: EmbeddedText

  init(_ scalar: Scalar) {
    text = scalar.embeddedText
    var lines = text.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
  }

  /// Indentation says nothing in C.
  var trimmed: [String] {
    lines.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }

  func summary(_ indices: [Int]) -> String {
    indices.map { trimmed[$0] }.filter { !$0.isEmpty }.joined(separator: " ").shortened()
  }

  func place(_ index: Int) -> SourceRange {
    let blanks = lines[index].prefix(while: \.isWhitespace).count
    return text.range(
      from: SourcePosition(line: index + 1, column: blanks + 1),
      to: SourcePosition(line: index + 1, column: max(blanks, lines[index].unicodeScalars.count) + 1))
  }
}
