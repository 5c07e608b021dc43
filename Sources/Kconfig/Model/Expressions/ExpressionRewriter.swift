import Diagnostics

/// Brings conditions into the form that `conf` gives them, each once. Kernel: `rewrite_m` in scripts/kconfig/menu.c,
/// `expr_transform` in expr.c.
///
/// Functions take the symbols as they are at that time: types change as long as choices hand them down.
struct ExpressionRewriter {
  typealias Symbols = IDTable<SymbolID, SymbolRecord>

  private(set) var expressions: ExpressionStore
  /// With a bare `m` made to depend on modules.
  private var rewritten = ExpressionMap()
  /// With comparisons of bools and negations resolved.
  private var transformed = ExpressionMap()
  /// Without repetitions.
  private var simplified = ExpressionMap()
  private var joiner = OperandJoiner()
  private(set) var budget: WorkBudget
  private let language: KconfigLanguage
  private let names: NameTable
  private let log: MessageLog

  /// Takes over the expressions of a draft, and its budget.
  init(_ draft: ModelDraft) {
    expressions = draft.expressions
    budget = draft.budget
    names = draft.names
    language = draft.language
    log = draft.log
  }

  /// Counts work that grows faster than the text.
  mutating func spend(_ amount: Int) throws(KconfigRejection) {
    try budget.spend(amount, operands: expressions.operands.count)
  }

  // MARK: making

  mutating func symbol(of symbol: SymbolID) -> ExpressionID { expressions.symbol(of: symbol) }

  mutating func pair(_ kind: ExpressionKind, _ left: SymbolID, _ right: SymbolID) -> ExpressionID {
    expressions.pair(kind, left, right)
  }

  mutating func join(_ kind: ExpressionKind, _ left: ExpressionID, _ right: ExpressionID) -> ExpressionID {
    expressions.join(kind, left, right)
  }

  mutating func list(_ kind: ExpressionKind, _ list: [ExpressionID]) -> ExpressionID { expressions.list(kind, list) }

  /// What makes an expression not n.
  mutating func isNotNo(_ expression: ExpressionID) -> ExpressionID { expressions.isNotNo(expression) }

  // MARK: m

  /// A bare `m` as `m && MODULES`, so that it is n without modules; not in comparisons.
  mutating func withModules(_ expression: ExpressionID, _ modules: SymbolID) -> ExpressionID {
    if expression.isEmpty { return expression }
    if let known = rewritten[expression] { return known }
    var result = expression
    switch expressions.kind(expression) {
    case .symbol:
      if expressions.symbol(expression) == .constantM {
        result = expressions.join(.and, expression, expressions.symbol(of: modules))
      }
    case .not:
      result = expressions.not(withModules(expressions.operand(expression), modules))
    case .and, .or:
      result = operandsWithModules(expression, modules)
    default:
      break
    }
    rewritten.set(expression, to: result)
    return result
  }

  private mutating func operandsWithModules(_ expression: ExpressionID, _ modules: SymbolID) -> ExpressionID {
    let kind = expressions.kind(expression)
    let old = Array(expressions.operands(expression))
    var new: [ExpressionID] = []
    new.reserveCapacity(old.count)
    for operand in old {
      let changed = withModules(operand, modules)
      expressions.append(changed, of: kind, to: &new)
    }
    return new == old ? expression : expressions.list(kind, new)
  }

  // MARK: comparisons and negations

  /// Comparisons of a bool with y, m and n resolved, and negations moved to where they cost nothing.
  mutating func transformed(_ expression: ExpressionID, _ symbols: Symbols) -> ExpressionID {
    if expression.isEmpty { return expression }
    if let known = transformed[expression] { return known }
    let said = log.messages.count
    let result = transformedAnew(expression, symbols)
    // What is said is said again at each use.
    if log.messages.count == said { transformed.set(expression, to: result) }
    return result
  }

  private mutating func transformedAnew(_ expression: ExpressionID, _ symbols: Symbols) -> ExpressionID {
    switch expressions.kind(expression) {
    case .and, .or: return transformedOperands(expression, symbols)
    case .not: return negated(transformed(expressions.operand(expression), symbols))
    case .equal: return boolComparison(expression, symbols, holdsForEqual: true)
    case .unequal: return boolComparison(expression, symbols, holdsForEqual: false)
    default: return expression
    }
  }

  /// From v6.12 on the last operand is transformed first, as compilers put it: what is said about them comes in that order.
  private mutating func transformedOperands(_ expression: ExpressionID, _ symbols: Symbols) -> ExpressionID {
    let kind = expressions.kind(expression)
    var new = Array(expressions.operands(expression))
    let isBackwards = language.has(.sharedExpressions)
    for step in new.indices {
      let index = isBackwards ? new.count - 1 - step : step
      new[index] = transformed(new[index], symbols)
    }
    var list: [ExpressionID] = []
    list.reserveCapacity(new.count)
    for operand in new { expressions.append(operand, of: kind, to: &list) }
    return expressions.list(kind, list)
  }

  private mutating func boolComparison(
    _ expression: ExpressionID, _ symbols: Symbols, holdsForEqual: Bool
  ) -> ExpressionID {
    let symbol = expressions.symbol(expression)
    guard symbols[symbol].type == .bool else { return expression }
    switch expressions.rightSymbol(expression) {
    case .constantY, .constantN:
      let itself = expressions.symbol(of: symbol)
      let asksForYes = expressions.rightSymbol(expression) == .constantY
      // v6.12 reads the wrong memory for `!= y`; here it means what the documentation says.
      return asksForYes == holdsForEqual ? itself : expressions.not(itself)
    case .constantM:
      let text: [UInt8] = .text(
        "boolean symbol ".utf8, names.shownName(of: symbols[symbol]), " tested for 'm'? test forced to '".utf8,
        holdsForEqual ? "n'".utf8 : "y'".utf8)
      log.add(KconfigMessage(.warning, id: "KCONFIG140", text, at: nil, on: .output))
      return expressions.symbol(of: holdsForEqual ? .constantN : .constantY)
    default:
      return expression
    }
  }

  /// The negation of an expression that has been transformed.
  private mutating func negated(_ operand: ExpressionID) -> ExpressionID {
    let kind = expressions.kind(operand)
    switch kind {
    case .not:
      return expressions.operand(operand)
    case .and, .or:
      let opposite: ExpressionKind = kind == .and ? .or : .and
      var new: [ExpressionID] = []
      for operand in Array(expressions.operands(operand)) {
        let changed = negated(operand)
        expressions.append(changed, of: opposite, to: &new)
      }
      return expressions.list(opposite, new)
    case .symbol:
      switch expressions.symbol(operand) {
      case .constantY: return expressions.symbol(of: .constantN)
      case .constantN: return expressions.symbol(of: .constantY)
      case .constantM: return operand
      default: return expressions.not(operand)
      }
    case .range:
      return operand
    default:
      return expressions.pair(kind.inverse, expressions.symbol(operand), expressions.rightSymbol(operand))
    }
  }

  // MARK: repetitions

  /// The expression without repetitions, and without y and n where they decide nothing. Kernel: `expr_eliminate_dups` in
  /// scripts/kconfig/expr.c.
  mutating func simplified(_ expression: ExpressionID, _ symbols: Symbols) throws(KconfigRejection) -> ExpressionID {
    if expression.isEmpty { return expression }
    guard expressions.isList(expression) else { return expression }
    if let known = simplified[expression] { return known }
    if !language.has(.sharedExpressions) { return try simplifiedAfterJoins(expression, symbols) }
    var result = expression
    while true {
      let next = try simplifiedOnce(result, symbols)
      if next == result { break }
      result = next
      guard expressions.isList(result) else { break }
    }
    simplified.set(expression, to: result)
    return result
  }

  private mutating func simplifiedOnce(
    _ expression: ExpressionID, _ symbols: Symbols
  ) throws(KconfigRejection) -> ExpressionID {
    let kind = expressions.kind(expression)
    let old = expressions.operandRange(expression)
    try spend(old.count)
    var list: [ExpressionID] = []
    list.reserveCapacity(old.count)
    for index in old {
      let simpler = try simplified(expressions.operands[index], symbols)
      expressions.append(simpler, of: kind, to: &list)
    }
    if let decided = withoutConstants(kind, &list) { return decided }
    try joiner.join(kind, &list, symbols, &expressions, &budget)
    if let decided = withoutConstants(kind, &list) { return decided }
    return expressions.list(kind, list)
  }

  /// Up to v6.11 `conf` takes out y and n only where it has joined something: what is left counts for its messages, and
  /// for whether a symbol depends on itself.
  private mutating func simplifiedAfterJoins(
    _ expression: ExpressionID, _ symbols: Symbols
  ) throws(KconfigRejection) -> ExpressionID {
    var result = expression
    while let joined = try joinedAnywhere(result, symbols) { result = try withoutConstants(joined) }
    simplified.set(expression, to: result)
    return result
  }

  /// Operands joined on every level; nil where there are none to join.
  private mutating func joinedAnywhere(
    _ expression: ExpressionID, _ symbols: Symbols
  ) throws(KconfigRejection) -> ExpressionID? {
    let kind = expressions.kind(expression)
    guard expressions.isList(expression), simplified[expression] != expression else { return nil }
    let old = Array(expressions.operands(expression))
    try spend(old.count)
    var list: [ExpressionID] = []
    list.reserveCapacity(old.count)
    var hasJoined = false
    for operand in old {
      let joined = try joinedAnywhere(operand, symbols)
      hasJoined = hasJoined || joined != nil
      expressions.append(joined ?? operand, of: kind, to: &list)
    }
    try joiner.join(kind, &list, symbols, &expressions, &budget)
    let count = list.count
    list.removeAll(where: \.isEmpty)
    guard hasJoined || list.count < count else {
      simplified.set(expression, to: expression)
      return nil
    }
    return expressions.list(kind, list)
  }

  /// The expression without y and n. Kernel: `expr_eliminate_yn`.
  mutating func withoutConstants(_ expression: ExpressionID) throws(KconfigRejection) -> ExpressionID {
    let kind = expressions.kind(expression)
    guard expressions.isList(expression) else { return expression }
    let old = Array(expressions.operands(expression))
    try spend(old.count)
    var list: [ExpressionID] = []
    for operand in old {
      let simpler = try withoutConstants(operand)
      expressions.append(simpler, of: kind, to: &list)
    }
    return withoutConstants(kind, &list) ?? expressions.list(kind, list)
  }

  /// Takes out what leaves the value as it is.
  /// - Returns: the value, where one operand decides it or none is left.
  private mutating func withoutConstants(_ kind: ExpressionKind, _ list: inout [ExpressionID]) -> ExpressionID? {
    let neutral: SymbolID = kind == .and ? .constantY : .constantN
    let deciding: SymbolID = kind == .and ? .constantN : .constantY
    var kept = 0
    for index in list.indices {
      let operand = list[index]
      if operand.isEmpty || expressions.isSymbol(operand, neutral) { continue }
      if expressions.isSymbol(operand, deciding) { return operand }
      list[kept] = operand
      kept += 1
    }
    if kept < list.count { list.removeLast(list.count - kept) }
    return list.isEmpty ? expressions.symbol(of: neutral) : nil
  }

  /// The expression with its operands in a fixed order, so that equal ones have equal numbers.
  mutating func canonical(_ expression: ExpressionID) -> ExpressionID { joiner.canonical(expression, &expressions) }
}
