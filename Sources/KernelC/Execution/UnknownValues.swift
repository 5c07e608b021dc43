/// The unknown values of one path, and what the path has assumed of them.
///
/// A value that is computed from unknown ones is recognised when it is computed again, so that the same expression of
/// the same unknowns is one value. Conditions that are related in other ways are taken as independent, which may add
/// paths that no kernel takes, but never loses one.
struct UnknownValues {
  private enum Definition: Hashable {
    /// Something new.
    case fresh
    case computed(Arithmetic, UInt64, Int32, UInt64, Int32)
  }

  private struct Entry {
    var definition: Definition
    var origin: Int32
    /// May be an address in a struct page.
    var isFromPage: Bool
    var truth: Bool?
    /// The value, once the path has assumed it.
    var bound: UInt64?
    /// What is stored or followed in place of the value; nil where nothing is known of it.
    var standIn: UInt64?
  }

  private var entries: [Entry] = []
  private var computed: [Definition: Int] = [:]

  mutating func removeAll() {
    if entries.isEmpty { return }
    entries.removeAll(keepingCapacity: true)
    computed.removeAll(keepingCapacity: true)
  }

  mutating func fresh(origin: Int32, isFromPage: Bool) -> Value {
    entries.append(Entry(definition: .fresh, origin: origin, isFromPage: isFromPage))
    return Value(unknown: entries.count - 1)
  }

  /// A value that is known but in doubt: conditions on it fork, and `standIn` is what is stored or followed.
  mutating func doubted(_ standIn: UInt64, origin: Int32, isFromPage: Bool) -> Value {
    entries.append(Entry(definition: .fresh, origin: origin, isFromPage: isFromPage, standIn: standIn))
    return Value(unknown: entries.count - 1)
  }

  /// What stands in for a value that is not known.
  func standIn(for value: Value) -> UInt64? {
    value.isKnown ? nil : entries[value.unknownIndex].standIn
  }

  /// The value itself, known if the path has assumed it.
  func resolved(_ value: Value) -> Value {
    guard !value.isKnown, let bound = entries[value.unknownIndex].bound else { return value }
    return Value(known: bound)
  }

  func isFromPage(_ value: Value) -> Bool {
    !value.isKnown && entries[value.unknownIndex].isFromPage
  }

  /// The result of an operation on resolved operands, at least one of which is unknown.
  mutating func compute(
    _ operation: Arithmetic, _ left: Value, _ right: Value, origin: Int32, concernsPage: Bool
  ) -> Value {
    let definition = Definition.computed(operation, left.bits, left.unknown, right.bits, right.unknown)
    let isFromPage = concernsPage || self.isFromPage(left) || self.isFromPage(right)
    if let index = computed[definition] {
      if isFromPage { entries[index].isFromPage = true }
      return resolved(Value(unknown: index))
    }
    entries.append(
      Entry(
        definition: definition, origin: origin, isFromPage: isFromPage,
        standIn: standIn(for: operation, left, right)))
    computed[definition] = entries.count - 1
    return Value(unknown: entries.count - 1)
  }

  private func standIn(for operation: Arithmetic, _ left: Value, _ right: Value) -> UInt64? {
    guard let a = left.isKnown ? left.bits : standIn(for: left),
      let b = right.isKnown ? right.bits : standIn(for: right)
    else { return nil }
    return operation.result(a, b)
  }

  /// What a condition on an unknown value really asks: `!x` and `x == 0` ask the opposite of `x`, `x != 0` asks `x`.
  func question(_ value: Value) -> (index: Int, isNegated: Bool) {
    var index = value.unknownIndex
    var isNegated = false
    while case .computed(let operation, let a, let left, let b, let right) = entries[index].definition {
      switch operation {
      case .truth, .reinterpretPage: index = Int(left) - 1
      case .not:
        index = Int(left) - 1
        isNegated.toggle()
      case .equal, .notEqual:
        guard let operand = Self.operandComparedWithZero(a, left, b, right) else { return (index, isNegated) }
        index = operand
        if operation == .equal { isNegated.toggle() }
      default: return (index, isNegated)
      }
    }
    return (index, isNegated)
  }

  private static func operandComparedWithZero(_ a: UInt64, _ left: Int32, _ b: UInt64, _ right: Int32) -> Int? {
    if left != 0, right == 0, b == 0 { return Int(left) - 1 }
    if right != 0, left == 0, a == 0 { return Int(right) - 1 }
    return nil
  }

  /// What the path has assumed of the truth of an unknown value.
  func truth(of index: Int) -> Bool? {
    entries[index].bound.map { $0 != 0 } ?? entries[index].truth
  }

  func origin(of index: Int) -> Int32 { entries[index].origin }

  /// Assumes the truth of an unknown value, and what follows from it.
  mutating func assume(_ truth: Bool, of index: Int) {
    entries[index].truth = truth
    guard truth else {
      bind(index, to: 0)
      return propagate()
    }
    // What the path assumes not to be 0 is nothing that 0 stands in for.
    if entries[index].standIn == 0 { entries[index].standIn = nil }
    guard case .computed(.equal, let a, let left, let b, let right) = entries[index].definition else { return }
    if right == 0, left != 0 { bind(Int(left) - 1, to: b) }
    if left == 0, right != 0 { bind(Int(right) - 1, to: a) }
    propagate()
  }

  private mutating func bind(_ index: Int, to bits: UInt64) {
    if entries[index].bound == nil { entries[index].bound = bits }
  }

  /// Computes what has become computable; operands always stand in front of results.
  private mutating func propagate() {
    for index in entries.indices where entries[index].bound == nil {
      guard case .computed(let operation, let a, let left, let b, let right) = entries[index].definition,
        let x = left == 0 ? a : entries[Int(left) - 1].bound,
        let y = right == 0 ? b : entries[Int(right) - 1].bound
      else { continue }
      entries[index].bound = operation.result(x, y)
    }
  }
}
