import Architectures
import Diagnostics
import Simulation
package import Vmemmap

extension CellVerdict {
  /// Folds the findings that concern a cell into the words of the matrix: flush and remap apart, never one into the
  /// other.
  init(
    of cell: SimulatedCell, in configuration: SimulatedConfiguration, _ architecture: Architecture, findings: [Finding]
  ) {
    guard configuration.isEnabled, let observation = cell.observation else {
      let why = configuration.optsIn ? "opted in, but \(architecture.kernel.feature)=n" : "not selected"
      self.init(cell: cell.id, flush: .off, remap: .off, overall: .off, why: why)
      return
    }
    if let obstacle = observation.obstacle {
      self.init(
        cell: cell.id, flush: .notApplicable, remap: .notApplicable, overall: .notApplicable, why: obstacle.reason)
      return
    }
    let flush = Self.word(findings.filter { $0.axis == .flush }, hasCode: architecture.flush != nil)
    let remap = Self.word(findings.filter { $0.axis == .remap }, hasCode: true)
    let kconfig = Self.word(findings.filter { $0.axis == .kconfig }, hasCode: true)
    let overall: Verdict =
      [flush, remap, kconfig].contains(.fail)
      ? .fail : [flush, remap, kconfig].contains(.undecided) ? .undecided : .ok
    let noCode = flush == .notApplicable ? ["no flush_dcache_page()"] : []
    let why =
      (Self.rules(.error, in: findings) + Self.rules(.warning, in: findings).map { "warning \($0)" } + noCode)
      .joined(separator: ", ")
    self.init(cell: cell.id, flush: flush, remap: remap, overall: overall, why: why)
  }

  private static func rules(_ severity: Severity, in findings: [Finding]) -> [String] {
    Set(findings.filter { $0.severity == severity }.map(\.rule)).sorted()
  }

  private static func word(_ findings: [Finding], hasCode: Bool) -> Verdict {
    if findings.contains(where: { $0.severity == .error && $0.outcome == .violated }) {
      return .fail
    }
    if findings.contains(where: { $0.severity == .error }) { return .undecided }
    return hasCode ? .ok : .notApplicable
  }
}

extension NotOptimizable {
  /// Why there is nothing to optimize, in a few words.
  package var reason: String {
    switch self {
    case .notCompiledIn: "the feature is not built in"
    case .switchedOff: "switched off"
    case .structPageSizeNotPowerOfTwo(let size): "sizeof(struct page) is \(size), no power of two"
    case .noVmemmapPageToFree: "no vmemmap page to free"
    case .headNotPageAligned: "the head's struct page does not start a vmemmap page"
    case .alreadyOptimized: "already optimized"
    }
  }
}
