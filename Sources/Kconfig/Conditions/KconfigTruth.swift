/// What an expression comes to when some values may be unknown.
public enum KconfigTruth: Sendable, Hashable {
  /// Decided, whatever the unknown values are.
  case value(Tristate)
  /// Not decided. Each name whose missing value prevented it, once, at its first such place, in text order.
  case undecided(because: [KconfigOperand])
}

extension KconfigExpression {
  /// Evaluates the expression: `&&` is the lesser, `||` the greater, `!` turns n and y around and leaves m.
  ///
  /// A value that `value` does not know makes its comparison undecided; `n && unknown` is n and `y || unknown` is y.
  /// `value` is asked for names only, for each occurrence, and not for constants. Kernel: `expr_calc_value` in
  /// scripts/kconfig/expr.c, which has no unknown values.
  /// - Complexity: O(length of the expression)
  public func evaluate(_ value: (KconfigOperand) -> KconfigTerm?) -> KconfigTruth {
    let terms = operands.map { operand in
      if case .constant(let term) = operand.kind { term } else { value(operand) }
    }
    var truths: [Tristate?] = []
    truths.reserveCapacity(nodes.count)
    for node in nodes {
      truths.append(Self.truth(of: node.shape, terms: terms, children: truths))
    }
    if let last = truths.last, let decided = last { return .value(decided) }
    return .undecided(because: missing(terms: terms, truths: truths))
  }

  private static func truth(of shape: Shape, terms: [KconfigTerm?], children: [Tristate?]) -> Tristate? {
    switch shape {
    case .operand(let index):
      return terms[index]?.truth
    case .comparison(let left, let relation, let right):
      guard let left = terms[left], let right = terms[right] else { return nil }
      return left.holds(relation, right) ? .y : .n
    case .not(let operand):
      return children[operand].map { !$0 }
    case .and(let left, let right):
      if children[left] == .n || children[right] == .n { return .n }
      guard let left = children[left], let right = children[right] else { return nil }
      return min(left, right)
    case .or(let left, let right):
      if children[left] == .y || children[right] == .y { return .y }
      guard let left = children[left], let right = children[right] else { return nil }
      return max(left, right)
    }
  }

  /// Follows the undecided nodes from the root down to the names without a value.
  private func missing(terms: [KconfigTerm?], truths: [Tristate?]) -> [KconfigOperand] {
    var isCause = [Bool](repeating: false, count: operands.count)
    var isAsked = [Bool](repeating: false, count: nodes.count)
    if !isAsked.isEmpty { isAsked[nodes.count - 1] = true }
    for index in nodes.indices.reversed() where isAsked[index] && truths[index] == nil {
      switch nodes[index].shape {
      case .operand(let operand):
        isCause[operand] = true
      case .comparison(let left, _, let right):
        isCause[left] = terms[left] == nil
        isCause[right] = terms[right] == nil
      case .not(let child):
        isAsked[child] = true
      case .and(let left, let right), .or(let left, let right):
        isAsked[left] = true
        isAsked[right] = true
      }
    }
    var seen: Set<String> = []
    return operands.indices.lazy.filter { isCause[$0] }.map { operands[$0] }.filter { seen.insert($0.text).inserted }
  }
}
