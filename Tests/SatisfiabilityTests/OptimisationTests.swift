import TestSupport
import Testing

@testable import Satisfiability

/// Cores, MaxSAT and preferences against trying all assignments.
struct OptimisationTests {
  /// A random formula with some literals of its variables.
  private struct Problem {
    var solver: SatisfiabilitySolver
    var literals: [Literal]
    /// All assignments that satisfy the formula.
    var solutions: [[Bool]]

    init(seed: UInt64) {
      let formula = SatisfiabilityTests.formula(seed: seed)
      let (solver, variables) = SatisfiabilityTests.solver(formula)
      var random = SeededGenerator(seed: seed ^ 0x5eed)
      self.solver = solver
      literals = variables.shuffled(using: &random).prefix(6).map { Bool.random(using: &random) ? $0 : !$0 }
      solutions = SatisfiabilityTests.assignments(satisfying: formula)
    }

    /// The solutions in which literals hold.
    func solutions(with literals: [Literal]) -> [[Bool]] {
      solutions.filter { solution in literals.allSatisfy { solution[$0.variable] != $0.isNegated } }
    }
  }

  @Test(arguments: 5000..<5600 as Range<UInt64>)
  func `a minimal core cannot hold, and could without any of its members`(seed: UInt64) throws {
    let problem = Problem(seed: seed)
    var solver = problem.solver
    let (hard, candidates) = (Array(problem.literals.prefix(1)), Array(problem.literals.dropFirst()))
    let core = try MinimalUnsatCore(of: candidates, under: hard, in: &solver)
    guard let core else {
      #expect(!problem.solutions(with: problem.literals).isEmpty, "seed \(seed)")
      return
    }
    #expect(problem.solutions(with: hard + core.literals).isEmpty, "seed \(seed)")
    for literal in core.literals {
      let rest = core.literals.filter { $0 != literal }
      #expect(!problem.solutions(with: hard + rest).isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: 6000..<6600 as Range<UInt64>)
  func `as few soft constraints are violated as in any solution, and the least wanted ones`(seed: UInt64) throws {
    let problem = Problem(seed: seed)
    var circuit = Circuit()
    let inputs = (0..<(problem.solutions.first?.count ?? 0)).map { _ in circuit.input() }
    func input(_ literal: Literal) -> Literal {
      literal.isNegated ? !inputs[literal.variable] : inputs[literal.variable]
    }
    let isSolution = problem.solutions.map { solution in
      circuit.and(zip(inputs, solution).map { $1 ? $0 : !$0 })
    }
    guard !isSolution.isEmpty else { return }
    circuit.require(circuit.or(isSolution))
    let (hard, soft) = (problem.literals.prefix(1).map(input), problem.literals.dropFirst().map(input))
    let possible = problem.solutions(with: Array(problem.literals.prefix(1)))
    let violations = possible.map { solution in
      problem.literals.dropFirst().map { solution[$0.variable] == $0.isNegated }
    }
    guard var search = try MaxSATSearch(of: soft, under: hard, in: circuit) else {
      #expect(possible.isEmpty, "seed \(seed)")
      return
    }
    let least = violations.map { $0.count { $0 } }.min()
    #expect(search.cost == least, "seed \(seed)")
    // Of the best solutions the one whose violated constraints come first.
    let given = try search.leastWanted(inOrder: Array(soft.indices))
    let best = violations.filter { violated in violated.count { $0 } == least }
      .map { violated in Array(violated.indices.reversed().map { violated[$0] ? 1 : 0 }) }
      .min { $0.lexicographicallyPrecedes($1) }
    #expect(best == soft.indices.reversed().map { given.contains($0) ? 1 : 0 }, "seed \(seed)")
    #expect(try search.allows([]), "seed \(seed)")
  }

  @Test(arguments: 7000..<7400 as Range<UInt64>)
  func `of each group the first literal is taken that is still possible`(seed: UInt64) throws {
    let problem = Problem(seed: seed)
    let groups = problem.literals.map { [$0, !$0] }
    let search = try LexicographicSearch(of: groups, where: [], in: problem.solver)
    guard !problem.solutions.isEmpty else {
      #expect(search.ranks.isEmpty, "seed \(seed)")
      return
    }
    var taken: [Literal] = []
    for group in groups {
      taken.append(problem.solutions(with: taken + [group[0]]).isEmpty ? group[1] : group[0])
    }
    #expect(search.ranks == zip(taken, groups).map { $0 == $1[0] ? 0 : 1 }, "seed \(seed)")
    #expect(taken.allSatisfy { search.solver.value(of: $0) }, "seed \(seed)")
  }

  @Test func `more conflicts than allowed are no answer`() throws {
    var solver = SatisfiabilityTests.pigeons(4)
    solver.giveUp()
    #expect(throws: SolverGaveUp()) { try solver.canHold([]) }
    #expect(throws: SolverGaveUp()) { _ = try LexicographicSearch(of: [], where: [], in: solver) }
    #expect(throws: SolverGaveUp()) { _ = try MinimalUnsatCore(of: [], under: [], in: &solver) }
  }
}
