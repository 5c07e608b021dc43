package import Architectures
package import Diagnostics
import Simulation

/// Simulates architectures and evaluates rules on what was seen: the whole way from a descriptor's facts to verdicts.
package struct Checker: Sendable {
  private let simulator: ArchitectureSimulator
  private let evaluator: Evaluator

  /// A checker with these rules.
  package init(rules: [Rule], catalog: KernelCatalog) {
    simulator = ArchitectureSimulator(catalog: catalog)
    evaluator = Evaluator(rules: rules, catalog: catalog)
  }

  /// Checks one architecture.
  /// - Parameter beforeCell: is told the architecture and the HugeTLB page size that come next.
  /// - Throws: facts that contradict each other.
  package func check(
    _ architecture: Architecture, beforeCell: (Architecture, UInt64) -> Void = { _, _ in }
  ) throws(Diagnostics) -> JudgedArchitecture {
    evaluator.evaluate(try simulator.simulate(architecture, beforeCell: beforeCell))
  }

  /// Checks architectures in their order.
  /// - Parameter beforeCell: is told the architecture and the HugeTLB page size that come next.
  /// - Throws: what is wrong with any of them.
  package func check(
    _ architectures: [Architecture], beforeCell: (Architecture, UInt64) -> Void = { _, _ in }
  ) throws(Diagnostics) -> [JudgedArchitecture] {
    var judged: [JudgedArchitecture] = []
    var problems: [Diagnostic] = []
    for architecture in architectures {
      do throws(Diagnostics) {
        judged.append(try check(architecture, beforeCell: beforeCell))
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return judged
  }
}
