/// What `?` shows about an entry. Kernel: `menu_get_ext_help` in scripts/kconfig/menu.c.
///
/// `conf` calculates some of what it shows and shows the rest as it is.
struct HelpPage {
  private static let longestText = 9_999
  private let model: KconfigModel
  /// What the page is shown in, which has calculated more once it is made.
  private(set) var run: KconfigRun
  private var printer: ExpressionPrinter

  init(_ run: KconfigRun) {
    model = run.model
    self.run = run
    printer = ExpressionPrinter(run.evaluation, showing: run.order.values)
  }

  /// The page of an entry with a symbol.
  mutating func text(of node: NodeID, prefix: [UInt8]) -> [UInt8] {
    let symbol = model.menu[node].symbol
    printer.append("\n")
    if model.menu[node].helpFile != nil {
      if let name = symbol.flatMap({ model.symbols[$0].name }) {
        printer.append(prefix)
        printer.append(model.names[name])
        printer.append(":\n\n")
      }
      printer.append((model.helpText(of: node) + [.newline]).prefix(Self.longestText))
    } else {
      printer.append("There is no help available for this option.\n")
    }
    if let symbol { append(symbol: symbol) }
    printer.append("\n")
    return printer.text
  }

  private mutating func append(symbol: SymbolID) {
    let record = model.symbols[symbol]
    if let name = record.name {
      printer.append("Symbol: ")
      printer.append(model.names[name])
      printer.append(" [=")
      printer.append(valueOf: symbol)
      printer.append("]\nType  : \(record.type.name)\n")
      if record.type.isNumeric, let range = run.evaluation.activeRangeExpression(symbol) {
        printer.append("Range : ")
        printer.append(expression: range)
        printer.append("\n")
      }
    }
    let definitions = Array(model.menu.definitions(of: symbol))
    for node in definitions {
      if let prompt = model.menu[node].prompt { append(model.properties[prompt], at: node) }
    }
    for node in definitions where model.menu[node].prompt == nil {
      append(placeOf: node)
      append("  Depends on: ", model.menu[node].dependency)
    }
    append(.select, of: symbol, "Selects: ")
    appendReverse(record.selection, "Selected")
    append(.imply, of: symbol, "Implies: ")
    appendReverse(record.implication, "Implied")
    printer.append("\n\n")
  }

  private mutating func append(placeOf node: NodeID) {
    let place = model.place(of: node)
    printer.append("Defined at \(place.path):\(place.line)\n")
  }

  private mutating func append(_ title: String, _ expression: ExpressionID) {
    guard !model.isYes(expression) else { return }
    printer.append(title)
    printer.append(expression: expression)
    printer.append("\n")
  }

  /// Adds a definition with its prompt, and the way to it through the menu.
  private mutating func append(_ prompt: PropertyRecord, at node: NodeID) {
    append(placeOf: node)
    printer.append("  Prompt: ")
    printer.append(model.title(of: node))
    printer.append("\n")
    let dependency = model.menu[node].dependency
    append("  Depends on: ", dependency)
    if !model.areEqual(dependency, prompt.condition) { append("  Visible if: ", prompt.condition) }
    var path: [NodeID] = []
    var outer: NodeID? = node
    while let step = outer, step != .root, path.count < 8 {
      path.append(step)
      outer = model.menu[step].parent
    }
    var isFound = false
    // Up to v6.10 it looks at all of them.
    for step in path where !isFound || model.language.choices == .choiceSymbol {
      if run.isShown(step) { isFound = true }
    }
    printer.show(run.order.values)
    printer.append("  Location:\n")
    for (depth, step) in path.reversed().enumerated() {
      printer.append(String(repeating: " ", count: 2 * depth + 4) + "-> ")
      printer.append(model.title(of: step))
      if let symbol = model.menu[step].symbol { append(stepThrough: symbol) }
      printer.append("\n")
    }
  }

  private mutating func append(stepThrough symbol: SymbolID) {
    let record = model.symbols[symbol]
    printer.append(" (")
    printer.append(model.names.shownName(of: record))
    printer.append(" [=")
    // The value of a symbol without type is its name: this is how C writes that there is none.
    if record.name == nil, record.type == .unknown {
      printer.append("(null)")
    } else {
      printer.append(valueOf: symbol)
    }
    printer.append("])")
  }

  private mutating func append(_ kind: PropertyRecord.Kind, of symbol: SymbolID, _ title: String) {
    let values = model.properties.properties(of: symbol).filter { $0.kind == kind }.map(\.value)
    for (number, value) in values.enumerated() {
      printer.append(number == 0 ? title : " && ")
      printer.append(expression: value)
    }
    if !values.isEmpty { printer.append("\n") }
  }

  private mutating func appendReverse(_ expression: ExpressionID, _ title: String) {
    guard !expression.isEmpty else { return }
    run.calculate(symbolsOf: expression)
    printer.show(run.order.values)
    printer.appendAlternatives(of: expression, being: .y, title: "\(title) by [y]:\n")
    printer.appendAlternatives(of: expression, being: .m, title: "\(title) by [m]:\n")
    printer.appendAlternatives(of: expression, being: .n, title: "\(title) by [n]:\n")
  }
}

extension KconfigModel {
  /// The help text of an entry.
  func helpText(of node: NodeID) -> [UInt8] {
    guard let file = menu[node].helpFile else { return [] }
    var scanner = HelpScanner(start: Int(menu[node].helpStart))
    var help = HelpText()
    let text = files.text(of: file)
    scanner.scan(text.span, into: &help)
    return help.text
  }
}
