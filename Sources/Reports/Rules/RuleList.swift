import Diagnostics
import Kconfig
package import Policy

/// The rules that there are, one line each for people, or for machines (`hvo/rule-list/v1`).
package struct RuleList: Sendable {
  private let rules: [Rule]

  /// A list of rules.
  package init(_ rules: [Rule]) {
    self.rules = rules
  }

  /// The value of the `schema` key.
  package static let name = "hvo/rule-list/v1"

  /// Writes a line for each rule: identity, severity, part of the verdict, what it is evaluated for, title.
  package func writeText(into output: inout some TextOutputStream) {
    let width = rules.map(\.id.count).max() ?? 0
    for rule in rules {
      let columns = [
        rule.id.padded(to: width), rule.severity.rawValue.padded(to: 7), rule.axis.rawValue.padded(to: 7),
        rule.quantifier.rawValue.padded(to: 13), rule.title.printable,
      ]
      output.write(columns.joined(separator: "  ") + "\n")
    }
  }

  /// Writes the list as JSON.
  package func writeJSON(into output: inout some TextOutputStream) {
    JSONText.writeDocument(["schema": .text(Self.name), "rules": .array(rules.map(Self.item))], into: &output)
  }

  private static func item(_ rule: Rule) -> JSON {
    var (forbids, requires): (JSON?, JSON?) = (nil, nil)
    switch rule.demand {
    case .forbid(let expression): forbids = .text(expression.description)
    case .require(let expression): requires = .text(expression.description)
    }
    return [
      "id": .text(rule.id), "name": .text(rule.name), "severity": .text(rule.severity.rawValue),
      "axis": .text(rule.axis.rawValue), "forEach": .text(rule.quantifier.rawValue), "title": .text(rule.title),
      "when": rule.condition.map { .text($0.description) }, "forbids": forbids, "requires": requires,
      "why": .text(rule.why), "help": .texts(rule.help), "references": .texts(rule.references),
      "suppressible": .truth(rule.forbidsAcceptance == nil), "hasExample": .truth(rule.example != nil),
      "file": .text(rule.range.path),
    ]
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
