import Diagnostics
import LocatedYAML

/// The merge of differences over what is inherited: maps merge by key, scalars and lists replace, `+key` appends to the
/// inherited list, null deletes. Every node keeps the place where it was written.
struct Inheritance {
  /// `+key` where there is no list to append to, and null where there is nothing to delete.
  private(set) var problems: [Diagnostic] = []

  /// The inherited entries with the differences; a key that both have stands where the differences say it.
  mutating func merge(_ differences: [Node.Entry], over inherited: [Node.Entry]) -> [Node.Entry] {
    var merged = inherited
    for entry in differences {
      if entry.key.text.hasPrefix("+") {
        append(entry, to: &merged)
        continue
      }
      let position = merged.firstIndex { $0.key.text == entry.key.text }
      if entry.value.isNull {
        if let position {
          merged.remove(at: position)
        } else {
          problems.append(
            Diagnostic(
              id: "ARCH003", "nothing to delete: no '\(entry.key.text)' is inherited", at: entry.key.range,
              reasons: ["a key without a value, and null, delete what is inherited"]))
        }
      } else if let position {
        merged[position] = Node.Entry(key: entry.key, value: merge(entry.value, over: merged[position].value))
      } else {
        merged.append(Node.Entry(key: entry.key, value: merge(entry.value, over: nil)))
      }
    }
    return merged
  }

  private mutating func merge(_ differences: Node, over inherited: Node?) -> Node {
    guard case .mapping(let above) = differences.content else { return differences }
    return Node(content: .mapping(merge(above, over: inherited?.entries ?? [])), range: differences.range)
  }

  /// Appends to a list in its short form (`key: [...]`) or long form (`key: {value: [...], at: ...}`).
  private mutating func append(_ entry: Node.Entry, to merged: inout [Node.Entry]) {
    let name = String(entry.key.text.dropFirst())
    if let position = merged.firstIndex(where: { $0.key.text == name }), let added = entry.value.items {
      let inherited = merged[position].value
      if let items = inherited.items {
        let list = Node(content: .sequence(items + added), range: inherited.range)
        merged[position] = Node.Entry(key: merged[position].key, value: list)
        return
      }
      if let items = inherited["value"]?.items {
        let entries = (inherited.entries ?? []).map { part in
          part.key.text == "value"
            ? Node.Entry(key: part.key, value: Node(content: .sequence(items + added), range: part.value.range)) : part
        }
        merged[position] = Node.Entry(
          key: merged[position].key, value: Node(content: .mapping(entries), range: inherited.range))
        return
      }
    }
    problems.append(
      Diagnostic(
        id: "ARCH004", "no list '\(name)' is inherited to which '\(entry.key.text)' could append", at: entry.key.range,
        help: ["write '\(name)' to set the list"]))
  }
}
