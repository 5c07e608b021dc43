/// Builds formulas from gates and hands their clauses to a solver. Equal gates are built once.
package struct Circuit: Sendable {
  private struct Gate: Hashable {
    var first: Literal
    var second: Literal
  }

  /// The literal that always holds.
  package let always: Literal
  /// What the gates demand, and what is demanded of them.
  package var solver: SatisfiabilitySolver
  private var gates: [Gate: Literal] = [:]

  /// A circuit without gates.
  package init() {
    solver = SatisfiabilitySolver()
    always = solver.addVariable()
    solver.add([always])
  }

  /// The literal that never holds.
  package var never: Literal { !always }

  /// A literal that may or may not hold.
  package mutating func input() -> Literal { solver.addVariable() }

  /// Demands that a literal holds.
  package mutating func require(_ literal: Literal) {
    solver.add([literal])
  }

  /// Holds where both do.
  package mutating func and(_ first: Literal, _ second: Literal) -> Literal {
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

  /// Holds where one of both does.
  package mutating func or(_ first: Literal, _ second: Literal) -> Literal {
    !and(!first, !second)
  }

  /// Holds where one of the literals does; never where there are none.
  package mutating func or(_ literals: [Literal]) -> Literal {
    literals.reduce(never) { or($0, $1) }
  }

  /// Holds where all of the literals do; always where there are none.
  package mutating func and(_ literals: [Literal]) -> Literal {
    literals.reduce(always) { and($0, $1) }
  }

  /// Holds where both are equal.
  package mutating func equal(_ first: Literal, _ second: Literal) -> Literal {
    or(and(first, second), and(!first, !second))
  }

  /// The first where the condition holds, else the second.
  package mutating func choose(_ condition: Literal, _ first: Literal, _ second: Literal) -> Literal {
    if first == second { return first }
    return or(and(condition, first), and(!condition, second))
  }
}
