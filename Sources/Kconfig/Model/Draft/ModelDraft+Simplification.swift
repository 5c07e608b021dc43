/// Repetitions taken out of conditions. Kernel: `expr_eliminate_dups` in scripts/kconfig/expr.c.
///
/// `conf` compares each operand with each other one; here only those are compared that can be joined: those about the same
/// symbol, and those that are equal.
extension ModelDraft {
  /// The expression without repetitions, and without y and n where they decide nothing.
  mutating func simplified(_ expression: Int32) throws(KconfigRejection) -> Int32 {
    if expression == ExpressionStore.none { return expression }
    let kind = expressions.kind(expression)
    guard kind == .and || kind == .or else { return expression }
    let known = forms[.simplified, expression]
    if known != 0 { return known }
    if !profile.has(.sharedExpressions) { return try simplifiedAfterJoins(expression) }
    var result = expression
    while true {
      let next = try simplifiedOnce(result)
      if next == result { break }
      result = next
      let kind = expressions.kind(result)
      guard kind == .and || kind == .or else { break }
    }
    forms[.simplified, expression] = result
    return result
  }

  private mutating func simplifiedOnce(_ expression: Int32) throws(KconfigRejection) -> Int32 {
    let kind = expressions.kind(expression)
    let old = expressions.operandRange(expression)
    try spend(old.count)
    var list: [Int32] = []
    list.reserveCapacity(old.count)
    for index in old {
      let simpler = try simplified(expressions.operands[index])
      expressions.append(simpler, of: kind, to: &list)
    }
    if let decided = withoutConstants(kind, &list) { return decided }
    try joinOperands(of: kind, &list)
    if let decided = withoutConstants(kind, &list) { return decided }
    return expressions.list(kind, list)
  }

  // MARK: before v6.12

  /// Before v6.12 `conf` takes out y and n only where it has joined something: what is left counts for its messages, and
  /// for whether a symbol depends on itself.
  private mutating func simplifiedAfterJoins(_ expression: Int32) throws(KconfigRejection) -> Int32 {
    var result = expression
    while let joined = try joinedAnywhere(result) { result = try withoutConstants(joined) }
    forms[.simplified, expression] = result
    return result
  }

  /// Operands joined on every level; nil where there are none to join.
  private mutating func joinedAnywhere(_ expression: Int32) throws(KconfigRejection) -> Int32? {
    let kind = expressions.kind(expression)
    guard kind == .and || kind == .or, forms[.simplified, expression] != expression else { return nil }
    let old = Array(expressions.operands(expression))
    try spend(old.count)
    var list: [Int32] = []
    list.reserveCapacity(old.count)
    var hasJoined = false
    for operand in old {
      let joined = try joinedAnywhere(operand)
      hasJoined = hasJoined || joined != nil
      expressions.append(joined ?? operand, of: kind, to: &list)
    }
    try joinOperands(of: kind, &list)
    let count = list.count
    list.removeAll { $0 == ExpressionStore.none }
    guard hasJoined || list.count < count else {
      forms[.simplified, expression] = expression
      return nil
    }
    return expressions.list(kind, list)
  }

  /// Kernel: `expr_eliminate_yn`.
  mutating func withoutConstants(_ expression: Int32) throws(KconfigRejection) -> Int32 {
    let kind = expressions.kind(expression)
    guard kind == .and || kind == .or else { return expression }
    let old = Array(expressions.operands(expression))
    try spend(old.count)
    var list: [Int32] = []
    for operand in old {
      let simpler = try withoutConstants(operand)
      expressions.append(simpler, of: kind, to: &list)
    }
    return withoutConstants(kind, &list) ?? expressions.list(kind, list)
  }

  /// Takes out what leaves the value as it is.
  /// - Returns: the value, where one operand decides it or none is left.
  private mutating func withoutConstants(_ kind: ExpressionKind, _ list: inout [Int32]) -> Int32? {
    let (neutral, deciding) = kind == .and ? (Self.yes, Self.no) : (Self.no, Self.yes)
    var kept = 0
    for index in list.indices {
      let operand = list[index]
      if operand == ExpressionStore.none || expressions.isSymbol(operand, neutral) { continue }
      if expressions.isSymbol(operand, deciding) { return operand }
      list[kept] = operand
      kept += 1
    }
    if kept < list.count { list.removeLast(list.count - kept) }
    return list.isEmpty ? expressions.symbol(neutral) : nil
  }

  // MARK: operands

  /// Joins each operand with the earlier ones; what was joined into a later one becomes no expression.
  private mutating func joinOperands(of kind: ExpressionKind, _ list: inout [Int32]) throws(KconfigRejection) {
    if list.count < 2 { return }
    if list.count <= 8 {
      for later in 1..<list.count {
        for earlier in 0..<later where list[earlier] != ExpressionStore.none {
          if let joined = joined(kind, list[earlier], list[later]) {
            list[earlier] = ExpressionStore.none
            list[later] = joined
          }
        }
      }
      return
    }
    var earlierByKey: [Int32: [Int]] = [:]
    for later in list.indices {
      let key = joinKey(list[later])
      for earlier in earlierByKey[key] ?? [] where list[earlier] != ExpressionStore.none {
        try spend(1)
        if let joined = joined(kind, list[earlier], list[later]) {
          list[earlier] = ExpressionStore.none
          list[later] = joined
        }
      }
      earlierByKey[key, default: []].removeAll { list[$0] == ExpressionStore.none }
      earlierByKey[key, default: []].append(later)
    }
  }

  /// Operands can only be joined if this is the same: the symbol they are about, or what they are equal to.
  private mutating func joinKey(_ expression: Int32) -> Int32 {
    switch expressions.kind(expression) {
    case .symbol, .equal, .unequal: expressions.first(expression)
    case .not: joinKey(expressions.first(expression))
    default: -canonical(expression)
    }
  }

  /// The expression with its operands in a fixed order, so that equal ones have equal numbers.
  mutating func canonical(_ expression: Int32) -> Int32 {
    let kind = expressions.kind(expression)
    guard kind == .and || kind == .or || kind == .not else { return expression }
    let known = forms[.canonical, expression]
    if known != 0 { return known }
    let result: Int32
    if kind == .not {
      result = expressions.not(canonical(expressions.first(expression)))
    } else {
      var list: [Int32] = []
      for operand in Array(expressions.operands(expression)) {
        let sorted = canonical(operand)
        expressions.append(sorted, of: kind, to: &list)
      }
      result = expressions.list(kind, list.sorted())
    }
    forms[.canonical, expression] = result
    return result
  }

  mutating func areEqual(_ left: Int32, _ right: Int32) -> Bool {
    left == right || canonical(left) == canonical(right)
  }

  // MARK: pairs

  /// What two operands are together, if one expression says it.
  private mutating func joined(_ kind: ExpressionKind, _ left: Int32, _ right: Int32) -> Int32? {
    if areEqual(left, right) { return left }
    guard let subject = joinableSubject(left, right) else { return nil }
    return kind == .or ? joinedOr(left, right, subject) : joinedAnd(left, right, subject)
  }

  /// The bool or tristate that both are about, in a form that can be joined.
  private func joinableSubject(_ left: Int32, _ right: Int32) -> Int32? {
    guard let subject = comparedSymbol(left) ?? negatedSymbol(left) ?? comparedSymbol(negatedBy: left),
      subject == comparedSymbol(right) ?? negatedSymbol(right)
    else { return nil }
    return symbols[Int(subject)].type.isLogical ? subject : nil
  }

  private func comparedSymbol(_ expression: Int32) -> Int32? {
    switch expressions.kind(expression) {
    case .symbol, .equal, .unequal: expressions.first(expression)
    default: nil
    }
  }

  private func comparedSymbol(negatedBy expression: Int32) -> Int32? {
    expressions.kind(expression) == .not ? comparedSymbol(expressions.first(expression)) : nil
  }

  private func negatedSymbol(_ expression: Int32) -> Int32? {
    guard expressions.kind(expression) == .not else { return nil }
    let operand = expressions.first(expression)
    return expressions.kind(operand) == .symbol ? expressions.first(operand) : nil
  }

  private mutating func joinedOr(_ left: Int32, _ right: Int32, _ subject: Int32) -> Int32? {
    let type = symbols[Int(subject)].type
    if type == .tristate, expressions.kind(left) == .equal, expressions.kind(right) == .equal {
      switch Self.unordered(expressions.second(left), expressions.second(right)) {
      case [Self.yes, Self.module]: return expressions.pair(.unequal, subject, Self.no)
      case [Self.yes, Self.no]: return expressions.pair(.unequal, subject, Self.module)
      case [Self.module, Self.no]: return expressions.pair(.unequal, subject, Self.yes)
      default: return nil
      }
    }
    func isNegatedSymbol(_ expression: Int32) -> Bool {
      expressions.kind(expression) == .not && expressions.kind(expressions.first(expression)) == .symbol
    }
    func isSymbol(_ expression: Int32) -> Bool { expressions.kind(expression) == .symbol }
    if type == .bool, isNegatedSymbol(left) && isSymbol(right) || isNegatedSymbol(right) && isSymbol(left) {
      return expressions.symbol(Self.yes)
    }
    return nil
  }

  private mutating func joinedAnd(_ left: Int32, _ right: Int32, _ subject: Int32) -> Int32? {
    let kinds = (expressions.kind(left), expressions.kind(right))
    let values = (expressions.second(left), expressions.second(right))
    if kinds.0 == .symbol || kinds.1 == .symbol {
      let other = kinds.0 == .symbol ? kinds.1 : kinds.0
      let value = kinds.0 == .symbol ? values.1 : values.0
      switch (other, value) {
      case (.equal, Self.yes): return expressions.pair(.equal, subject, Self.yes)
      case (.unequal, Self.no): return expressions.symbol(subject)
      case (.unequal, Self.module): return expressions.pair(.equal, subject, Self.yes)
      default: return nil
      }
    }
    guard symbols[Int(subject)].type == .tristate else { return nil }
    switch kinds {
    case (.equal, .unequal): return onlyEqual(subject, values.0, butNot: values.1)
    case (.unequal, .equal): return onlyEqual(subject, values.1, butNot: values.0)
    case (.unequal, .unequal):
      switch Self.unordered(values.0, values.1) {
      case [Self.yes, Self.no]: return expressions.pair(.equal, subject, Self.module)
      case [Self.yes, Self.module]: return expressions.pair(.equal, subject, Self.no)
      case [Self.module, Self.no]: return expressions.pair(.equal, subject, Self.yes)
      default: return nil
      }
    default: return nil
    }
  }

  private mutating func onlyEqual(_ subject: Int32, _ value: Int32, butNot other: Int32) -> Int32? {
    guard symbols[Int(value)].isConstant, symbols[Int(other)].isConstant else { return nil }
    return value == other ? expressions.symbol(Self.no) : expressions.pair(.equal, subject, value)
  }

  private static func unordered(_ left: Int32, _ right: Int32) -> [Int32] {
    left <= right ? [left, right] : [right, left]
  }
}
