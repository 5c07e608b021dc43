import Diagnostics
import Kconfig
import KernelC

/// The Kconfig symbols that a descriptor can speak of: those that its kernel has there, and those that it does not have.
struct SymbolNames {
  /// Symbols that there are, or that nothing is known against.
  private(set) var present: Set<String> = []
  /// Symbols of other architectures, versions and kernels; n.
  private(set) var absent: Set<String> = []

  init(of architecture: Architecture, catalog: KernelCatalog) {
    let kernel = architecture.kernel
    for profile in catalog.profiles {
      absent.formUnion([profile.feature, profile.defaultOn])
      if case .symbol(let name) = profile.optIn { absent.insert(name) }
    }
    absent.subtract([kernel.feature, kernel.defaultOn])
    if case .symbol(let name) = kernel.optIn { absent.remove(name) }
    for name in catalog.symbols.keys {
      let owner = catalog.symbol(name, in: architecture.version.value).map { $0.architecture }
      if owner == nil || owner.flatMap({ $0 }).map({ $0 != architecture.directory.value }) == true {
        absent.insert(name)
      }
    }
    present = Set(catalog.symbols.keys).union(architecture.config.keys)
    present.formUnion(architecture.selects.map(\.symbol.value))
    let conditions =
      architecture.selects.map(\.condition) + architecture.structPageSizes.map(\.condition)
      + architecture.defines.map(\.condition)
    for condition in conditions { present.formUnion(condition?.symbols.map(\.text) ?? []) }
    present.formUnion(architecture.symbolsInCode)
    present = present.subtracting(absent).filter(Self.canBe)
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

extension Architecture {
  /// The Kconfig symbols that the code asks for.
  var symbolsInCode: Set<String> { Program.configSymbols(in: codeTexts) }
}
