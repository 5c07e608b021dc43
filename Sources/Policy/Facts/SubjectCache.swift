import Architectures
import Simulation

/// The subjects of one architecture: many rules speak of the same ones.
struct SubjectCache {
  private let simulated: SimulatedArchitecture
  private let catalog: KernelCatalog
  private var configurations: [Subject]?

  init(simulated: SimulatedArchitecture, catalog: KernelCatalog) {
    self.simulated = simulated
    self.catalog = catalog
  }

  /// The subjects that a quantifier ranges over.
  mutating func subjects(of quantifier: Rule.Quantifier) -> [Subject] {
    switch quantifier {
    case .select: Subject.selects(of: simulated, catalog: catalog)
    case .architecture: [Subject.architecture(simulated)]
    case .configuration: ofConfigurations()
    case .cell, .flush, .icacheSync:
      zip(ofConfigurations(), simulated.configurations).flatMap { base, configuration in
        configuration.cells.compactMap { Subject.cell($0, base: base) }
      }
    }
  }

  private mutating func ofConfigurations() -> [Subject] {
    if let configurations { return configurations }
    let made = simulated.configurations.map { Subject.configuration($0, of: simulated) }
    configurations = made
    return made
  }
}
