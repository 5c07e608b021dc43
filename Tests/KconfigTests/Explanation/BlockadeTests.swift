import Satisfiability
import Testing

@testable import Kconfig

/// What a blockade says against trying everything that a user can say.
struct BlockadeTests {
  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...8 as ClosedRange<UInt64>)
  func `a blockade is enough, and nothing of it can be left out`(language: KconfigLanguage, seed: UInt64) throws {
    let tree = RandomTree(seed: seed, isOld: language == .v6_1)
    let model = try KconfigModel.read(
      language: language, sources: MemorySources(files: ["Kconfig": Array(tree.text.utf8)]))
    let reachability = try KconfigReachability(of: tree.symbols.filter { $0 != "NAME" }, in: model)
    for symbol in tree.symbols where symbol != "NAME" && symbol != "NUMBER" {
      for value in ["n", "m", "y"] {
        let goal = KconfigEdits.Goal(symbol: try #require(model.symbolID(named: symbol)), value: value)
        guard var reader = try BlockadeReader(of: [goal], in: model) else { continue }
        // Only the statements of these units, and of all but one of them.
        var circuit = ConfigurationCircuit(of: [goal.symbol], in: model, selectors: SelectorLiterals())
        let demand = circuit.literal(of: goal)
        let selectors = reader.units.compactMap { circuit.selectors?.literals[$0] }
        #expect(selectors.count == reader.units.count)
        #expect(circuit.circuit.solver.solve(assuming: [demand] + selectors) != .satisfiable, "seed \(seed)")
        for selector in selectors {
          let rest = selectors.filter { $0 != selector }
          #expect(circuit.circuit.solver.solve(assuming: [demand] + rest) == .satisfiable, "seed \(seed)")
        }
        for unit in reader.units {
          let step = try reader.step(unit)
          guard let place = reachability.symbols.firstIndex(of: step.name), step.name != "NUMBER" else { continue }
          let values = Set(reachability.combinations.map { $0.values[place] })
          #expect(Set(step.values) == values, "seed \(seed), \(step.name)")
        }
      }
    }
  }

  @Test func `a choice of v6_1 without a visible member is n, and so is all that depends on it`() throws {
    let text = """
      config MODULES
      \tbool "modules"
      \tmodules
      config A
      \ttristate "A"
      choice
      \tprompt "one"
      \ttristate
      \toptional
      config P
      \ttristate "P"
      \tdepends on A
      config Q
      \ttristate "Q"
      \tdepends on n
      endchoice

      """
    let model = try KconfigModel.read(
      language: .v6_1, sources: MemorySources(files: ["Kconfig": Array(text.utf8)]))
    var evaluation = KconfigEvaluation(model)
    _ = evaluation.read(Array("CONFIG_MODULES=y\nCONFIG_A=m\nCONFIG_Q=y\nCONFIG_P=y\n".utf8))
    // As conf of v6.1 has it.
    #expect(evaluation.value(of: try #require(model.symbolID(named: "P"))).text == "n")
  }
}
