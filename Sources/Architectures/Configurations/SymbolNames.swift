import Diagnostics
import Kconfig
import KernelC

/// The Kconfig symbols of which a descriptor speaks, and those from which they follow.
struct SymbolNames: Sendable {
  /// Those that there are, or that nothing is known against.
  private(set) var present: Set<String> = []
  /// Those that the code asks for.
  let inCode: Set<String>
  private let architecture: Architecture
  private let catalog: KernelCatalog

  /// - Parameter others: symbols that somebody else asks about.
  init(of architecture: Architecture, catalog: KernelCatalog, others: Set<String>) {
    self.architecture = architecture
    self.catalog = catalog
    let kernel = architecture.kernel
    inCode = Program.configSymbols(in: architecture.codeTexts)
    var open = inCode.union(others).union(architecture.config.keys)
    open.insert(kernel.feature)
    open.formUnion(kernel.featureDepends.symbols.map(\.text))
    switch kernel.optIn {
    case .symbol(let name): open.insert(name)
    case .condition(let condition): open.formUnion(condition.symbols.map(\.text))
    }
    open.formUnion(architecture.selects.map(\.symbol.value))
    let conditions =
      architecture.selects.map(\.condition) + architecture.structPageSizes.map(\.condition)
      + architecture.defines.map(\.condition)
    for condition in conditions { open.formUnion(condition?.symbols.map(\.text) ?? []) }
    while let name = open.popFirst() {
      guard !isAbsent(name), Self.canBe(name), present.insert(name).inserted else { continue }
      guard let known = catalog.symbol(name, in: architecture.version.value) else { continue }
      open.formUnion(known.value?.symbols.map(\.text) ?? [])
      open.formUnion(known.depends?.symbols.map(\.text) ?? [])
      if let choice = known.choice { open.formUnion(catalog.members(of: choice)) }
    }
  }

  /// Whether it is known that this kernel does not have a symbol here: it is one of another architecture, version or
  /// kernel, and so n.
  func isAbsent(_ name: String) -> Bool {
    guard catalog.symbols[name] != nil else { return false }
    let kernel = architecture.kernel
    if catalog.kernelSymbols.contains(name), name != kernel.feature, name != kernel.defaultOn {
      guard case .symbol(name) = kernel.optIn else { return true }
    }
    guard let known = catalog.symbol(name, in: architecture.version.value) else { return true }
    return known.architecture.map { $0 != architecture.directory.value } ?? false
  }

  /// Whether Kconfig can have a symbol of this name that is neither a keyword nor a number.
  static func canBe(_ name: String) -> Bool {
    name.utf8.allSatisfy(isWordByte) && name.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
