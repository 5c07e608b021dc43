import Foundation
import Kconfig
import TestSupport
import Testing

@testable import Architectures

/// The configurations of the shipped descriptors against every combination that the conf of 6.12 has confirmed.
struct RecordedReachabilityTests {
  typealias Combination = [String: String]

  /// All combinations of an architecture, of the larger set of symbols.
  private static func recorded(_ name: String) throws -> [Combination] {
    let file = Repository.url("Tests/KconfigTests/Fixtures/reachable-6.12.117.json")
    let all = try JSONDecoder().decode([String: [String: [Combination]]].self, from: Data(contentsOf: file))
    return try #require(all[name]?["core+page+struct"])
  }

  @Test(arguments: ["x86_64", "riscv", "arm64"])
  func `a descriptor reaches exactly what conf reaches`(name: String) throws {
    let row = try #require(
      KernelTreeTests.rows.first { $0.architecture == name && $0.tree == "6.12" && $0.toolchain == nil })
    let recorded = try Self.recorded(name)
    let catalog = try shippedCatalog()
    let architectures = try row.architectures(catalog)
    #expect(!architectures.isEmpty)
    for architecture in architectures {
      let known = Set(KernelTreeTests.symbols)
      let model = try DescriptorKconfig(of: architecture, catalog: catalog, others: known).model()
      let space = ConfigurationSpace(of: architecture, catalog: catalog)
      let names = Set(recorded[0].keys).filter(model.isDefined)
      let said = space.said.filter { names.contains($0.symbol) }
      let pageSize = "PAGE_SIZE_\(1 << (architecture.layout.pageShift - 10))KB"
      let ofPageSize = recorded.filter { $0[pageSize] == "y" }
      // As the descriptor is; then whatever else its .config could say.
      let cell = KernelTreeTests.symbolsOfCell(architecture, space)
      for (symbols, requirements) in [
        (known, said), (cell, said.filter { !KernelTreeTests.policy.contains($0.symbol) }),
      ] {
        let symbols = symbols.intersection(names).sorted()
        let theirs = Set(
          ofPageSize.filter { each in
            requirements.allSatisfy { Tristate(letter: each[$0.symbol] ?? "") == $0.value }
          }.map { each in symbols.map { "\($0)=\(each[$0] ?? "")" }.joined(separator: " ") })
        let ours = Set(
          try KconfigSpace(of: symbols, in: model, requiring: requirements)
            .combinations(preferring: [], mostCombinations: 10_000)
            .map { zip(symbols, $0.values).map { "\($0)=\($1)" }.joined(separator: " ") })
        #expect(ours.subtracting(theirs).sorted() == [], "not in 6.12: \(architecture.name)")
        #expect(theirs.subtracting(ours).sorted() == [], "only in 6.12: \(architecture.name)")
        #expect(!theirs.isEmpty && symbols.count >= 4)
      }
    }
  }
}
