import Foundation
import Kconfig
import TestSupport
import Testing

@testable import Architectures

/// The configurations of the shipped descriptors against every combination that the conf of 6.12 has confirmed.
struct RecordedReachabilityTests {
  typealias Combination = [String: String]

  /// By architecture and set of symbols, as conf has them.
  private static func recorded() throws -> [String: [String: [Combination]]] {
    let file = Repository.url("Tests/KconfigTests/Fixtures/reachable-6.12.117.json")
    return try JSONDecoder().decode([String: [String: [Combination]]].self, from: Data(contentsOf: file))
  }

  @Test(arguments: ["x86_64", "riscv", "arm64"], ["core+page", "core+page+struct"])
  func `a descriptor reaches exactly what conf reaches`(name: String, set: String) throws {
    let row = try #require(
      KernelTreeTests.rows.first { $0.architecture == name && $0.tree == "6.12" && $0.toolchain == nil })
    let recorded = try #require(Self.recorded()[name]?[set])
    let catalog = try shippedCatalog()
    let architectures = try row.architectures(catalog)
    #expect(!architectures.isEmpty)
    for architecture in architectures {
      let names = Set(recorded[0].keys)
      let model = try DescriptorKconfig(of: architecture, catalog: catalog, others: names).model()
      let symbols = names.sorted().filter(model.isDefined)
      #expect(symbols.count >= 6)
      let said = ConfigurationSpace(of: architecture, catalog: catalog).said.filter { symbols.contains($0.symbol) }
      // As the descriptor is; then whatever else its .config could say.
      for requirements in [said, said.filter { !KernelTreeTests.policy.contains($0.symbol) }] {
        let theirs = Set(
          recorded.filter { each in requirements.allSatisfy { each[$0.symbol] == $0.value.text } }
            .map { each in symbols.map { "\($0)=\(each[$0] ?? "")" }.joined(separator: " ") })
        let ours = Set(
          try KconfigSpace(of: symbols, in: model, requiring: requirements)
            .combinations(preferring: [], mostCombinations: 10_000)
            .map { zip(symbols, $0.values).map { "\($0)=\($1)" }.joined(separator: " ") })
        #expect(ours.subtracting(theirs).sorted() == [], "not in 6.12: \(architecture.name)")
        #expect(theirs.subtracting(ours).sorted() == [], "only in 6.12: \(architecture.name)")
        #expect(!theirs.isEmpty)
      }
    }
  }
}
