import Architectures
import Simulation

/// The subjects of one architecture: many rules speak of the same ones.
struct SubjectCache {
  private let checked: SimulatedArchitecture
  private let catalog: KernelCatalog
  private var configurations: [Subject]?

  init(checked: SimulatedArchitecture, catalog: KernelCatalog) {
    self.checked = checked
    self.catalog = catalog
  }

  /// The subjects that a quantifier ranges over.
  mutating func subjects(of quantifier: Rule.Quantifier) -> [Subject] {
    switch quantifier {
    case .select: Subject.selects(of: checked, catalog: catalog)
    case .architecture: [Subject.architecture(checked)]
    case .configuration: ofConfigurations()
    case .cell, .flush, .icacheSync:
      zip(ofConfigurations(), checked.configurations).flatMap { base, configuration in
        configuration.cells.map { Subject.cell($0, of: checked, base: base) }
      }
    }
  }

  private mutating func ofConfigurations() -> [Subject] {
    if let configurations { return configurations }
    let made = checked.configurations.map { Subject.configuration($0, of: checked) }
    configurations = made
    return made
  }
}
