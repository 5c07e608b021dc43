import Architectures
import Diagnostics
import Simulation

/// One cell of one state: its verdict, and the errors behind it.
struct ComparedCell {
  /// What is compared; the words for why are not.
  struct State: Hashable {
    /// An error by what makes it the same in another state.
    struct Violation: Hashable {
      var rule: String
      var outcome: Finding.Outcome
      var site: FindingSite
    }

    var overall: Verdict
    var flush: Verdict
    var remap: Verdict
    /// Empty where the words stand for no findings, as those of a feature that is off.
    var errors: Set<Violation>

    fileprivate var words: [Verdict] { [overall, flush, remap] }
  }

  var configuration: Configuration
  var verdict: CellVerdict
  var state: State

  /// The cells of an architecture.
  static func all(of judged: JudgedArchitecture) -> [ComparedCell] {
    judged.configurations.flatMap { configuration in
      configuration.cells.map { cell in
        let verdict = cell.verdict
        let errors = judged.findings(of: cell, in: configuration).filter { $0.severity == .error }
        let isJudged = ![.off, .notApplicable].contains(verdict.overall)
        return ComparedCell(
          configuration: configuration.simulated.configuration, verdict: verdict,
          state: State(
            overall: verdict.overall, flush: verdict.flush, remap: verdict.remap,
            errors: isJudged ? Set(errors.map { .init(rule: $0.rule, outcome: $0.outcome, site: $0.id.site) }) : []))
      }
    }
  }

  /// Can both be the same cell?
  func isSame(as other: ComparedCell) -> Bool {
    verdict.hugepage == other.verdict.hugepage && configuration.isCompatible(with: other.configuration)
  }

  /// Which way the verdict went; nil where it is the same.
  func direction(from old: ComparedCell) -> Comparison.Direction? {
    guard old.state != state else { return nil }
    let words = zip(old.state.words, state.words)
    if words.contains(where: { $0.regressionRank < $1.regressionRank }) { return .worse }
    // What cannot be decided is no better than what fails.
    if words.contains(where: { $0.regressionRank > $1.regressionRank && $1.regressionRank == 0 }) { return .better }
    return words.contains { $0 != $1 } ? .changed : .otherFindings
  }
}

extension Verdict {
  /// Of two words, which one is a step back: `FAIL` after `?`, `?` after all others.
  fileprivate var regressionRank: Int {
    switch self {
    case .ok, .off, .notApplicable: 0
    case .undecided: 1
    case .fail: 2
    }
  }
}
