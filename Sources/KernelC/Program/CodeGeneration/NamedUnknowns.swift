/// What a program knows by name and not by value: facts, predicates, functions with a declared effect.
struct NamedUnknowns {
  /// The predicates that the program asks the memory for, by number.
  private(set) var predicateNames: [String] = []
  /// The declared effects that the text relies on, in the order of their first calls.
  private(set) var trusted: [TrustedEffect] = []
  private var facts: [String: Int32] = [:]

  var factCount: Int { facts.count }

  /// The number of a fact with one value per path; equal keys are the same fact.
  mutating func fact(_ key: String) -> Int32 {
    let number = facts[key] ?? Int32(facts.count)
    facts[key] = number
    return number
  }

  /// The number of a predicate.
  mutating func predicate(_ name: String) -> Int32 {
    if let number = predicateNames.firstIndex(of: name) { return Int32(number) }
    predicateNames.append(name)
    return Int32(predicateNames.count - 1)
  }

  /// Notes that the program relies on a declared effect; the first call counts.
  mutating func trust(_ effect: TrustedEffect) {
    if !trusted.contains(where: { $0.function == effect.function }) { trusted.append(effect) }
  }
}
