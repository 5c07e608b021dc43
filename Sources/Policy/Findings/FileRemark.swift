package import Diagnostics

/// What is said of files instead of kernels: a suppression that has ended, a baseline entry whose finding is gone.
///
/// Remarks have identities as rules have, but no descriptor violates them and nobody can accept them.
package struct FileRemark: Sendable {
  /// `HVO900`.
  package let id: String
  /// `suppression-ended`.
  package let name: String
  /// How much it weighs where no option says otherwise.
  package let severity: Severity
  /// One line: what is wrong.
  package let title: String
  /// Why that matters.
  package let why: String
  /// The way out, a line each.
  package let help: [String]

  /// All remarks in the order of their identities.
  package static let all = [
    staleBaselineEntry, invalidSuppression, unusedSuppression, forbiddenSuppression, misspeltSuppression,
    ambiguousSuppression, untestedRule,
  ]

  /// `BASE001`.
  package static let staleBaselineEntry = FileRemark(
    id: "BASE001", name: "stale-baseline-entry", severity: .note,
    title: "the baseline accepts a finding that is gone",
    why: """
      An entry that accepts nothing today hides the finding when it comes back. It is an error with --strict-baseline,
      which is the default where the environment has CI=true.
      """,
    help: ["hvocheck baseline prune"])

  /// `HVO900`.
  package static let invalidSuppression = FileRemark(
    id: "HVO900", name: "invalid-suppression", severity: .error,
    title: "a suppression is incomplete or has ended",
    why: """
      A suppression says which rule, until when and why; without one of them nobody can tell later whether it still holds.
      After its last day it accepts nothing: the finding counts again, and the exit status is 2 until somebody decides.
      """,
    help: [example])

  /// `HVO901`.
  package static let unusedSuppression = FileRemark(
    id: "HVO901", name: "unused-suppression", severity: .error,
    title: "a suppression covers no finding",
    why: """
      Either the finding is gone, and the comment would hide it when it comes back, or the comment stands at the wrong
      place and never accepted anything.
      """,
    help: ["remove the comment, or move it to the entry at which the finding is reported"])

  /// `HVO902`.
  package static let forbiddenSuppression = FileRemark(
    id: "HVO902", name: "forbidden-suppression", severity: .error,
    title: "a suppression names a finding that nobody can accept",
    why: """
      What is undecided is never accepted, because nobody knows what would be; and a rule with 'suppressible: false' says
      itself why its findings stay open.
      """,
    help: ["remove the comment and follow 'hvocheck explain' of the rule"])

  /// `HVO903`.
  package static let misspeltSuppression = FileRemark(
    id: "HVO903", name: "misspelt-suppression", severity: .warning,
    title: "a comment looks like a suppression and is none",
    why: "It accepts nothing, although its author may think so.",
    help: [example])

  /// `HVO904`.
  package static let ambiguousSuppression = FileRemark(
    id: "HVO904", name: "ambiguous-suppression", severity: .error,
    title: "a suppression covers several violations",
    why: """
      A comment accepts one store. Where it covers more, nobody can tell which of them its reason is about, and a store that
      is added later would hide behind it.
      """,
    help: ["put a comment on the statement of each store, with a reason of its own"])

  /// `HVO910`.
  package static let untestedRule = FileRemark(
    id: "HVO910", name: "untested-rule", severity: .error,
    title: "a rule needs a passing and a failing case",
    why: """
      A rule that no case makes fire may never fire, and one that no case keeps silent may fire always.
      """,
    help: ["write both cases into the folder 'tests' beside the rule, or an 'example:' into the rule"])

  /// What a suppression looks like.
  static let example = "# hvocheck: ignore HVO003 until=2027-03-31 reason=\"sun4v never takes this path\""
}
