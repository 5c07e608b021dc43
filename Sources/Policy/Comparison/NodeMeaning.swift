import Diagnostics
import LocatedYAML

/// What nodes mean, whatever their places and notations: two that mean the same are not a change.
extension Node {
  /// Keys that say where a fact was read and nothing about it.
  private static let annotations: Set<String> = ["at", "ref"]

  /// The entries that say something; names of functions may look like annotations.
  func meaningfulEntries(under key: String) -> [Entry] {
    let entries = entries ?? []
    return key == "calls" ? entries : entries.filter { !Self.annotations.contains($0.key.text) }
  }

  /// The value of a fact that is written in its long form, `{value: y, at: ...}`; else the node itself.
  var plain: Node {
    guard let value = self["value"], meaningfulEntries(under: "").count == 1 else { return self }
    return value
  }

  /// The node in one line, without annotations: `{symbol: MMU, if: 64BIT}`.
  func flowText(under key: String = "") -> String {
    switch plain.content {
    case .scalar(let scalar):
      let text = scalar.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return text.isEmpty ? "(empty)" : text
    case .sequence(let items): return "[" + items.map { $0.flowText() }.joined(separator: ", ") + "]"
    case .mapping:
      let entries = meaningfulEntries(under: key)
      return "{" + entries.map { "\($0.key.text): \($0.value.flowText(under: $0.key.text))" }.joined(separator: ", ")
        + "}"
    }
  }

  /// The same text for nodes between which there is no change, whatever the order of their keys: a resolved descriptor
  /// without its title. Equal texts may still differ in what is written inside of them.
  func meaningfulText(under key: String = "") -> String {
    let node = plain
    guard case .mapping = node.content else {
      guard case .sequence(let items) = node.content else { return node.flowText(under: key) }
      return "[" + items.map { $0.meaningfulText() }.joined(separator: ", ") + "]"
    }
    let entries = node.meaningfulEntries(under: key).filter { !key.isEmpty || $0.key.text != "title" }
    return "{"
      + entries.map { "\($0.key.text): \($0.value.meaningfulText(under: $0.key.text))" }.sorted()
      .joined(separator: ", ") + "}"
  }

  /// What makes an item of a list the same item after a change: its name, or all of it.
  var identity: String {
    for name in ["symbol", "macro", "size"] {
      if let scalar = self[name]?.scalar { return "\(name) \(scalar.text)" }
    }
    return flowText()
  }
}

extension String {
  /// At most so many characters, for a line in a report.
  func shortened(to limit: Int = 100) -> String {
    count <= limit ? self : prefix(limit - 3) + "..."
  }
}
