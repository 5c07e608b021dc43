package import Diagnostics
import LocatedYAML

/// Turns a resolved descriptor into an `Architecture`: typed facts with their provenance.
package struct ArchitectureReader: Sendable {
  private let catalog: KernelCatalog

  /// A reader that knows the kernels of a catalog.
  package init(catalog: KernelCatalog) {
    self.catalog = catalog
  }

  /// The architectures that a descriptor describes: one for each of its variants.
  /// - Throws: everything that is wrong with any of them, in text order.
  package func read(_ descriptor: Descriptor) throws(Diagnostics) -> [Architecture] {
    var architectures: [Architecture] = []
    var problems: [Diagnostic] = []
    for variant in descriptor.variants {
      do throws(Diagnostics) {
        architectures.append(try read(variant, of: descriptor))
      } catch {
        problems += error.all
      }
    }
    // What is wrong in the base is wrong in each of them, and said once.
    guard problems.isEmpty else { throw Diagnostics(problems.inTextOrder()) }
    return architectures
  }

  /// The architecture that a resolved variant describes.
  /// - Throws: everything that is wrong with it, in text order.
  package func read(_ resolved: Descriptor.Resolved, of descriptor: Descriptor) throws(Diagnostics) -> Architecture {
    var reading = DescriptorReading(catalog: catalog, root: resolved.node, place: resolved.place)
    let architecture = reading.architecture(name: resolved.name, path: descriptor.path)
    guard reading.problems.isEmpty, let architecture else {
      // The schema demands what the reading needs; were they to differ, an empty list of mistakes would hide it.
      throw Diagnostics(reading.problems.isEmpty ? [.incomplete(resolved)] : reading.problems.inTextOrder())
    }
    return architecture
  }
}

extension Diagnostic {
  fileprivate static func incomplete(_ resolved: Descriptor.Resolved) -> Diagnostic {
    Diagnostic(id: "SCHEMA002", "a fact that every cell needs is missing in '\(resolved.name)'", at: resolved.place)
  }
}
