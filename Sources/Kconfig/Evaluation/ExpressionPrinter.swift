/// Writes expressions as `conf` does, each symbol with its value. Kernel: `expr_print` in scripts/kconfig/expr.c.
struct ExpressionPrinter {
  private let model: KconfigModel
  /// Where the values come from; nil for expressions without values.
  private let evaluation: KconfigEvaluation?
  /// The values that are shown.
  private var values: SymbolValues?
  private(set) var text: [UInt8] = []

  init(_ evaluation: KconfigEvaluation, showing values: SymbolValues) {
    self.evaluation = evaluation
    self.values = values
    model = evaluation.model
  }

  /// For expressions without values.
  init(_ model: KconfigModel) {
    evaluation = nil
    values = nil
    self.model = model
  }

  /// Shows other values from now on.
  mutating func show(_ values: SymbolValues) { self.values = values }

  mutating func append(_ text: String) { self.text += Array(text.utf8) }
  mutating func append(_ text: some Sequence<UInt8>) { self.text += text }

  /// Adds the value of a symbol, if there are values.
  mutating func append(valueOf symbol: SymbolID) {
    if let evaluation, let values { append(evaluation.bytes(of: symbol, in: values)) }
  }

  /// Adds an expression; that of none is y.
  mutating func append(expression: ExpressionID) {
    guard !expression.isEmpty else { return append("y") }
    append(expression, inside: nil)
  }

  private mutating func append(_ expression: ExpressionID, inside outer: ExpressionKind?) {
    let expressions = model.expressions
    let kind = expressions.kind(expression)
    let needsParentheses = outer == .not && (kind == .and || kind == .or) || outer == .and && kind == .or
    if needsParentheses { append("(") }
    switch kind {
    case .and, .or:
      for (number, operand) in expressions.operands(expression).enumerated() {
        if number > 0 { append(kind == .and ? " && " : " || ") }
        append(operand, inside: kind)
      }
    case .not:
      append("!")
      append(expressions.operand(expression), inside: .not)
    case .symbol:
      append(symbol: expressions.symbol(expression))
    case .range:
      append("[")
      append(symbol: expressions.symbol(expression))
      append(" ")
      append(symbol: expressions.rightSymbol(expression))
      append("]")
    default:
      append(symbol: expressions.symbol(expression))
      append(kind.relation?.rawValue ?? "")
      append(symbol: expressions.rightSymbol(expression))
    }
    if needsParentheses { append(")") }
  }

  private mutating func append(symbol: SymbolID) {
    let record = model.symbols[symbol]
    guard let name = record.name else { return append("<choice>") }
    append(model.names.shown(name))
    if evaluation != nil, record.type != .unknown {
      append(" [=")
      append(valueOf: symbol)
      append("]")
    }
  }

  /// Adds those alternatives of an expression that have a value, a line each, under a title.
  mutating func appendAlternatives(of expression: ExpressionID, being value: Tristate, title: String) {
    guard !expression.isEmpty, var evaluation else { return }
    let expressions = model.expressions
    var alternatives: [ExpressionID] = []
    expressions.append(expression, of: .or, to: &alternatives)
    var isTitled = false
    for alternative in alternatives where evaluation.evaluate(alternative) == value {
      if !isTitled { append(title) }
      isTitled = true
      append("  - ")
      append(alternative, inside: nil)
      append("\n")
    }
  }
}
