import Architectures
import Diagnostics
import Simulation
package import Vmemmap

/// Folds findings into the words of the matrix: flush and remap apart, never one into the other.
enum Verdicts {
  /// One verdict for each HugeTLB page size of each configuration.
  static func of(_ checked: SimulatedArchitecture, findings: [Finding]) -> [CellVerdict] {
    checked.configurations.flatMap { configuration -> [CellVerdict] in
      guard configuration.isEnabled else {
        return checked.architecture.hugepages.map { size in
          let why = configuration.optsIn ? "opted in, but \(checked.architecture.kernel.feature)=n" : "not selected"
          return verdict(checked, configuration, size.value, flush: .off, remap: .off, overall: .off, why: why)
        }
      }
      return configuration.cells.map { cell in
        if let obstacle = cell.observation.obstacle {
          return verdict(
            checked, configuration, cell.hugepage.value, flush: .notApplicable, remap: .notApplicable,
            overall: .notApplicable, why: obstacle.reason)
        }
        let own = findings.of(configuration.configuration, hugepage: cell.hugepage.value)
        let flush = word(own.filter { $0.axis == .flush }, hasCode: checked.architecture.flush != nil)
        let remap = word(own.filter { $0.axis == .remap }, hasCode: true)
        let kconfig = word(own.filter { $0.axis == .kconfig }, hasCode: true)
        let overall: Verdict =
          [flush, remap, kconfig].contains(.fail)
          ? .fail : [flush, remap, kconfig].contains(.undecided) ? .undecided : .ok
        let noCode = flush == .notApplicable ? ["no flush_dcache_page()"] : []
        let why = (named(.error, in: own) + named(.warning, in: own).map { "warning \($0)" } + noCode)
          .joined(separator: ", ")
        return verdict(
          checked, configuration, cell.hugepage.value, flush: flush, remap: remap, overall: overall, why: why)
      }
    }
  }

  private static func named(_ severity: Severity, in findings: [Finding]) -> [String] {
    findings.filter { $0.severity == severity }.map(\.rule).uniqued()
  }

  private static func word(_ findings: [Finding], hasCode: Bool) -> Verdict {
    if findings.contains(where: { $0.severity == .error && $0.outcome == .violated }) {
      return .fail
    }
    if findings.contains(where: { $0.severity == .error }) { return .undecided }
    return hasCode ? .ok : .notApplicable
  }

  private static func verdict(
    _ checked: SimulatedArchitecture, _ configuration: SimulatedConfiguration, _ hugepage: UInt64, flush: Verdict,
    remap: Verdict, overall: Verdict, why: String
  ) -> CellVerdict {
    CellVerdict(
      architecture: checked.architecture.name, kernel: checked.architecture.kernelDescription, hugepage: hugepage,
      assumptions: configuration.configuration.assumptions, flush: flush, remap: remap, overall: overall, why: why)
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

extension [Finding] {
  /// Those that concern a HugeTLB page size in a configuration; with nil only those that speak of no size.
  func of(_ configuration: Configuration, hugepage: UInt64?) -> [Finding] {
    filter {
      ($0.hugepage == hugepage || $0.hugepage == nil)
        && ($0.configurations.isEmpty || $0.configurations.contains(configuration))
    }
  }
}

extension [String] {
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
