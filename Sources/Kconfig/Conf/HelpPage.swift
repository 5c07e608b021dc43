/// What `?` shows about an entry. Kernel: `menu_get_ext_help` in scripts/kconfig/menu.c.
///
/// It asks for some of what it shows and shows the rest as it is.
struct HelpPage {
  private static let longestText = 9_999
  private let model: KconfigModel
  /// What the page is shown in, which has asked for more once it is made.
  private(set) var run: KconfigRun
  private var printer: ExpressionPrinter

  init(_ run: KconfigRun) {
    model = run.model
    self.run = run
    printer = ExpressionPrinter(run.evaluation, showing: run.asked.known)
  }

  /// The page of an entry with a symbol.
  mutating func text(of node: Int32, prefix: [UInt8]) -> [UInt8] {
    let record = model.nodes[Int(node)]
    let symbol = record.symbol
    printer.append("\n")
    if record.helpFile >= 0 {
      if symbol >= 0, model.symbols[Int(symbol)].name >= 0 {
        printer.append(prefix)
        printer.append(model.names[model.symbols[Int(symbol)].name])
        printer.append(":\n\n")
      }
      printer.append((model.helpText(of: node) + [.newline]).prefix(Self.longestText))
    } else {
      printer.append("There is no help available for this option.\n")
    }
    if symbol >= 0 { append(symbol: symbol) }
    printer.append("\n")
    return printer.text
  }

  private mutating func append(symbol: Int32) {
    let record = model.symbols[Int(symbol)]
    if record.name >= 0 {
      printer.append("Symbol: ")
      printer.append(model.names[record.name])
      printer.append(" [=")
      printer.append(valueOf: symbol)
      printer.append("]\nType  : \(record.type.name)\n")
      if record.type.isNumeric, let range = run.evaluation.activeRangeExpression(symbol) {
        printer.append("Range : ")
        printer.append(expression: range)
        printer.append("\n")
      }
    }
    let definitions = model.definitions(of: symbol)
    for node in definitions where model.nodes[Int(node)].prompt >= 0 { append(promptOf: node) }
    for node in definitions where model.nodes[Int(node)].prompt < 0 {
      append(placeOf: node)
      append("  Depends on: ", model.nodes[Int(node)].dependency)
    }
    append(.select, of: symbol, "Selects: ")
    appendReverse(record.selection, "Selected")
    append(.imply, of: symbol, "Implies: ")
    appendReverse(record.implication, "Implied")
    printer.append("\n\n")
  }

  private mutating func append(placeOf node: Int32) {
    let place = model.place(of: node)
    printer.append("Defined at \(place.path):\(place.line)\n")
  }

  private mutating func append(_ title: String, _ expression: Int32) {
    guard !model.isYes(expression) else { return }
    printer.append(title)
    printer.append(expression: expression)
    printer.append("\n")
  }

  private mutating func append(promptOf node: Int32) {
    let record = model.nodes[Int(node)]
    let prompt = model.properties[Int(record.prompt)]
    append(placeOf: node)
    printer.append("  Prompt: ")
    printer.append(model.names[prompt.text])
    printer.append("\n")
    append("  Depends on: ", record.dependency)
    if !model.areEqual(record.dependency, prompt.condition) { append("  Visible if: ", prompt.condition) }
    var path: [Int32] = []
    var step = node
    while step != ModelDraft.root, step >= 0, path.count < 8 {
      path.append(step)
      step = model.nodes[Int(step)].parent
    }
    var isFound = false
    // v6.1 looks at all of them.
    for step in path where !isFound || model.profile.choices == .choiceSymbol {
      if run.isShown(step) { isFound = true }
    }
    printer.show(run.asked.known)
    printer.append("  Location:\n")
    for (depth, step) in path.reversed().enumerated() {
      printer.append(String(repeating: " ", count: 2 * depth + 4) + "-> ")
      printer.append(model.title(of: step))
      let symbol = model.nodes[Int(step)].symbol
      if symbol >= 0 {
        let name = model.symbols[Int(symbol)].name
        printer.append(" (")
        printer.append(name < 0 ? Array(ascii: "<choice>")[...] : model.names[name])
        printer.append(" [=")
        // The value of a symbol without type is its name: this is how C writes that there is none.
        if name < 0, model.symbols[Int(symbol)].type == .unknown {
          printer.append("(null)")
        } else {
          printer.append(valueOf: symbol)
        }
        printer.append("])")
      }
      printer.append("\n")
    }
  }

  private mutating func append(_ kind: PropertyRecord.Kind, of symbol: Int32, _ title: String) {
    let values = model.properties(of: symbol).filter { $0.kind == kind }.map(\.value)
    for (number, value) in values.enumerated() {
      printer.append(number == 0 ? title : " && ")
      printer.append(expression: value)
    }
    if !values.isEmpty { printer.append("\n") }
  }

  private mutating func appendReverse(_ expression: Int32, _ title: String) {
    guard expression != ExpressionStore.none else { return }
    run.ask(about: expression)
    printer.show(run.asked.known)
    printer.appendAlternatives(of: expression, being: KconfigEvaluation.yes, title: "\(title) by [y]:\n")
    printer.appendAlternatives(of: expression, being: KconfigEvaluation.module, title: "\(title) by [m]:\n")
    printer.appendAlternatives(of: expression, being: KconfigEvaluation.no, title: "\(title) by [n]:\n")
  }
}

extension KconfigModel {
  /// The help text of an entry.
  func helpText(of node: Int32) -> [UInt8] {
    let record = nodes[Int(node)]
    guard record.helpFile >= 0 else { return [] }
    var scanner = HelpScanner(start: Int(record.helpStart))
    var help = HelpText()
    let text = files.texts[Int(record.helpFile)]
    scanner.scan(text.span, into: &help)
    return help.text
  }

  func definitions(of symbol: Int32) -> [Int32] {
    var list: [Int32] = []
    var node = symbols[Int(symbol)].firstNode
    while node >= 0 {
      list.append(node)
      node = nodes[Int(node)].nextDefinition
    }
    return list
  }

  func properties(of symbol: Int32) -> [PropertyRecord] {
    var list: [PropertyRecord] = []
    var number = symbols[Int(symbol)].firstProperty
    while number >= 0 {
      list.append(properties[Int(number)])
      number = properties[Int(number)].next
    }
    return list
  }

  func isYes(_ expression: Int32) -> Bool {
    expression == ExpressionStore.none || expressions.isSymbol(expression, ModelDraft.yes)
  }

  /// Whether two expressions say the same, in whatever order. Kernel: `expr_eq` in scripts/kconfig/expr.c.
  func areEqual(_ left: Int32, _ right: Int32) -> Bool {
    if left == right { return true }
    if left == ExpressionStore.none || right == ExpressionStore.none { return isYes(left) && isYes(right) }
    let kind = expressions.kind(left)
    guard kind == expressions.kind(right) else { return false }
    switch kind {
    case .not: return areEqual(expressions.first(left), expressions.first(right))
    case .and, .or:
      let (neutral, deciding) = kind == .and ? (ModelDraft.yes, ModelDraft.no) : (ModelDraft.no, ModelDraft.yes)
      let operands = expressions.operands(left).filter { !expressions.isSymbol($0, neutral) }
      var others = expressions.operands(right).filter { !expressions.isSymbol($0, neutral) }
      let isDecided = operands.contains { expressions.isSymbol($0, deciding) }
      if isDecided != others.contains(where: { expressions.isSymbol($0, deciding) }) { return false }
      if isDecided { return true }
      for operand in operands {
        guard let match = others.firstIndex(where: { areEqual(operand, $0) }) else { return false }
        others.remove(at: match)
      }
      return others.isEmpty
    default: return false
    }
  }
}

extension KconfigEvaluation {
  /// The first range whose condition is given, as an expression.
  mutating func activeRangeExpression(_ symbol: Int32) -> Int32? {
    for number in model.index.ranges(of: Int(symbol)) {
      let property = model.index.ranges[number]
      if evaluate(property.condition) != Self.no { return property.value }
    }
    return nil
  }
}
