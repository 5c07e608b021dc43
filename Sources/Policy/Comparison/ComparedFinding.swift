import Architectures

/// What makes a finding of one state the finding of another: never its line or its wording.
extension Finding {
  /// Is it this finding, in some configuration at least?
  func isSame(as other: Finding) -> Bool {
    rule == other.rule && outcome == other.outcome && hugepage == other.hugepage && architecture == other.architecture
  }

  /// Do others report it in each of its configurations?
  func isCovered(by others: [Finding]) -> Bool {
    let same = others.filter(isSame)
    guard !configurations.isEmpty else { return !same.isEmpty }
    let known = same.flatMap(\.configurations)
    return configurations.allSatisfy { own in known.contains { $0.isCompatible(with: own) } }
  }
}

extension Configuration {
  /// Can both be the same configuration? A symbol about which one state is silent has a value in the other.
  func isCompatible(with other: Configuration) -> Bool {
    Set(assumed.keys).union(other.assumed.keys).allSatisfy { symbol in
      guard let own = values[symbol], let others = other.values[symbol] else { return true }
      return own == others
    }
  }
}

extension [Finding] {
  /// The findings that others do not have. Of several that are the same but for their place, such as two select lines,
  /// as many are new as there are more of them, those that say something new first.
  func missing(in others: [Finding]) -> [Finding] {
    enumerated().filter { index, finding in
      guard finding.isCovered(by: others) else { return true }
      guard finding.configurations.isEmpty else { return false }
      let same = others.filter(finding.isSame)
      let rivals = enumerated().filter { finding.isSame(as: $0.element) }
      let ranked = rivals.sorted { first, second in
        let isKnown = same.contains { $0.evidence == first.element.evidence }
        let isOtherKnown = same.contains { $0.evidence == second.element.evidence }
        return isKnown != isOtherKnown ? isKnown : first.offset < second.offset
      }
      return ranked.dropFirst(same.count).contains { $0.offset == index }
    }.map(\.element)
  }
}
