import Diagnostics
import LocatedYAML

/// The merge of a variant over its base: maps merge by key, scalars and lists replace, `+key` appends to the base's
/// list, null deletes. Every node keeps the place where it was written.
enum Inheritance {
  /// The base with the overlay's differences.
  /// - Throws: `+key` where the base has no list, or null where there is nothing to delete.
  static func merge(_ overlay: [Node.Entry], over base: [Node.Entry]) throws(Diagnostic) -> [Node.Entry] {
    var merged = base
    for entry in overlay {
      if entry.key.text.hasPrefix("+") {
        try append(entry, to: &merged)
        continue
      }
      let position = merged.firstIndex { $0.key.text == entry.key.text }
      if case .scalar(let scalar) = entry.value.content, scalar.isNull {
        guard let position else {
          throw Diagnostic(
            id: "ARCH003", "nothing to delete: the base has no '\(entry.key.text)'", at: entry.key.range)
        }
        merged.remove(at: position)
      } else if let position {
        merged[position] = Node.Entry(
          key: merged[position].key, value: try merge(entry.value, over: merged[position].value))
      } else {
        merged.append(entry)
      }
    }
    return merged
  }

  private static func merge(_ overlay: Node, over base: Node) throws(Diagnostic) -> Node {
    guard case .mapping(let above) = overlay.content, case .mapping(let below) = base.content else { return overlay }
    return Node(content: .mapping(try merge(above, over: below)), range: overlay.range)
  }

  private static func append(_ entry: Node.Entry, to merged: inout [Node.Entry]) throws(Diagnostic) {
    let name = String(entry.key.text.dropFirst())
    guard let position = merged.firstIndex(where: { $0.key.text == name }),
      case .sequence(let below) = merged[position].value.content,
      case .sequence(let above) = entry.value.content
    else {
      throw Diagnostic(
        id: "ARCH004", "'\(entry.key.text)' needs a list '\(name)' in the base to append to", at: entry.key.range,
        help: ["write '\(name)' to set the list"])
    }
    merged[position] = Node.Entry(
      key: merged[position].key,
      value: Node(content: .sequence(below + above), range: merged[position].value.range))
  }
}
