package import Diagnostics
import LocatedYAML

/// A baseline of the first version. Its entries name a rule, a name and sizes, and at best the text of a store: they
/// accepted what was found first, and hid what came behind it. It is only read to be converted.
package struct BaselineV1: Sendable {
  /// One entry.
  package struct Entry: Sendable, Hashable {
    var rule: String
    var architecture: String
    var hugepage: UInt64?
    /// The beginning of the start state that the evidence named; nil accepted any.
    var scenario: String?
    /// The C text of the store; nil accepted any.
    var site: String?
    var reason: String
    var date: String
    /// Where the entry stands.
    package var range: SourceRange
  }

  /// The value of the `schema` key.
  package static let name = "hvo/baseline/v1"

  private static let file = Schema.mapping([
    .required("schema", .scalar(.choice([name])), "the format and its version"),
    .required(
      "findings",
      .list(
        .mapping([
          .required("rule", .scalar(.text), "the rule"),
          .required("architecture", .scalar(.text), "the architecture with its variant"),
          .optional("hugepages", .list(.scalar(.text)), "HugeTLB page sizes, where the rule speaks of one"),
          .optional("scenario", .scalar(.text), "the beginning of the scenario that the evidence names"),
          .optional("site", .scalar(.text), "the C text of the store, its blanks as single ones"),
          .required("reason", .scalar(.text), "why it is accepted"),
          .required("date", .scalar(Baseline.date), "since when: YYYY-MM-DD"),
        ])), "accepted findings"),
  ])

  /// The entries in file order, one for each size.
  package var entries: [Entry]

  /// Reads a file of the first version.
  /// - Throws: everything that is wrong with it, another version included.
  package static func read(_ source: SourceFile) throws(Diagnostics) -> BaselineV1 {
    let root = try LocatedYAML.parse(source)
    let problems = file.problems(in: root)
    guard problems.isEmpty else { throw Diagnostics(problems) }
    var entries: [Entry] = []
    for node in root["findings"]?.items ?? [] {
      guard let rule = node["rule"]?.scalar, let architecture = node["architecture"]?.scalar,
        let reason = node["reason"]?.scalar, let date = node["date"]?.scalar
      else { continue }
      let sizes = try Baseline.sizes(node)
      entries += (sizes.isEmpty ? [nil] : sizes).map { size in
        Entry(
          rule: rule.text, architecture: architecture.text, hugepage: size, scenario: node["scenario"]?.scalar?.text,
          site: node["site"]?.scalar?.text, reason: reason.text, date: date.text, range: rule.range)
      }
    }
    return BaselineV1(entries: entries)
  }
}

extension BaselineV1.Entry {
  /// Did it accept a finding that a cell's first one was?
  func accepted(_ finding: Finding) -> Bool {
    rule == finding.rule && architecture == finding.architecture && hugepage == finding.hugepage
      && (scenario.map { finding.witness?.scenario.hasPrefix($0) == true } ?? true)
      && (site.map { finding.id.site.text == $0 } ?? true)
  }

  /// What it accepts, in one line.
  package var line: String {
    let size = hugepage.map { " " + String($0) } ?? ""
    return "\(rule) \(architecture)\(size)\(site.map { ": " + $0 } ?? "")"
  }
}
