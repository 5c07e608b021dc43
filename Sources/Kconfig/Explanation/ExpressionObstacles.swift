extension ExpressionStore {
  /// The smallest parts of an expression that keep it from holding: of `&&` the operands that do not hold by themselves,
  /// of `||` all. Where each operand of an `&&` holds by itself, the `&&` is one of the parts.
  /// - Parameter holds: whether a part holds by itself.
  func obstacles(of expression: Int32, _ holds: (Int32) -> Bool) -> [Int32] {
    var obstacles: [Int32] = []
    var open = [expression]
    while let expression = open.popLast() {
      guard expression != Self.none else { continue }
      let isList = kind(expression) == .and || kind(expression) == .or
      let missing = isList ? operands(expression).filter { !holds($0) } : []
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
  func text(of expression: Int32) -> String {
    var printer = ExpressionPrinter(self)
    printer.append(expression: expression)
    return String(decoding: printer.text, as: UTF8.self)
  }

  /// The name of a symbol; that of a choice is its prompt.
  func name(of symbol: Int32) -> String {
    let record = symbols[Int(symbol)]
    if record.name >= 0 { return names.text(record.name) }
    guard record.firstNode >= 0 else { return "choice" }
    return "choice \"" + String(decoding: title(of: record.firstNode), as: UTF8.self) + "\""
  }

  /// The properties of other symbols that select or imply this one, in the order of the files.
  func properties(_ kind: PropertyRecord.Kind, targeting symbol: Int32) -> [PropertyRecord] {
    properties.filter { $0.kind == kind && expressions.isSymbol($0.value, symbol) }
  }

  func place(of property: PropertyRecord) -> KconfigPlace {
    KconfigPlace(path: names.text(property.path), line: Int(property.line))
  }
}
