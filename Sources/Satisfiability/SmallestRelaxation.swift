/// The smallest number of wishes that have to be given up so that something can hold.
///
/// Core-guided: what the solver says cannot be kept together is counted from then on, and one more of it may be given up;
/// so the first solution is one with the fewest. (MSU3, Marques-Silva and Planes 2007.)
package struct SmallestRelaxation {
  /// The solver took too many conflicts.
  package struct GaveUp: Error, Hashable {
    /// Makes the error.
    package init() {}
  }

  /// The circuit, with the last solution.
  package private(set) var circuit: Circuit
  private let demands: [Literal]
  private let wishes: [Literal]
  /// The wishes that may be given up, by number, in the order in which they came to be.
  private var loose: [Int] = []
  private var isLoose: [Bool]
  /// The loose ones that are kept nevertheless, once that was decided.
  private var kept: [Literal] = []
  /// How many of them are given up.
  package private(set) var cost = 0

  /// - Parameters:
  ///   - demands: what has to hold.
  ///   - wishes: what should.
  /// - Returns: nil where the demands cannot hold whatever is given up.
  package init?(of wishes: [Literal], under demands: [Literal], in circuit: Circuit) throws(GaveUp) {
    self.circuit = circuit
    self.demands = demands
    self.wishes = wishes
    isLoose = [Bool](repeating: false, count: wishes.count)
    guard try holds(demands) else { return nil }
    try relax()
  }

  private mutating func relax() throws(GaveUp) {
    while true {
      switch circuit.solver.solve(assuming: assumptions(keeping: [])) {
      case .satisfiable: return
      case .gaveUp: throw GaveUp()
      case .unsatisfiable(let core):
        let met = Set(core)
        for wish in wishes.indices where !isLoose[wish] && met.contains(wishes[wish]) {
          isLoose[wish] = true
          loose.append(wish)
        }
        cost += 1
      }
    }
  }

  private mutating func assumptions(keeping more: [Literal]) -> [Literal] {
    let given = circuit.moreThan(cost, of: loose.map { !wishes[$0] })
    return demands + [!given] + wishes.indices.filter { !isLoose[$0] }.map { wishes[$0] } + more
  }

  private mutating func holds(_ assumptions: [Literal]) throws(GaveUp) -> Bool {
    switch circuit.solver.solve(assuming: assumptions) {
    case .satisfiable: true
    case .unsatisfiable: false
    case .gaveUp: throw GaveUp()
    }
  }

  /// Of all smallest sets of wishes to be given up, the one that spares those that come first in `order` reversed: the
  /// last ones are kept wherever they can be.
  /// - Parameter order: the wishes, those first that are best given up.
  package mutating func given(inOrder order: [Int]) throws(GaveUp) -> [Int] {
    var given: [Int] = []
    guard try holds(assumptions(keeping: [])) else { return [] }
    for wish in order.reversed() where isLoose[wish] {
      if !circuit.solver.value(of: wishes[wish]), try !allows([wishes[wish]]) {
        given.append(wish)
        // The last solution has to be one of those that are still possible.
        _ = try allows([])
      } else {
        kept.append(wishes[wish])
      }
    }
    return given.reversed()
  }

  /// Whether there is a solution that gives up just those wishes, and in which all of these literals hold.
  package mutating func allows(_ literals: [Literal]) throws(GaveUp) -> Bool {
    try holds(assumptions(keeping: kept + literals))
  }

  /// Whether there is a solution that gives up as few wishes, those or others, and in which one of these literals does not hold.
  package mutating func allowsOther(than literals: [Literal]) throws(GaveUp) -> Bool {
    try holds(assumptions(keeping: [!circuit.and(literals)]))
  }
}

extension Circuit {
  /// Holds where more than `count` of the literals do.
  mutating func moreThan(_ count: Int, of literals: [Literal]) -> Literal {
    // Place i: more than i of those that were counted hold.
    var counted = [Literal](repeating: never, count: count + 1)
    for literal in literals {
      for place in counted.indices.reversed() {
        let before = place == 0 ? always : counted[place - 1]
        counted[place] = or(counted[place], and(before, literal))
      }
    }
    return counted[count]
  }
}
