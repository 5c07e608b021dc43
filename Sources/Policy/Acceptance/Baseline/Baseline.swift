package import Architectures
package import Diagnostics
package import LocatedYAML

/// Findings that are known and accepted, each with a reason. An entry has no line numbers, so that edits elsewhere do
/// not make it stale.
package struct Baseline: Sendable {
  /// One accepted finding.
  package struct Entry: Sendable, Hashable {
    /// The rule.
    package var rule: String
    /// The architecture at its kernel.
    package var architecture: ArchitectureID
    /// HugeTLB page size in bytes; nil for rules that do not speak of one.
    package var hugepage: UInt64?
    /// What the configuration assumes; empty where the descriptor says all that matters.
    package var assumptions: String
    /// The one store or fact that is accepted.
    package var site: AcceptedSite
    /// Why it is accepted.
    package var reason: String
    /// Since when: YYYY-MM-DD.
    package var date: String
    /// Where the entry stands.
    package var range: SourceRange
  }

  /// The value of the `schema` key.
  package static let name = "hvo/baseline/v2"

  /// The format `hvo/baseline/v2`.
  package static let file = Schema.mapping([
    .required("schema", .scalar(.choice([name])), "the format and its version"),
    .required(
      "findings",
      .list(
        .mapping([
          .required("rule", .scalar(.text), "the rule"),
          .required("architecture", .scalar(.text), "the architecture with its variant"),
          .required("kernel", .scalar(.text), "the kernel version with its patches, as reports name it"),
          .optional("hugepages", .list(.scalar(.text)), "HugeTLB page sizes, where the rule speaks of one"),
          .optional("assumptions", .scalar(.text), "what the configuration assumes, as reports name it"),
          .optional("site", .scalar(.text), "the C text of the store, its blanks as single ones; or the select line"),
          .optional("number", .scalar(.text), "which of the places with this text, from 1"),
          .optional("calls", .list(.scalar(.text)), "the calls that lead to it, outermost first"),
          .optional("states", .list(.scalar(.text)), "the states from which a flush is lost: off synchronised"),
          .required("reason", .scalar(.text), "why it is accepted"),
          .required("date", .scalar(date), "since when: YYYY-MM-DD"),
        ])), "accepted findings"),
  ])

  static let date = ScalarType("a date such as 2026-01-31", form: .pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")) {
    scalar in
    CalendarDate(scalar.text) == nil
      ? Diagnostic(id: "SCHEMA004", "'\(scalar.text)' is not a date such as 2026-01-31", at: scalar.range) : nil
  }

  /// The entries in file order, one for each size.
  package var entries: [Entry]

  /// Nothing is accepted.
  package static let empty = Baseline(entries: [])

  /// The entry that accepts a finding, if any. What is undecided is never accepted, nor what its rule keeps open.
  package func acceptance(of finding: Finding) -> Entry? {
    finding.isAcceptable ? entries.first { $0.accepts(finding) } : nil
  }

  /// Entries for architectures that were checked without the finding turning up.
  package func stale(findings: [Finding], checked architectures: Set<ArchitectureID>) -> [Entry] {
    entries.filter { entry in
      architectures.contains(entry.architecture) && !findings.contains { entry.speaks(of: $0) }
    }
  }
}

extension Baseline.Entry {
  /// Does the entry speak of this finding, so that it is not gone?
  package func speaks(of finding: Finding) -> Bool {
    rule == finding.rule && architecture == finding.id.scope.architecture && hugepage == finding.hugepage
      && assumptions == finding.assumptions && site.isSamePlace(as: AcceptedSite(finding.id.site))
  }

  /// Does it accept this finding, if anything may?
  package func accepts(_ finding: Finding) -> Bool {
    speaks(of: finding) && site.includes(AcceptedSite(finding.id.site))
  }
}
