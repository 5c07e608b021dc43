import Architectures
import Diagnostics
import Policy
import ShippedKernels
import ShippedRules

/// What the binary carries: kernel profiles and rules.
enum Shipped {
  static func catalog() throws -> KernelCatalog {
    try KernelCatalogReader.read(SourceFile(path: ShippedKernels.path, text: ShippedKernels.text))
  }

  static func rules(for catalog: KernelCatalog) throws -> [Rule] {
    try RuleReader(symbols: Set(catalog.symbols.keys)).read(
      ShippedRules.files.map { SourceFile(path: $0.path, text: $0.text) })
  }
}
