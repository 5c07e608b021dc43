package import Diagnostics

/// The suppressions of all files that were read.
package struct Suppressions: Sendable {
  /// The suppressions in text order, one for each rule that a comment names.
  package internal(set) var all: [Suppression] = []
  /// Comments that look like suppressions and are none.
  var misspelt: [Diagnostic] = []
  /// The places that suppressions cover which cover several: nobody knows which of them is meant.
  private var ambiguous: [Suppression: [SourceRange]] = [:]

  /// No suppressions.
  package init() {}

  /// Does a report depend on the date?
  package var dependOnDate: Bool { !all.isEmpty }

  /// The suppression that accepts a finding on a day, if any.
  package func acceptance(of finding: Finding, on today: CalendarDate) -> Suppression? {
    guard finding.isAcceptable else { return nil }
    return all.first { $0.until >= today && $0.covers(finding) && ambiguous[$0] == nil }
  }

  /// The suppressions, of which those accept nothing that cover several stores: a comment accepts one, so that a second
  /// cannot hide behind it.
  package func accepting(oneStoreEachOf findings: [Finding]) -> Suppressions {
    var suppressions = self
    for suppression in all {
      var places: [SourceRange] = []
      for finding in findings where suppression.covers(finding) && !places.contains(finding.place) {
        places.append(finding.place)
      }
      if places.count > 1 { suppressions.ambiguous[suppression] = places }
    }
    return suppressions
  }

  /// Suppressions that accept nothing any more.
  package func ended(on today: CalendarDate) -> [Suppression] {
    all.filter { $0.until < today }
  }

  /// Why suppressions that speak of some findings do not accept them.
  package func refusals(of findings: [Finding], today: CalendarDate, rules: [Rule]) -> [Diagnostic] {
    var own = Suppressions()
    own.all = all.filter { findings.contains(where: $0.covers) }
    own.ambiguous = ambiguous
    return own.remarks(on: findings, today: today, checked: [], rules: rules)
  }

  /// What is to be said of the comments themselves, in text order.
  /// - Parameters:
  ///   - rules: all rules.
  ///   - evaluated: those that had their say; of the others' findings nobody knows, so that no comment is without use.
  ///   - findings: all findings, whether accepted or not.
  ///   - paths: the descriptors that were checked. A suppression of another file, which one of them extends, may be
  ///     meant for a descriptor that was not.
  package func remarks(
    on findings: [Finding], today: CalendarDate, checked paths: Set<FilePath>, rules: [Rule], evaluated: [Rule]? = nil
  ) -> [Diagnostic] {
    let evaluated = Set((evaluated ?? rules).map(\.id))
    return misspelt
      + all.compactMap { suppression in
        let covered = findings.filter(suppression.covers)
        if let rule = rules.first(where: { $0.id == suppression.rule }), let place = rule.forbidsAcceptance {
          return FileRemark.forbiddenSuppression.diagnostic(
            "\(rule.id) cannot be suppressed", at: suppression.range,
            notes: [.init("the rule says so here", at: place)],
            help: ["remove the comment; 'hvocheck explain \(rule.id)' has the way out"])
        }
        if suppression.until < today { return suppression.ended(on: today, covering: covered) }
        if covered.isEmpty, !evaluated.contains(suppression.rule) { return nil }
        if covered.isEmpty { return paths.contains(suppression.range.file) ? suppression.unused(findings) : nil }
        if let places = ambiguous[suppression] { return suppression.ambiguous(places) }
        if let undecided = covered.first, covered.allSatisfy({ $0.outcome == .undecided }) {
          return FileRemark.forbiddenSuppression.diagnostic(
            "what is undecided cannot be suppressed", at: suppression.range,
            notes: [.init("\(undecided.rule) is undecided here", at: undecided.place)])
        }
        return nil
      }
  }
}

extension Suppression {
  fileprivate func ended(on today: CalendarDate, covering findings: [Finding]) -> Diagnostic {
    let way =
      findings.isEmpty
      ? "remove the comment: it covers no finding"
      : "fix what \(rule) reports; or decide anew, with a new date and a reason that still holds"
    return FileRemark.invalidSuppression.diagnostic(
      "this suppression of \(rule) ended on \(until)", at: range,
      reasons: ["today is \(today)", "it was accepted because: \(reason)"], help: [way])
  }

  fileprivate func ambiguous(_ places: [SourceRange]) -> Diagnostic {
    FileRemark.ambiguousSuppression.diagnostic(
      "this suppression covers \(places.count) places where \(rule) is violated, and accepts none", at: range,
      notes: places.prefix(4).map { .init("\(rule) is reported here", at: $0) })
  }

  fileprivate func unused(_ findings: [Finding]) -> Diagnostic {
    let elsewhere = findings.first { $0.rule == rule && $0.place.file == range.file }
    return FileRemark.unusedSuppression.diagnostic(
      "this suppression covers no finding of \(rule)", at: range,
      notes: elsewhere.map { [.init("\(rule) is reported here", at: $0.place)] } ?? [])
  }
}
