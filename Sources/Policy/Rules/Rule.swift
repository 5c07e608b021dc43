package import Diagnostics
package import Kconfig

/// A rule: what must not be seen in a cell, and what to say when it is.
package struct Rule: Sendable {
  /// What a rule speaks of; it is evaluated once for each.
  package enum Quantifier: String, Sendable, CaseIterable {
    /// Each `select` line of an architecture.
    case select
    /// An architecture over all its configurations.
    case architecture
    /// Each configuration.
    case configuration
    /// Each HugeTLB page size of each configuration: one remap.
    case cell
    /// Each run of `flush_dcache_page()`: every struct page of the HugeTLB page, from every start state.
    case flush
    /// Each run of the path that sets `PG_dcache_clean`.
    case icacheSync = "icache_sync"
  }

  /// The part of a verdict to which a rule belongs.
  package enum Axis: String, Sendable, CaseIterable {
    /// Does the architecture's own code keep off read-only and aliased struct pages?
    case flush
    /// May the architecture's page tables be changed as HVO changes them?
    case remap
    /// Is the feature what the descriptor thinks it is?
    case kconfig
  }

  /// What a rule demands of each subject.
  package enum Demand: Sendable {
    /// The expression must not hold.
    case forbid(KconfigExpression)
    /// The expression must hold.
    case require(KconfigExpression)
  }

  /// `HVO001`.
  package var id: String
  /// `flush-writes-ro-tail`.
  package var name: String
  /// The part of the verdict.
  package var axis: Axis
  /// How much a violation weighs.
  package var severity: Severity
  /// What a violation makes of the verdict: FAIL, or `?` where the rule says that something is not understood.
  package var violation: Finding.Outcome
  /// One line: what is wrong.
  package var title: String
  /// What the rule speaks of.
  package var quantifier: Quantifier
  /// Subjects to which it applies; nil for all.
  package var condition: KconfigExpression?
  /// What it demands.
  package var demand: Demand
  /// Evidence lines of a violation.
  package var evidence: MessageTemplate
  /// Why this breaks a kernel, for `explain`.
  package var why: String
  /// The way out, a line each.
  package var help: [String]
  /// Commits, threads, kernel files.
  package var references: [String]
  /// What it finds fault with, and the same put right.
  package var example: RuleExample?
  /// A Coccinelle rule that finds candidates in the C files of a kernel tree.
  package var cocci: String?
  /// Where the rule forbids that its findings are accepted, by a suppression or the baseline; nil where it does not.
  package var forbidsAcceptance: SourceRange?
  /// Where the rule is written.
  package var range: SourceRange
}
