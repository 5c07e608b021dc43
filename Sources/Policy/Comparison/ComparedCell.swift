import Architectures
import Diagnostics

/// One cell of one state: its verdict, and the errors behind it.
struct ComparedCell {
  /// What is compared; the words for why are not.
  struct State: Hashable {
    var overall: Verdict
    var flush: Verdict
    var remap: Verdict
    var errors: Set<String>
  }

  var configuration: Configuration
  var verdict: CellVerdict
  var state: State

  /// The cells of an architecture.
  static func all(of checked: Checked) -> [ComparedCell] {
    checked.cells.map { configuration, verdict in
      let errors = checked.evaluation.findings.filter { finding in
        finding.severity == .error && [nil, verdict.hugepage].contains(finding.hugepage)
          && (finding.configurations.isEmpty || finding.configurations.contains(configuration))
      }
      return ComparedCell(
        configuration: configuration, verdict: verdict,
        state: State(
          overall: verdict.overall, flush: verdict.flush, remap: verdict.remap,
          errors: Set(errors.map { "\($0.rule) \($0.outcome.rawValue)" })))
    }
  }

  /// Can both be the same cell?
  func isSame(as other: ComparedCell) -> Bool {
    verdict.hugepage == other.verdict.hugepage && configuration.isCompatible(with: other.configuration)
  }

  /// Which way the verdict went; nil where it is the same.
  func direction(from old: ComparedCell) -> Comparison.Direction? {
    guard old.state != state else { return nil }
    let words = zip([old.state.overall, old.state.flush, old.state.remap], [state.overall, state.flush, state.remap])
    if words.contains(where: { $0.badness < $1.badness }) { return .worse }
    if words.contains(where: { $0.badness > $1.badness }) { return .better }
    if words.contains(where: { $0 != $1 }) { return .changed }
    let isWorse = !state.errors.isSubset(of: old.state.errors)
    return isWorse ? .worse : .better
  }
}

extension Verdict {
  /// Of two words, which one is worse.
  fileprivate var badness: Int {
    switch self {
    case .ok, .off, .notApplicable: 0
    case .undecided: 1
    case .fail: 2
    }
  }
}
