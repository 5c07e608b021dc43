import Satisfiability

/// A tristate in a formula.
struct TruthLiterals: Hashable, Sendable {
  /// It is m or y.
  var some: Literal
  /// It is y.
  var full: Literal

  init(some: Literal, full: Literal) {
    (self.some, self.full) = (some, full)
  }

  /// y where the literal holds, else n.
  init(_ literal: Literal) {
    (some, full) = (literal, literal)
  }
}

extension Circuit {
  mutating func minimum(_ first: TruthLiterals, _ second: TruthLiterals) -> TruthLiterals {
    TruthLiterals(some: and(first.some, second.some), full: and(first.full, second.full))
  }

  mutating func maximum(_ first: TruthLiterals, _ second: TruthLiterals) -> TruthLiterals {
    TruthLiterals(some: or(first.some, second.some), full: or(first.full, second.full))
  }

  /// y becomes n, n becomes y, m stays.
  func negation(_ value: TruthLiterals) -> TruthLiterals {
    TruthLiterals(some: !value.full, full: !value.some)
  }

  mutating func choose(_ condition: Literal, _ first: TruthLiterals, _ second: TruthLiterals) -> TruthLiterals {
    TruthLiterals(some: choose(condition, first.some, second.some), full: choose(condition, first.full, second.full))
  }

  /// m becomes y where the condition holds.
  mutating func promoted(_ value: TruthLiterals, where condition: Literal) -> TruthLiterals {
    TruthLiterals(some: value.some, full: or(value.full, and(value.some, condition)))
  }

  /// A tristate that may take any value.
  mutating func freeTruth() -> TruthLiterals {
    let value = TruthLiterals(some: input(), full: input())
    solver.add([!value.full, value.some])
    return value
  }

  /// Demands that at most one of these holds.
  mutating func requireAtMostOne(of literals: [Literal]) {
    // A ladder: from the first that holds on, none may.
    var earlier = never
    for literal in literals {
      solver.add([!earlier, !literal])
      earlier = or(earlier, literal)
    }
  }
}
