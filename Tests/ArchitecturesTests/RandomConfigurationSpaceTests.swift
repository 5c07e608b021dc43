import Diagnostics
import Foundation
import Kconfig
import TestSupport
import Testing

@testable import Architectures

/// The configurations of random descriptors against evaluating everything that somebody can say in a `.config`.
@Suite struct RandomConfigurationSpaceTests {
  /// What a cell is made of, and the values that the code asks for.
  struct Cell: Hashable {
    var optsIn: Bool
    var isEnabled: Bool
    var size: UInt64?
    var macros: [String]
    var code: [String]
  }

  private static let code = ["SMP", "A_PORT"]
  private static let conditions = ["NUMA", "SMP", "KASAN", "A_PORT", "ARM64_VA_BITS_48", "HAVE_ALIGNED_STRUCT_PAGE"]
  /// Everything about which a `.config` can say something that reaches a cell of these descriptors.
  private static let asked = [
    ("NUMA", "yn"), ("SMP", "yn"), ("KASAN", "yn"), ("A_PORT", "ynm"), ("HUGETLBFS", "yn"), ("SPARSEMEM_VMEMMAP", "yn"),
    ("ARM64_VA_BITS_48", "yn"), ("ARM64_VA_BITS_39", "yn"),
  ]

  /// A descriptor in which selects, sizes and macros have random conditions, and `config:` says random things.
  static func descriptor(seed: UInt64, version: String) -> String {
    var random = SeededGenerator(seed: seed)
    func operand() -> String {
      let name = conditions.randomElement(using: &random) ?? "SMP"
      switch Int.random(in: 0..<5, using: &random) {
      case 0: return "!\(name)"
      case 1: return "\(name) != \(["y", "m", "n"].randomElement(using: &random) ?? "n")"
      default: return name
      }
    }
    func condition() -> String {
      let joint = Bool.random(using: &random) ? " && " : " || "
      return "'" + (0..<Int.random(in: 1...3, using: &random)).map { _ in operand() }.joined(separator: joint) + "'"
    }
    let optIn =
      version.hasPrefix("v6.1.") ? "ARCH_WANT_HUGETLB_PAGE_OPTIMIZE_VMEMMAP" : "ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP"
    var selects = ["{symbol: \(optIn), if: \(condition())}"]
    for symbol in ["HAVE_ALIGNED_STRUCT_PAGE", "SPARSEMEM_VMEMMAP_ENABLE", "SPARSEMEM_VMEMMAP", "A_PORT", "NUMA"]
    where Int.random(in: 0..<3, using: &random) > 0 {
      selects.append("{symbol: \(symbol), if: \(condition())}")
    }
    var config = ["ARM64: y", "SPARSEMEM: y"]
    for (symbol, values) in asked where Int.random(in: 0..<4, using: &random) == 0 {
      config.append("\(symbol): \(values.randomElement(using: &random) ?? "y")")
    }
    if !config.contains(where: { $0.hasPrefix("SPARSEMEM_V") }) { config.append("SPARSEMEM_VMEMMAP: null") }
    if !config.contains(where: { $0.hasPrefix("HUGETLBFS") }) { config.append("HUGETLBFS: null") }
    return """
      schema: hvo/arch/v1
      arch: arm64
      extends: base
      source: {version: \(version)}
      symbols: [A_PORT]
      config: {\(config.joined(separator: ", "))}
      select: [\(selects.joined(separator: ", "))]
      define:
        - {macro: A, value: 1, if: \(condition())}
        - {macro: B, value: 2, if: \(condition())}
      struct_page:
        size: null
        sizes: [{size: 64, if: \(condition())}, {size: 56, if: \(condition())}, {size: 80}]
      flush_dcache_page:
        body: |
          if (IS_ENABLED(CONFIG_SMP) || IS_MODULE(CONFIG_A_PORT)) { return; }
          clear_bit(PG_dcache_clean, &page->flags);

      """
  }

  private func architecture(_ text: String, _ catalog: KernelCatalog) throws -> Architecture {
    let sources = TextProvider(texts: ["base.yaml": try FolderProvider().read("ok/_base.yaml").text, "port.yaml": text])
    let descriptor = try DescriptorLoader(sources: sources).load("port.yaml")
    return try #require(try ArchitectureReader(catalog: catalog).read(descriptor).first)
  }

  /// Everything that a user can say, one `.config` each.
  private static let files: [String] = asked.reduce(["CONFIG_SPARSEMEM=y\n"]) { files, symbol in
    files.flatMap { file in
      symbol.1.map { file + ($0 == "n" ? "# CONFIG_\(symbol.0) is not set\n" : "CONFIG_\(symbol.0)=\($0)\n") }
    }
  }

  private func cells(of architecture: Architecture, _ model: KconfigModel) throws -> Set<Cell> {
    var evaluation = KconfigEvaluation(model)
    func value(_ name: String) -> Tristate? {
      guard let number = model.symbolID(named: name), case .tristate(let value) = evaluation.value(of: number) else {
        return nil
      }
      return value
    }
    func holds(_ condition: KconfigExpression?) -> Bool {
      condition.map { $0.evaluate { value($0.text).map { .tristate($0) } } == .value(.y) } ?? true
    }
    let optIn = try #require(architecture.kernel.optInName)
    var cells: Set<Cell> = []
    for file in Self.files {
      _ = evaluation.read(Array(file.utf8))
      guard architecture.config.allSatisfy({ value($0.key) ?? .n == $0.value.value }) else { continue }
      cells.insert(
        Cell(
          optsIn: value(optIn) == .y,
          isEnabled: value(optIn) == .y && holds(architecture.kernel.featureDepends),
          size: architecture.structPageSizes.first { holds($0.condition) }?.bytes.value,
          macros: architecture.defines.filter { holds($0.condition) }.map(\.macro.value),
          code: Self.code.map { value($0)?.letter ?? "none" }))
    }
    return cells
  }

  @Test(arguments: ["v6.1.192", "v6.12.117"], 1...12 as ClosedRange<UInt64>)
  func `cells are those of everything that can be said`(version: String, seed: UInt64) throws {
    let catalog = try shippedCatalog()
    let text = Self.descriptor(seed: seed, version: version)
    let architecture = try architecture(text, catalog)
    let space = ConfigurationSpace(of: architecture, catalog: catalog)
    let model: KconfigModel
    do {
      model = try space.kconfig.model()
    } catch {
      // A select that leads back to its own symbol.
      #expect(throws: error) { try space.configurations() }
      #expect(error.id == "ARCH020", "seed \(seed)")
      return
    }
    let expected = try cells(of: architecture, model)
    guard !expected.isEmpty else {
      let error = #expect(throws: Diagnostic.self, "seed \(seed)\n\(text)") { try space.configurations() }
      #expect(error?.id == "ARCH019", "seed \(seed)")
      return
    }
    let configurations = try space.configurations()
    let found = configurations.map { configuration in
      Cell(
        optsIn: space.optsIn(in: configuration), isEnabled: space.isEnabled(in: configuration),
        size: space.structPageSize(in: configuration)?.value,
        macros: space.macros(in: configuration).map(\.macro.value),
        code: Self.code.map { space.value(of: $0, in: configuration)?.letter ?? "none" })
    }
    #expect(Set(found) == expected, "seed \(seed)\n\(text)")
    #expect(found.count == expected.count, "seed \(seed)")
    #expect(Set(configurations.map(\.assumed)).count == found.count, "assumptions tell them apart, seed \(seed)")
  }
}

extension KernelProfile {
  fileprivate var optInName: String? {
    if case .symbol(let name) = optIn { name } else { nil }
  }
}
