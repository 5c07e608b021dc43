/// Builds formulas from gates and hands their clauses to a solver. Equal gates are built once.
struct Circuit: Sendable {
  private struct Gate: Hashable {
    var first: Literal
    var second: Literal
  }

  /// The literal that always holds.
  let always: Literal
  /// What the gates demand, and what is demanded of them.
  var solver: SatisfiabilitySolver
  private var gates: [Gate: Literal] = [:]

  init() {
    solver = SatisfiabilitySolver()
    always = solver.addVariable()
    solver.add([always])
  }

  var never: Literal { !always }

  mutating func input() -> Literal { solver.addVariable() }

  mutating func require(_ literal: Literal) {
    solver.add([literal])
  }

  mutating func and(_ first: Literal, _ second: Literal) -> Literal {
    if first == never || second == never || first == !second { return never }
    if first == always || first == second { return second }
    if second == always { return first }
    let gate = first.code < second.code ? Gate(first: first, second: second) : Gate(first: second, second: first)
    if let known = gates[gate] { return known }
    let output = solver.addVariable()
    solver.add([!output, first])
    solver.add([!output, second])
    solver.add([output, !first, !second])
    gates[gate] = output
    return output
  }

  mutating func or(_ first: Literal, _ second: Literal) -> Literal {
    !and(!first, !second)
  }

  mutating func or(_ literals: some Sequence<Literal>) -> Literal {
    literals.reduce(never) { or($0, $1) }
  }

  mutating func and(_ literals: some Sequence<Literal>) -> Literal {
    literals.reduce(always) { and($0, $1) }
  }

  /// Holds where both are equal.
  mutating func equal(_ first: Literal, _ second: Literal) -> Literal {
    or(and(first, second), and(!first, !second))
  }

  /// The first where the condition holds, else the second.
  mutating func choose(_ condition: Literal, _ first: Literal, _ second: Literal) -> Literal {
    if first == second { return first }
    return or(and(condition, first), and(!condition, second))
  }
}
