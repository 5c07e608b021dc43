import Architectures
import Diagnostics

/// Findings that are accepted together, as a baseline file lists them: one line for several HugeTLB page sizes.
struct BaselineRecord {
  /// What sizes are listed together for.
  struct Key: Hashable {
    var rule: String
    var architecture: ArchitectureID
    var assumptions: String
    var site: AcceptedSite
    var reason: String
    var date: String
  }

  var key: Key
  /// HugeTLB page sizes in bytes; empty where the rule speaks of none.
  var hugepages: Set<UInt64>

  /// The entries in the one order that a file has, so that the same findings are the same text.
  static func records(of entries: [Baseline.Entry]) -> [BaselineRecord] {
    var sizes: [Key: Set<UInt64>] = [:]
    for entry in entries {
      let key = Key(
        rule: entry.rule, architecture: entry.architecture, assumptions: entry.assumptions, site: entry.site,
        reason: entry.reason, date: entry.date)
      sizes[key, default: []].formUnion(entry.hugepage.map { [$0] } ?? [])
    }
    return sizes.map { BaselineRecord(key: $0, hugepages: $1) }.sorted { $0.order.lexicographicallyPrecedes($1.order) }
  }

  private var order: [String] {
    let smallest = String(hugepages.min() ?? 0)
    return [
      key.architecture.name, key.architecture.kernel, key.rule,
      String(repeating: "0", count: max(0, 20 - smallest.count)) + smallest,
      key.assumptions, key.site.text ?? "", String(key.site.number), key.site.calls.joined(separator: "\n"),
      key.site.states.joined(separator: "\n"), key.date, key.reason,
    ]
  }

  /// One line of JSON.
  var text: String {
    var members = [
      ("rule", Self.quoted(key.rule)), ("architecture", Self.quoted(key.architecture.name)),
      ("kernel", Self.quoted(key.architecture.kernel)),
    ]
    func add(_ name: String, _ texts: [String]) {
      if !texts.isEmpty { members.append((name, "[" + texts.map(Self.quoted).joined(separator: ", ") + "]")) }
    }
    add("hugepages", hugepages.sorted().map(sizeText))
    if !key.assumptions.isEmpty { members.append(("assumptions", Self.quoted(key.assumptions))) }
    if let site = key.site.text { members.append(("site", Self.quoted(site))) }
    if key.site.number > 1 { members.append(("number", String(key.site.number))) }
    add("calls", key.site.calls)
    add("states", key.site.states)
    members += [("reason", Self.quoted(key.reason)), ("date", Self.quoted(key.date))]
    return "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\n": quoted += "\\n"
      case _ where scalar.steersTerminals:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Baseline {
  /// The file: JSON, sorted, a line for each rule and architecture; without line numbers and paths.
  package var text: String {
    let lines = BaselineRecord.records(of: entries).map { "    " + $0.text }
    let list = lines.isEmpty ? "[]" : "[\n" + lines.joined(separator: ",\n") + "\n  ]"
    return "{\n  \"schema\": \"\(Self.name)\",\n  \"findings\": \(list)\n}\n"
  }
}
