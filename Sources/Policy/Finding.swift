public import Architectures
public import Diagnostics

/// A rule that a cell violates, or that cannot be decided there, with the evidence.
public struct Finding: Sendable {
  /// What was found out about the rule.
  public enum Outcome: String, Sendable {
    /// The rule is violated.
    case violated
    /// Something that the rule needs is not known: the verdict is `?`.
    case undecided
  }

  /// What the simulation saw, where the rule speaks of runs.
  public struct Witness: Sendable, Hashable {
    /// First struct page index that violates the rule, 0 is the head.
    public var firstIndex: Int
    /// Kernel virtual address of the store, or of the struct page where nothing is stored.
    public var address: UInt64
    /// How many struct pages of the HugeTLB page violate the rule.
    public var count: Int
    /// Struct pages of the HugeTLB page.
    public var structPages: Int
    /// All their indices, shortened for people.
    public var indices: String
    /// How the start state of the first violation came about.
    public var scenario: String
    /// The store's function, such as `clear_bit`; nil where nothing is stored.
    public var operation: String?
    /// How it comes to it: the remap, the start state, the conditions, the stores.
    public var steps: [Step] = []

    /// One step on the way to the violation.
    public struct Step: Sendable, Hashable {
      /// What happens, in the kernel's words.
      public var text: String
      /// The line of the descriptor that says so; nil where only the simulation does.
      public var place: SourceRange?
    }
  }

  /// The rule's identity.
  public var rule: String
  /// Its name.
  public var ruleName: String
  /// The part of the verdict.
  public var axis: Rule.Axis
  /// Violated or undecided.
  public var outcome: Outcome
  /// How much it weighs; what is undecided weighs as an error.
  public var severity: Severity
  /// The architecture's name with its variant.
  public var architecture: String
  /// The kernel version with its patches.
  public var kernel: String
  /// HugeTLB page size in bytes; nil where the rule does not speak of one.
  public var hugepage: UInt64?
  /// Assumptions about symbols on which the descriptor is silent.
  public var assumptions: String
  /// The configurations in which it was found, that of the evidence first; empty where the rule does not speak of one.
  public var configurations: [Configuration]
  /// The rule's title.
  public var message: String
  /// Evidence lines.
  public var evidence: [String]
  /// The way out.
  public var help: [String]
  /// Where the descriptor says what is wrong.
  public var place: SourceRange
  /// Where the kernel tree says it.
  public var kernelPlace: KernelPlace?
  /// What the simulation saw.
  public var witness: Witness?
  /// The C text at `place`, such as `clear_bit(PG_dcache_clean, &page->flags)`; nil where the place is not in code.
  public var site: String?
  /// Whether a suppression or the baseline may accept it. What is undecided may not be, nor what the rule keeps open.
  public var isAcceptable = true
}

/// A word of the compatibility matrix.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
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
public struct CellVerdict: Sendable {
  /// The architecture's name with its variant.
  public var architecture: String
  /// The kernel version with its patches.
  public var kernel: String
  /// HugeTLB page size in bytes.
  public var hugepage: UInt64
  /// Assumptions about symbols on which the descriptor is silent.
  public var assumptions: String
  /// Does the architecture's own code keep off read-only and aliased struct pages?
  public var flush: Verdict
  /// May the page tables be changed so?
  public var remap: Verdict
  /// Both, and whether the feature is there at all.
  public var overall: Verdict
  /// Why, in a few words.
  public var why: String
}
