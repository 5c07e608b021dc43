import Diagnostics

/// Conditions as `conf` brings them into form. Kernel: `rewrite_m` in scripts/kconfig/menu.c, `expr_transform` in expr.c.
extension ModelDraft {
  /// A bare `m` as `m && MODULES`, so that it is n without modules; not in comparisons.
  mutating func withModules(_ expression: Int32) -> Int32 {
    if expression == ExpressionStore.none { return expression }
    let known = forms[.rewritten, expression]
    if known != 0 { return known }
    var result = expression
    switch expressions.kind(expression) {
    case .symbol:
      if expressions.first(expression) == Self.module {
        result = expressions.join(.and, expression, expressions.symbol(modules))
      }
    case .not:
      result = expressions.not(withModules(expressions.first(expression)))
    case .and, .or:
      result = map(expression) { draft, operand in draft.withModules(operand) }
    default:
      break
    }
    forms[.rewritten, expression] = result
    return result
  }

  /// The same kind of `&&` or `||` with other operands.
  private mutating func map(_ expression: Int32, _ change: (inout ModelDraft, Int32) -> Int32) -> Int32 {
    let kind = expressions.kind(expression)
    let old = Array(expressions.operands(expression))
    var new: [Int32] = []
    new.reserveCapacity(old.count)
    for operand in old {
      let changed = change(&self, operand)
      expressions.append(changed, of: kind, to: &new)
    }
    return new == old ? expression : expressions.list(kind, new)
  }

  /// Comparisons of a bool with y, m and n resolved, and negations moved to where they cost nothing.
  mutating func transformed(_ expression: Int32) -> Int32 {
    if expression == ExpressionStore.none { return expression }
    let known = forms[.transformed, expression]
    if known != 0 { return known }
    let said = log.messages.count
    let result = transformedAnew(expression)
    // What is said is said again at each use.
    if log.messages.count == said { forms[.transformed, expression] = result }
    return result
  }

  private mutating func transformedAnew(_ expression: Int32) -> Int32 {
    switch expressions.kind(expression) {
    case .and, .or: transformedOperands(expression)
    case .not: negated(transformed(expressions.first(expression)))
    case .equal: boolComparison(expression, holdsForEqual: true)
    case .unequal: boolComparison(expression, holdsForEqual: false)
    default: expression
    }
  }

  /// From v6.12 on the last operand is transformed first, as compilers put it: what is said about them comes in that order.
  private mutating func transformedOperands(_ expression: Int32) -> Int32 {
    let kind = expressions.kind(expression)
    var new = Array(expressions.operands(expression))
    let isBackwards = profile.has(.sharedExpressions)
    for step in new.indices {
      let index = isBackwards ? new.count - 1 - step : step
      new[index] = transformed(new[index])
    }
    var list: [Int32] = []
    list.reserveCapacity(new.count)
    for operand in new { expressions.append(operand, of: kind, to: &list) }
    return expressions.list(kind, list)
  }

  private mutating func boolComparison(_ expression: Int32, holdsForEqual: Bool) -> Int32 {
    let symbol = expressions.first(expression)
    guard symbols[Int(symbol)].type == .bool else { return expression }
    switch expressions.second(expression) {
    case Self.yes, Self.no:
      let itself = expressions.symbol(symbol)
      let asksForYes = expressions.second(expression) == Self.yes
      // v6.12 reads the wrong memory for `!= y`; here it means what the documentation says.
      return asksForYes == holdsForEqual ? itself : expressions.not(itself)
    case Self.module:
      let text: [UInt8] = .text(
        "boolean symbol ".utf8, shownName(symbol), " tested for 'm'? test forced to '".utf8,
        holdsForEqual ? "n'".utf8 : "y'".utf8)
      log.add(KconfigMessage(.warning, id: "KCONFIG140", text, at: nil, on: .output))
      return expressions.symbol(holdsForEqual ? Self.no : Self.yes)
    default:
      return expression
    }
  }

  /// The negation of an expression that has been transformed.
  private mutating func negated(_ operand: Int32) -> Int32 {
    let kind = expressions.kind(operand)
    switch kind {
    case .not:
      return expressions.first(operand)
    case .and, .or:
      let opposite: ExpressionKind = kind == .and ? .or : .and
      let old = Array(expressions.operands(operand))
      var new: [Int32] = []
      for operand in old {
        let changed = negated(operand)
        expressions.append(changed, of: opposite, to: &new)
      }
      return expressions.list(opposite, new)
    case .symbol:
      switch expressions.first(operand) {
      case Self.yes: return expressions.symbol(Self.no)
      case Self.no: return expressions.symbol(Self.yes)
      case Self.module: return operand
      default: return expressions.not(operand)
      }
    case .range:
      return operand
    default:
      return expressions.pair(kind.inverse, expressions.first(operand), expressions.second(operand))
    }
  }

  /// What makes an expression n, or not n. Kernel: `expr_trans_compare` for `!= n`.
  mutating func isNotNo(_ expression: Int32) -> Int32 {
    if expression == ExpressionStore.none { return expressions.not(expressions.symbol(Self.no)) }
    switch expressions.kind(expression) {
    case .and, .or: return expressions.not(isNo(expression))
    case .not: return isNo(expressions.first(expression))
    case .symbol: return expressions.pair(.unequal, expressions.first(expression), Self.no)
    default: return expression
    }
  }

  mutating func isNo(_ expression: Int32) -> Int32 {
    let kind = expressions.kind(expression)
    switch kind {
    case .and, .or:
      let opposite: ExpressionKind = kind == .and ? .or : .and
      let old = Array(expressions.operands(expression))
      var new: [Int32] = []
      for operand in old {
        let changed = isNo(operand)
        expressions.append(changed, of: opposite, to: &new)
      }
      return expressions.list(opposite, new)
    case .not: return isNotNo(expressions.first(expression))
    case .symbol: return expressions.pair(.equal, expressions.first(expression), Self.no)
    default: return expressions.not(expression)
    }
  }
}
