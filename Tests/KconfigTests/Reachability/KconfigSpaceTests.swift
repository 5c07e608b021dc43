import Kconfig
import TestSupport
import Testing

/// What is left where some values are given, against evaluating everything that a user can say.
struct KconfigSpaceTests {
  /// What a user says, and the values that come of it.
  private struct Point {
    var said: [String: String]
    var values: [String: String]
  }

  private static let answers = [
    ("MODULES", ["n", "y"]), ("A", ["y", "n", "m"]), ("B", ["y", "n", "m"]), ("C", ["y", "n", "m"]),
    ("NUMBER", ["1", "3"]), ("P", ["y"]), ("Q", ["y"]),
  ]
  private static let names = ["MODULES", "NUMBER", "A", "B", "C", "TARGET", "P", "Q", "LAST"]
  private static let asked = ["MODULES", "A", "B", "C"]

  /// All answers to what is asked, and of what is not also none.
  private static func points(_ model: KconfigModel) -> [Point] {
    var evaluation = KconfigEvaluation(model)
    var all: [[String: String]] = [[:]]
    for (name, values) in answers {
      all = all.flatMap { said in
        (asked.contains(name) ? [] : [said]) + values.map { said.merging([name: $0]) { $1 } }
      }
    }
    return all.map { said in
      let lines = answers.compactMap { name, _ in
        said[name].map { $0 == "n" ? "# CONFIG_\(name) is not set\n" : "CONFIG_\(name)=\($0)\n" }
      }
      _ = evaluation.read(Array(lines.joined().utf8))
      let values = names.map { name in (name, model.symbolID(named: name).map { evaluation.value(of: $0).text } ?? "n")
      }
      return Point(said: said, values: Dictionary(uniqueKeysWithValues: values))
    }
  }

  private static func requirements(_ random: inout SeededGenerator) -> [KconfigSpace.Requirement] {
    ["A", "B", "TARGET", "P"].compactMap { name in
      guard Bool.random(using: &random) else { return nil }
      return KconfigSpace.Requirement(name, is: Tristate.allCases.randomElement(using: &random) ?? .n)
    }
  }

  private static func space(
    of symbols: [String], in model: KconfigModel, requiring requirements: [KconfigSpace.Requirement]
  ) -> Result<KconfigSpace, KconfigSpace.Failure> {
    Result { () throws(KconfigSpace.Failure) in try KconfigSpace(of: symbols, in: model, requiring: requirements) }
  }

  private static func holds(_ requirements: some Sequence<KconfigSpace.Requirement>, in point: Point) -> Bool {
    requirements.allSatisfy { point.values[$0.symbol] == $0.value.letter }
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...4 as ClosedRange<UInt64>)
  func `what is required is kept, or contradicted by a smallest set`(language: KconfigLanguage, seed: UInt64) throws {
    let model = try ReachabilityTests.model(ReachabilityTests.tree(seed: seed), language)
    let points = Self.points(model)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<6 {
      let requirements = Self.requirements(&random)
      let left = points.filter { Self.holds(requirements, in: $0) }
      let text: Comment = "seed \(seed), \(requirements)"
      switch Self.space(of: ["A", "C", "LAST"], in: model, requiring: requirements) {
      case .success(let space):
        let found = try space.combinations(preferring: [], mostCombinations: 100)
        let expected = left.map { point in ["A", "C", "LAST"].map { point.values[$0] ?? "" } }
        #expect(Set(found.map(\.values)) == Set(expected), text)
      case .failure(.contradiction(let core)):
        #expect(left.isEmpty, text)
        #expect(Set(core).isSubset(of: requirements), text)
        #expect(!points.contains { Self.holds(core, in: $0) }, text)
        for needless in core {
          let rest = core.filter { $0 != needless }
          #expect(points.contains { Self.holds(rest, in: $0) }, text)
        }
      case .failure(let failure): Issue.record("\(failure), seed \(seed)")
      }
    }
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...4 as ClosedRange<UInt64>)
  func `the witness has the answers that come first`(language: KconfigLanguage, seed: UInt64) throws {
    let model = try ReachabilityTests.model(ReachabilityTests.tree(seed: seed), language)
    let points = Self.points(model)
    let prompted = Self.asked.filter { model.symbolID(named: $0).map { !model.symbol($0).prompts.isEmpty } ?? false }
    let space = try KconfigSpace(of: ["TARGET", "LAST"], in: model)
    func rank(_ said: [String: String]) -> [Int] {
      prompted.reversed().map { name in ["y", "n", "m"].firstIndex(of: said[name] ?? "n") ?? 3 }
    }
    let found = try space.combinations(preferring: Self.asked, mostCombinations: 100)
    var earlier: [Int] = []
    for combination in found {
      let equal = points.filter { point in ["TARGET", "LAST"].map { point.values[$0] ?? "" } == combination.values }
      let best = try #require(equal.map { rank($0.said) }.min { $0.lexicographicallyPrecedes($1) })
      #expect(!best.lexicographicallyPrecedes(earlier), "seed \(seed): in order")
      earlier = best
      // Answers that do not count are not in the witness.
      let said = Dictionary(combination.witness.map { ($0.symbol, $0.value) }) { $1 }
      let fits = equal.contains { point in
        rank(point.said) == best && said.allSatisfy { point.said[$0.key] ?? $0.value == $0.value }
      }
      #expect(fits, "seed \(seed): \(said) of \(best)")
    }
  }

  @Test(arguments: [KconfigLanguage.v6_1, .v6_12], 1...4 as ClosedRange<UInt64>)
  func `answers that decide are enough, and none is needless`(language: KconfigLanguage, seed: UInt64) throws {
    let model = try ReachabilityTests.model(ReachabilityTests.tree(seed: seed), language)
    let points = Self.points(model)
    var random = SeededGenerator(seed: seed)
    for symbols in [["TARGET"], ["B", "C"], ["LAST"]] {
      let requirements = Self.requirements(&random).filter { !symbols.contains($0.symbol) }
      let left = points.filter { Self.holds(requirements, in: $0) }
      guard !left.isEmpty else { continue }
      let prompted = Self.asked.filter { model.symbolID(named: $0).map { !model.symbol($0).prompts.isEmpty } ?? false }
      func decide(_ answers: [String]) -> Bool {
        var outcomes: [[String]: [String?]] = [:]
        return left.allSatisfy { point in
          let outcome = symbols.map { point.values[$0] }
          let known = outcomes.updateValue(outcome, forKey: answers.map { point.said[$0] ?? "" })
          return known == nil || known == outcome
        }
      }
      let space = try KconfigSpace(of: symbols, in: model, requiring: requirements)
      let text: Comment = "seed \(seed), \(symbols), \(requirements)"
      guard let deciding = try space.deciding(among: Self.asked) else {
        #expect(!decide(prompted), text)
        #expect(try !space.undecided(by: Self.asked).isEmpty, text)
        continue
      }
      #expect(decide(deciding), text)
      for needless in deciding { #expect(!decide(deciding.filter { $0 != needless }), text) }
      #expect(try space.undecided(by: Self.asked).isEmpty, text)
    }
  }

  @Test func `more combinations than asked for are refused`() throws {
    let model = try ReachabilityTests.model("config A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\n", .v6_12)
    let space = try KconfigSpace(of: ["A", "B", "NOWHERE"], in: model)
    #expect(throws: KconfigSpace.Failure.tooManyCombinations(3)) {
      try space.combinations(preferring: [], mostCombinations: 3)
    }
    #expect(throws: KconfigSpace.Failure.contradiction([.init("NOWHERE", is: .y)])) {
      try KconfigSpace(of: ["A"], in: model, requiring: [.init("A", is: .y), .init("NOWHERE", is: .y)])
    }
  }
}
