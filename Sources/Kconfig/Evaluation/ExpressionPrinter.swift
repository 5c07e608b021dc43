/// Writes expressions as `conf` does, each symbol with its value. Kernel: `expr_print` in scripts/kconfig/expr.c.
struct ExpressionPrinter {
  private let model: KconfigModel
  /// Where the values come from; nil for expressions without values.
  private let evaluation: KconfigEvaluation?
  /// The values that are shown.
  private var values: KconfigEvaluation.Values?
  private(set) var text: [UInt8] = []

  init(_ evaluation: KconfigEvaluation, showing values: KconfigEvaluation.Values) {
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
  mutating func show(_ values: KconfigEvaluation.Values) { self.values = values }

  mutating func append(_ text: String) { self.text += Array(text.utf8) }
  mutating func append(_ text: some Sequence<UInt8>) { self.text += text }

  /// Adds the value of a symbol, if there are values.
  mutating func append(valueOf symbol: Int32) {
    if let evaluation, let values { append(evaluation.bytes(of: symbol, in: values)) }
  }

  /// Adds an expression; that of none is y.
  mutating func append(expression: Int32) {
    guard expression != ExpressionStore.none else { return append("y") }
    append(expression, inside: nil)
  }

  private mutating func append(_ expression: Int32, inside outer: ExpressionKind?) {
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
      append(expressions.first(expression), inside: .not)
    case .symbol:
      append(symbol: expressions.first(expression))
    case .range:
      append("[")
      append(symbol: expressions.first(expression))
      append(" ")
      append(symbol: expressions.second(expression))
      append("]")
    default:
      append(symbol: expressions.first(expression))
      append(kind.relation?.rawValue ?? "")
      append(symbol: expressions.second(expression))
    }
    if needsParentheses { append(")") }
  }

  private mutating func append(symbol: Int32) {
    let record = model.symbols[Int(symbol)]
    guard record.name >= 0 else { return append("<choice>") }
    append(model.names.shown(record.name))
    if evaluation != nil, record.type != .unknown {
      append(" [=")
      append(valueOf: symbol)
      append("]")
    }
  }

  /// Adds those alternatives of an expression that have a value, a line each, under a title.
  mutating func appendAlternatives(of expression: Int32, being value: UInt8, title: String) {
    guard expression != ExpressionStore.none, var evaluation else { return }
    let expressions = model.expressions
    var alternatives: [Int32] = []
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
