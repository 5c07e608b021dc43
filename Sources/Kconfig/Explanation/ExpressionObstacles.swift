extension ExpressionStore {
  /// The smallest parts of an expression that keep it from holding: of `&&` the operands that do not hold by themselves,
  /// of `||` all. Where each operand of an `&&` holds by itself, the `&&` is one of the parts.
  /// - Parameter holds: whether a part holds by itself.
  func obstacles(of expression: ExpressionID, _ holds: (ExpressionID) -> Bool) -> [ExpressionID] {
    var obstacles: [ExpressionID] = []
    var open = [expression]
    while let expression = open.popLast() {
      guard !expression.isEmpty else { continue }
      let missing = isList(expression) ? operands(expression).filter { !holds($0) } : []
      if missing.isEmpty {
        if !obstacles.contains(expression) { obstacles.append(expression) }
      } else {
        open += missing.reversed()
      }
    }
    return obstacles
  }
}

extension KconfigModel {
  /// An expression as the files could say it, without values.
  func text(of expression: ExpressionID) -> String {
    var printer = ExpressionPrinter(self)
    printer.append(expression: expression)
    return String(decoding: printer.text, as: UTF8.self)
  }

  /// The name of a symbol; that of a choice is its prompt.
  func shownName(of symbol: SymbolID) -> String {
    if let name = symbols[symbol].name { return names.text(name) }
    guard let definition = menu.firstDefinition(of: symbol) else { return "choice" }
    return "choice \"" + String(decoding: title(of: definition), as: UTF8.self) + "\""
  }

  /// The properties of other symbols that select or imply this one, in the order of the files.
  func properties(_ kind: PropertyRecord.Kind, targeting symbol: SymbolID) -> [PropertyRecord] {
    properties.all.filter { $0.kind == kind && expressions.isSymbol($0.value, symbol) }
  }
}
