package import Architectures
package import Diagnostics

/// A rule that a cell violates, or that cannot be decided there, with the evidence.
package struct Finding: Sendable {
  /// What was found out about the rule.
  package enum Outcome: String, Sendable {
    /// The rule is violated.
    case violated
    /// Something that the rule needs is not known: the verdict is `?`.
    case undecided
  }

  /// What the simulation saw, where the rule speaks of runs.
  package struct Witness: Sendable, Hashable {
    /// First struct page index that violates the rule, 0 is the head.
    package var firstIndex: Int
    /// Kernel virtual address of the store, or of the struct page where nothing is stored.
    package var address: UInt64
    /// How many struct pages of the HugeTLB page violate the rule.
    package var count: Int
    /// Struct pages of the HugeTLB page.
    package var structPages: Int
    /// All their indices, shortened for people.
    package var indices: String
    /// How the start state of the first violation came about.
    package var scenario: String
    /// The store's function, such as `clear_bit`; nil where nothing is stored.
    package var operation: String?
    /// How it comes to it: the remap, the start state, the conditions, the stores.
    package var steps: [Step] = []

    /// One step on the way to the violation.
    package struct Step: Sendable, Hashable {
      /// What happens, in the kernel's words.
      package var text: String
      /// The line of the descriptor that says so; nil where only the simulation does.
      package var place: SourceRange?
    }
  }

  /// The rule's identity.
  package var rule: String
  /// Its name.
  package var ruleName: String
  /// The part of the verdict.
  package var axis: Rule.Axis
  /// Violated or undecided.
  package var outcome: Outcome
  /// How much it weighs; what is undecided weighs as an error.
  package var severity: Severity
  /// The architecture's name with its variant.
  package var architecture: String
  /// The kernel version with its patches.
  package var kernel: String
  /// HugeTLB page size in bytes; nil where the rule does not speak of one.
  package var hugepage: UInt64?
  /// Assumptions about symbols on which the descriptor is silent.
  package var assumptions: String
  /// The configurations in which it was found, that of the evidence first; empty where the rule does not speak of one.
  package var configurations: [Configuration]
  /// The rule's title.
  package var message: String
  /// Evidence lines.
  package var evidence: [String]
  /// The way out.
  package var help: [String]
  /// Where the descriptor says what is wrong.
  package var place: SourceRange
  /// Where the kernel tree says it.
  package var kernelPlace: KernelPlace?
  /// What the simulation saw.
  package var witness: Witness?
  /// The C text at `place`, such as `clear_bit(PG_dcache_clean, &page->flags)`; nil where the place is not in code.
  package var site: String?
  /// Whether a suppression or the baseline may accept it. What is undecided may not be, nor what the rule keeps open.
  package var isAcceptable = true
}

/// A word of the compatibility matrix.
package enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// Opted in, and every rule passes.
  case ok
  /// Opted in, and a rule is violated.
  case fail = "FAIL"
  /// Not opted in.
  case off
  /// Cannot apply: the kernel has nothing to optimise, or the architecture has no such code.
  case notApplicable = ".."
  /// Cannot be decided.
  case undecided = "?"
}

/// The verdict of one HugeTLB page size of one architecture.
package struct CellVerdict: Sendable {
  /// The architecture's name with its variant.
  package var architecture: String
  /// The kernel version with its patches.
  package var kernel: String
  /// HugeTLB page size in bytes.
  package var hugepage: UInt64
  /// Assumptions about symbols on which the descriptor is silent.
  package var assumptions: String
  /// Does the architecture's own code keep off read-only and aliased struct pages?
  package var flush: Verdict
  /// May the page tables be changed so?
  package var remap: Verdict
  /// Both, and whether the feature is there at all.
  package var overall: Verdict
  /// Why, in a few words.
  package var why: String
}
