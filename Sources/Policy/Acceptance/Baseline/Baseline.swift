import Architectures
package import Diagnostics
package import LocatedYAML

/// Findings that are known and accepted, each with a reason. An entry has no line numbers, so that edits elsewhere do
/// not make it stale.
package struct Baseline: Sendable {
  /// One accepted finding.
  package struct Entry: Sendable, Hashable {
    /// The rule.
    package var rule: String
    /// The architecture's name with its variant.
    package var architecture: String
    /// HugeTLB page size in bytes; nil for rules that do not speak of one.
    package var hugepage: UInt64?
    /// How the start state that shows it came about; nil accepts any. Without it a new way to the same mistake is
    /// accepted with the old one.
    package var scenario: String?
    /// The C text of the store, its blanks as single ones; nil accepts any. Without it another store that makes the same
    /// mistake is accepted with the old one.
    package var site: String?
    /// Why it is accepted.
    package var reason: String
    /// Since when: YYYY-MM-DD.
    package var date: String
    /// Where the entry stands.
    package var range: SourceRange
  }

  /// The value of the `schema` key.
  package static let name = "hvo/baseline/v1"

  /// The format `hvo/baseline/v1`.
  package static let file = Schema.mapping([
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
          .required("date", .scalar(date), "since when: YYYY-MM-DD"),
        ])), "accepted findings"),
  ])

  private static let date = ScalarType("a date such as 2026-01-31", form: .pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")) {
    scalar in
    CalendarDate(scalar.text) == nil
      ? Diagnostic(id: "SCHEMA004", "'\(scalar.text)' is not a date such as 2026-01-31", at: scalar.range) : nil
  }

  /// The entries in file order, one for each size.
  package var entries: [Entry]

  /// Nothing is accepted.
  package static let empty = Baseline(entries: [])

  /// Reads a baseline file (JSON is YAML).
  /// - Throws: everything that is wrong with it.
  package static func read(_ source: SourceFile) throws(Diagnostics) -> Baseline {
    let root = try LocatedYAML.parse(source)
    var problems = file.problems(in: root)
    guard problems.isEmpty else { throw Diagnostics(problems) }
    var entries: [Entry] = []
    for node in root["findings"]?.items ?? [] {
      guard let rule = node["rule"]?.scalar, let architecture = node["architecture"]?.scalar,
        let reason = node["reason"]?.scalar, let date = node["date"]?.scalar
      else { continue }
      var sizes: [UInt64?] = []
      for size in (node["hugepages"]?.items ?? []).compactMap(\.scalar) {
        do throws(Diagnostic) {
          sizes.append(try size.asSize())
        } catch {
          problems.append(error)
        }
      }
      for size in sizes.isEmpty ? [nil] : sizes {
        entries.append(
          Entry(
            rule: rule.text, architecture: architecture.text, hugepage: size,
            scenario: node["scenario"]?.scalar?.text, site: node["site"]?.scalar?.text, reason: reason.text,
            date: date.text, range: rule.range))
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return Baseline(entries: entries)
  }

  /// Entries that can never accept anything: of rules that are not there or that forbid it, and without the HugeTLB page
  /// sizes of a rule that speaks of one.
  package func problems(knowing rules: [Rule]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for entry in entries where problems.last?.place != entry.range {
      guard let rule = rules.first(where: { $0.id == entry.rule }) else {
        let named = rules.first { $0.name == entry.rule }.map { ["write \($0.id)"] }
        problems.append(
          Diagnostic(
            id: "BASE002", "no rule '\(entry.rule)'", at: entry.range,
            help: (named ?? didYouMean(entry.rule, among: rules.map(\.id))) + ["hvocheck rules list shows all"]))
        continue
      }
      if let place = rule.forbidsAcceptance {
        problems.append(
          Diagnostic(
            id: "BASE004", "findings of \(rule.id) cannot be accepted", at: entry.range,
            notes: [.init("the rule says so here", at: place)], help: ["remove the entry"]))
      } else if rule.quantifier.speaksOfHugepage, entry.hugepage == nil {
        problems.append(
          Diagnostic(
            id: "BASE003", "\(rule.id) speaks of a HugeTLB page size, and this entry names none", at: entry.range,
            help: ["add 'hugepages' with the sizes that are accepted, such as [\"2M\"]"]))
      }
    }
    return problems
  }

  /// The entry that accepts a finding, if any. What is undecided is never accepted, nor what its rule keeps open.
  package func acceptance(of finding: Finding) -> Entry? {
    finding.isAcceptable ? entries.first { $0.matches(finding) } : nil
  }

  /// Entries for architectures that were checked without the finding turning up.
  package func stale(findings: [Finding], checked architectures: Set<String>) -> [Entry] {
    entries.filter { entry in
      architectures.contains(entry.architecture) && !findings.contains { entry.matches($0) }
    }
  }
}

extension Baseline.Entry {
  /// Does the entry speak of this finding?
  package func matches(_ finding: Finding) -> Bool {
    rule == finding.rule && architecture == finding.architecture && hugepage == finding.hugepage
      && (scenario.map { finding.witness?.scenario.hasPrefix($0) == true } ?? true)
      && (site.map { finding.site == $0 } ?? true)
  }
}

extension Rule.Quantifier {
  fileprivate var speaksOfHugepage: Bool {
    switch self {
    case .cell, .flush, .icacheSync: true
    case .select, .architecture, .configuration: false
    }
  }
}

extension Baseline.Entry {
  /// What is to be said of an entry whose finding is gone.
  /// - Parameter command: removes it.
  package func staleRemark(_ severity: Severity, prune command: String) -> Diagnostic {
    let size = hugepage.map { " at \(sizeText($0))" } ?? ""
    return Diagnostic(
      severity, id: FileRemark.staleBaselineEntry.id,
      "the baseline accepts \(rule) for \(architecture)\(size), which is gone", at: range,
      help: ["remove the entry, which would hide the finding if it came back:", "    \(command)"])
  }
}
