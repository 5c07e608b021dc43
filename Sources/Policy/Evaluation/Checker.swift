package import Architectures
package import Diagnostics
import KernelC
package import Simulation

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
  ) throws(Diagnostics) -> Checked {
    let simulated = try simulator.simulate(architecture, beforeCell: beforeCell)
    return Checked(simulated: simulated, evaluation: evaluator.evaluate(simulated))
  }

  /// Checks architectures in their order.
  /// - Parameter beforeCell: is told the architecture and the HugeTLB page size that come next.
  /// - Throws: what is wrong with any of them.
  package func check(
    _ architectures: [Architecture], beforeCell: (Architecture, UInt64) -> Void = { _, _ in }
  ) throws(Diagnostics) -> [Checked] {
    var checked: [Checked] = []
    var problems: [Diagnostic] = []
    for architecture in architectures {
      do throws(Diagnostics) {
        checked.append(try check(architecture, beforeCell: beforeCell))
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return checked
  }
}

/// One architecture with what was simulated and what the rules say of it.
package struct Checked: Sendable {
  /// What was simulated.
  package var simulated: SimulatedArchitecture
  /// Findings and verdicts.
  package var evaluation: Evaluation

  /// The architecture.
  package var architecture: Architecture { simulated.architecture }

  /// The verdicts with the configurations to which they belong.
  var cells: [(configuration: Configuration, verdict: CellVerdict)] {
    var verdicts = evaluation.verdicts[...]
    return simulated.configurations.flatMap { configuration in
      let count = configuration.isEnabled ? configuration.cells.count : architecture.hugepages.count
      defer { verdicts = verdicts.dropFirst(count) }
      return verdicts.prefix(count).map { (configuration.configuration, $0) }
    }
  }
}
