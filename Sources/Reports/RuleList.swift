import Diagnostics
internal import FoundationEssentials
import Kconfig
public import Policy

/// The rules that there are, one line each for people, or for machines (`hvo/rule-list/v1`).
public struct RuleList: Sendable {
  private let rules: [Rule]

  /// A list of rules.
  public init(_ rules: [Rule]) {
    self.rules = rules
  }

  /// The value of the `schema` key.
  public static let name = "hvo/rule-list/v1"

  /// Writes a line for each rule: identity, severity, part of the verdict, what it is evaluated for, title.
  public func writeText(into output: inout some TextOutputStream) {
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
  /// - Throws: an encoding error, which no list provokes.
  public func writeJSON(into output: inout some TextOutputStream) throws {
    output.write(try JSONText.encode(Document(rules: rules.map(Item.init))) + "\n")
  }

  private struct Document: Encodable {
    var schema = RuleList.name
    var rules: [Item]
  }

  private struct Item: Encodable {
    var id: String
    var name: String
    var severity: String
    var axis: String
    var forEach: String
    var title: String
    var when: String?
    var forbids: String?
    var requires: String?
    var why: String
    var help: [String]
    var references: [String]
    var hasExample: Bool
    var file: String

    init(_ rule: Rule) {
      (id, name, severity, axis) = (rule.id, rule.name, rule.severity.rawValue, rule.axis.rawValue)
      (forEach, title) = (rule.quantifier.rawValue, rule.title)
      when = rule.condition?.description
      switch rule.demand {
      case .forbid(let expression): forbids = expression.description
      case .require(let expression): requires = expression.description
      }
      (why, help, references) = (rule.why, rule.help, rule.references)
      hasExample = rule.example != nil
      file = rule.range.path
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
