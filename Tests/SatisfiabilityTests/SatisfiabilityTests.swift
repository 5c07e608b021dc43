import TestSupport
import Testing

@testable import Satisfiability

/// The solver against trying all assignments.
struct SatisfiabilityTests {
  typealias Formula = (variables: Int, clauses: [[Int]])

  /// Clauses of one to four literals; `3` is variable 3, `-3` its negation. About the hardest number of clauses.
  static func formula(seed: UInt64) -> Formula {
    var random = SeededGenerator(seed: seed)
    let variables = Int.random(in: 1...12, using: &random)
    let count = Int.random(in: 0...variables * 5, using: &random)
    let clauses = (0..<count).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Int.random(in: 1...variables, using: &random) * (Bool.random(using: &random) ? 1 : -1)
      }
    }
    return (variables, clauses)
  }

  static func assignments(satisfying formula: Formula) -> [[Bool]] {
    (0..<1 << formula.variables).map { bits in (0..<formula.variables).map { bits >> $0 & 1 == 1 } }
      .filter { assignment in
        formula.clauses.allSatisfy { $0.contains { assignment[abs($0) - 1] == ($0 > 0) } }
      }
  }

  static func solver(_ formula: Formula) -> (SatisfiabilitySolver, [Literal]) {
    var solver = SatisfiabilitySolver()
    let variables = (0..<formula.variables).map { _ in solver.addVariable() }
    for clause in formula.clauses {
      solver.add(clause.map { $0 > 0 ? variables[$0 - 1] : !variables[-$0 - 1] })
    }
    return (solver, variables)
  }

  @Test(arguments: 0..<1500 as Range<UInt64>) func `answers are those of trying all assignments`(seed: UInt64) {
    let formula = Self.formula(seed: seed)
    var (solver, variables) = Self.solver(formula)
    let satisfying = Self.assignments(satisfying: formula)
    switch solver.solve() {
    case .satisfiable: #expect(satisfying.contains(variables.map { solver.value(of: $0) }), "seed \(seed)")
    case .unsatisfiable(let core): #expect(satisfying.isEmpty && core.isEmpty, "seed \(seed)")
    case .gaveUp: Issue.record("gave up, seed \(seed)")
    }
  }

  @Test(arguments: 2000..<2600 as Range<UInt64>) func `projections are complete and each comes once`(seed: UInt64)
    throws
  {
    let formula = Self.formula(seed: seed)
    let (solver, variables) = Self.solver(formula)
    let onto = Array(variables.prefix(formula.variables / 2 + 1))
    var models = ModelEnumeration(of: solver, onto: onto)
    var found: [[Bool]] = []
    while let combination = try models.next() { found.append(combination) }
    let expected = Set(Self.assignments(satisfying: formula).map { Array($0.prefix(onto.count)) })
    #expect(Set(found) == expected, "seed \(seed)")
    #expect(found.count == expected.count, "seed \(seed)")
  }

  @Test(arguments: 3000..<3600 as Range<UInt64>)
  func `a core of assumptions contradicts the clauses, and the solver can be asked again`(seed: UInt64) {
    var random = SeededGenerator(seed: seed ^ 0xa55a)
    let formula = Self.formula(seed: seed)
    var (solver, variables) = Self.solver(formula)
    let all = Self.assignments(satisfying: formula)
    for _ in 0..<4 {
      let assumptions = variables.shuffled(using: &random).prefix(3).map {
        Bool.random(using: &random) ? $0 : !$0
      }
      func fits(_ assignment: [Bool], _ literals: [Literal]) -> Bool {
        literals.allSatisfy { assignment[$0.variable] != $0.isNegated }
      }
      switch solver.solve(assuming: assumptions) {
      case .satisfiable:
        let assignment = variables.map { solver.value(of: $0) }
        #expect(all.contains(assignment) && fits(assignment, assumptions), "seed \(seed)")
      case .unsatisfiable(let core):
        #expect(Set(core).isSubset(of: Set(assumptions)), "seed \(seed)")
        #expect(!all.contains { fits($0, core) }, "seed \(seed)")
      case .gaveUp: Issue.record("gave up, seed \(seed)")
      }
    }
  }

  /// n + 1 pigeons in n holes: no solution, and only learning finds that out in time.
  static func pigeons(_ holes: Int) -> SatisfiabilitySolver {
    var solver = SatisfiabilitySolver()
    let sits = (0...holes).map { _ in (0..<holes).map { _ in solver.addVariable() } }
    for pigeon in sits { solver.add(pigeon) }
    for hole in 0..<holes {
      for first in 0...holes {
        for second in 0..<first { solver.add([!sits[first][hole], !sits[second][hole]]) }
      }
    }
    return solver
  }

  @Test func `pigeons do not fit`() {
    var solver = Self.pigeons(6)
    #expect(solver.solve() == .unsatisfiable(core: []))
    var impatient = Self.pigeons(9)
    #expect(impatient.solve(mostConflicts: 10) == .gaveUp)
  }

  @Test(arguments: 4000..<4300 as Range<UInt64>) func `gates mean what they say`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var circuit = Circuit()
    let inputs = (0..<4).map { _ in circuit.input() }
    var nodes: [(literal: Literal, value: ([Bool]) -> Bool)] = inputs.indices.map { index in
      (inputs[index], { $0[index] })
    }
    nodes += [(circuit.always, { _ in true }), (circuit.never, { _ in false })]
    for _ in 0..<12 {
      let (first, second, third) = (
        nodes.randomElement(using: &random), nodes.randomElement(using: &random), nodes.randomElement(using: &random)
      )
      guard let first, let second, let third else { return }
      switch Int.random(in: 0..<5, using: &random) {
      case 0: nodes.append((circuit.and(first.literal, second.literal), { first.value($0) && second.value($0) }))
      case 1: nodes.append((circuit.or(first.literal, second.literal), { first.value($0) || second.value($0) }))
      case 2: nodes.append((circuit.equal(first.literal, second.literal), { first.value($0) == second.value($0) }))
      case 3: nodes.append((!first.literal, { !first.value($0) }))
      default:
        nodes.append(
          (
            circuit.choose(first.literal, second.literal, third.literal),
            { first.value($0) ? second.value($0) : third.value($0) }
          ))
      }
    }
    let last = try #require(nodes.last)
    var solver = circuit.solver
    for bits in 0..<16 {
      let assignment = (0..<4).map { bits >> $0 & 1 == 1 }
      let assumptions = zip(inputs, assignment).map { $1 ? $0 : !$0 }
      #expect(solver.solve(assuming: assumptions) == .satisfiable, "seed \(seed)")
      #expect(solver.value(of: last.literal) == last.value(assignment), "seed \(seed)")
    }
  }
}
