/// Looks for a smallest set of changes that gives an outcome: delta debugging, with an end to patience.
///
/// Single changes are tried first; then changes are taken out of the whole as long as the rest suffices.
struct CauseSearch<Outcome> {
  private let changes: Int
  private let evaluate: (Set<Int>) -> Outcome?
  private var known: [Set<Int>: Outcome?] = [:]
  /// Evaluations that may still be made.
  private var budget: Int

  /// - Parameters:
  ///   - changes: how many there are.
  ///   - budget: how many sets may be evaluated.
  ///   - evaluate: what comes of a set of changes; nil where it is nothing that could be evaluated.
  init(changes: Int, budget: Int, evaluate: @escaping (Set<Int>) -> Outcome?) {
    self.changes = changes
    self.budget = budget
    self.evaluate = evaluate
  }

  /// A set from which no change can be taken, in order; where patience ended, a set that suffices. Empty where even all
  /// changes together do not give the outcome.
  mutating func smallestSet(giving isWanted: (Outcome) -> Bool) -> [Int] {
    var needed = Set(0..<changes)
    guard suffices(needed, isWanted) else { return [] }
    for change in 0..<changes where suffices([change], isWanted) { return [change] }
    var size = max(1, changes / 2)
    while true {
      var isSmaller = false
      for chunk in chunks(of: needed, size: size) where chunk.count < needed.count {
        let rest = needed.subtracting(chunk)
        if suffices(rest, isWanted) {
          needed = rest
          isSmaller = true
        }
      }
      if size == 1, !isSmaller { return needed.sorted() }
      size = max(1, min(size, needed.count) / 2)
    }
  }

  private mutating func suffices(_ set: Set<Int>, _ isWanted: (Outcome) -> Bool) -> Bool {
    outcome(set).map(isWanted) ?? false
  }

  private mutating func outcome(_ set: Set<Int>) -> Outcome? {
    if let outcome = known[set] { return outcome }
    guard budget > 0 else { return nil }
    budget -= 1
    let outcome = evaluate(set)
    known[set] = .some(outcome)
    return outcome
  }

  private func chunks(of set: Set<Int>, size: Int) -> [Set<Int>] {
    let sorted = set.sorted()
    return stride(from: 0, to: sorted.count, by: size).map { Set(sorted[$0..<min($0 + size, sorted.count)]) }
  }
}
