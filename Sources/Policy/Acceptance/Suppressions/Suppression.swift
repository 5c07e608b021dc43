package import Diagnostics

/// A comment in a descriptor that accepts findings of one rule until a day, with a reason:
/// `# hvocheck: ignore HVO003 until=2027-03-31 reason="sun4v never takes this path"`.
package struct Suppression: Sendable, Hashable {
  /// The rule's identity.
  package var rule: String
  /// The last day on which it holds.
  package var until: CalendarDate
  /// Why the findings are accepted.
  package var reason: String
  /// Where the comment stands.
  package var range: SourceRange
  /// The entry of the descriptor that it speaks of; findings placed inside are accepted.
  package var covers: SourceRange

  /// Makes a suppression.
  package init(rule: String, until: CalendarDate, reason: String, range: SourceRange, covers: SourceRange) {
    self.rule = rule
    self.until = until
    self.reason = reason
    self.range = range
    self.covers = covers
  }

  /// Does it speak of this finding? Whether it may accept it is another question.
  func covers(_ finding: Finding) -> Bool {
    let place = finding.place
    return rule == finding.rule && covers.file == place.file && covers.start <= place.start && place.start < covers.end
  }
}

/// Who accepts a finding, so that it is shown and does not fail.
package enum Acceptance: Sendable {
  /// An entry of the baseline.
  case baseline(Baseline.Entry)
  /// A comment in the descriptor.
  case suppression(Suppression)

  /// Why it is accepted.
  package var reason: String {
    switch self {
    case .baseline(let entry): entry.reason
    case .suppression(let suppression): suppression.reason
    }
  }
}
