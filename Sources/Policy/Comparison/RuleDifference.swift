import Diagnostics

/// The differences between two sets of rules, each of which can be made alone.
struct RuleDifference {
  /// The changes, in the order of identities.
  let changes: [Comparison.Cause]
  private let old: [Rule]
  private let changed: [(old: Rule?, new: Rule?)]

  init(old: [Rule], new: [Rule]) {
    self.old = old
    var changed: [(old: Rule?, new: Rule?)] = []
    for id in Set(old.map(\.id) + new.map(\.id)).sorted() {
      let pair = (old.first { $0.id == id }, new.first { $0.id == id })
      if pair.0?.meaning != pair.1?.meaning { changed.append((pair.0, pair.1)) }
    }
    self.changed = changed
    changes = changed.map(Self.cause)
  }

  /// The old rules with some of the changes.
  func rules(with chosen: Set<Int>) -> [Rule] {
    let made = chosen.sorted().map { changed[$0] }
    let replaced = Set(made.compactMap { $0.old?.id })
    return (old.filter { !replaced.contains($0.id) } + made.compactMap(\.new)).sorted { $0.id < $1.id }
  }

  private static func cause(_ old: Rule?, _ new: Rule?) -> Comparison.Cause {
    guard let rule = new ?? old else { return Comparison.Cause("", at: .startOfFile("")) }
    guard let old, let new else {
      return Comparison.Cause("\(new == nil ? "-" : "+") rule \(rule.id): \(rule.title)", at: rule.range)
    }
    let parts = zip(old.meaning, new.meaning).filter { $0 != $1 }.map { "\($0) -> \($1)" }
    return Comparison.Cause("rule \(rule.id): \(parts.joined(separator: "; "))", at: rule.range)
  }
}

extension Rule {
  /// Everything that decides about findings; how they are worded does not.
  fileprivate var meaning: [String] {
    let (word, expression) =
      switch demand {
      case .forbid(let expression): ("forbid", expression)
      case .require(let expression): ("require", expression)
      }
    return [
      "severity \(severity.rawValue)", "axis \(axis.rawValue)", "verdict \(violation.rawValue)",
      "for_each \(quantifier.rawValue)", "when \(condition.map { "\($0)" } ?? "always")", "\(word) \(expression)",
      "suppressible \(forbidsAcceptance == nil)",
    ]
  }
}
