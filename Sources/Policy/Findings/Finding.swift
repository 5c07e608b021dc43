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

  /// What makes it this finding.
  package var id: FindingID
  /// The rule's name.
  package var ruleName: String
  /// The part of the verdict.
  package var axis: Rule.Axis
  /// Violated or undecided.
  package var outcome: Outcome
  /// How much it weighs; what is undecided weighs as an error.
  package var severity: Severity
  /// The configuration; nil where the rule does not speak of one.
  package var configuration: Configuration?
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
  /// Whether a suppression or the baseline may accept it. What is undecided may not be, nor what the rule keeps open.
  package var isAcceptable = true

  /// The rule's identity.
  package var rule: String { id.rule }
  /// The architecture's name with its variant.
  package var architecture: String { id.scope.architecture.name }
  /// The kernel version with its patches.
  package var kernel: String { id.scope.architecture.kernel }
  /// HugeTLB page size in bytes; nil where the rule does not speak of one.
  package var hugepage: UInt64? { id.scope.hugepage }
  /// Assumptions about symbols on which the descriptor is silent.
  package var assumptions: String { id.scope.assumptions }
}
