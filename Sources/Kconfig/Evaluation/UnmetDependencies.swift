import Diagnostics

/// What `conf` says about symbols that are selected although what they depend on is not given.
///
/// Kernel: `sym_warn_unmet_dep` in scripts/kconfig/symbol.c.
struct UnmetDependencies {
  private var evaluation: KconfigEvaluation
  private let model: KconfigModel
  private var locator: MessageLocator

  init(_ evaluation: KconfigEvaluation) {
    self.evaluation = evaluation
    model = evaluation.model
    locator = MessageLocator(model.files)
  }

  /// The warning about a symbol.
  mutating func message(_ symbol: SymbolID) -> KconfigMessage {
    let record = model.symbols[symbol]
    let name = model.nameText(of: symbol)
    var printer = ExpressionPrinter(evaluation, showing: evaluation.values)
    printer.append("\nWARNING: unmet direct dependencies detected for ")
    printer.append(name)
    let isModule = evaluation.dependency[symbol] == .m
    printer.append("\n  Depends on [\(isModule ? "m" : "n")]: ")
    printer.append(expression: record.dependency)
    printer.append("\n")
    printer.appendAlternatives(of: record.selection, being: .y, title: "  Selected by [y]:\n")
    printer.appendAlternatives(of: record.selection, being: .m, title: "  Selected by [m]:\n")
    let place = model.menu.firstDefinition(of: symbol).map { model.place(of: $0) }
    let message = KconfigMessage(
      .warning, id: "KCONFIG160", exactly: printer.text,
      summary: .text(name, " is selected although what it depends on is not given".utf8), at: place,
      reasons: reasons(symbol), notes: notes(symbol))
    return locator.located(message)
  }

  /// What it depends on, with the values.
  private func reasons(_ symbol: SymbolID) -> [String] {
    var printer = ExpressionPrinter(evaluation, showing: evaluation.values)
    printer.append("it depends on ")
    printer.append(expression: model.symbols[symbol].dependency)
    let longest = 400
    let text = String(decoding: printer.text.prefix(longest), as: UTF8.self)
    return [printer.text.count > longest ? text + "..." : text]
  }

  /// Each `select` that counts, and the further definitions of the symbol.
  private mutating func notes(_ symbol: SymbolID) -> [Diagnostic.Note] {
    var notes: [Diagnostic.Note] = []
    for selecting in selections(of: symbol) {
      for property in model.properties.properties(of: selecting)
      where property.kind == .select && model.expressions.isSymbol(property.value, symbol)
        && evaluation.evaluate(property.condition) != .n
      {
        let place = model.place(of: property)
        notes.append(Diagnostic.Note("selected here by \(model.name(of: selecting))", at: place.range))
      }
    }
    for node in model.menu.definitions(of: symbol).dropFirst().prefix(max(0, Self.mostNotes - notes.count)) {
      notes.append(Diagnostic.Note("also defined here", at: model.place(of: node).range))
    }
    return notes
  }

  private static let mostNotes = 16

  /// The symbols that select another one now, each once: the first of each alternative.
  private mutating func selections(of symbol: SymbolID) -> [SymbolID] {
    let expression = model.symbols[symbol].selection
    guard !expression.isEmpty else { return [] }
    var alternatives: [ExpressionID] = []
    model.expressions.append(expression, of: .or, to: &alternatives)
    var found: [SymbolID] = []
    for alternative in alternatives where evaluation.evaluate(alternative) != .n {
      var operands: [ExpressionID] = []
      model.expressions.append(alternative, of: .and, to: &operands)
      guard let first = operands.first, model.expressions.kind(first) == .symbol else { continue }
      let selecting = model.expressions.symbol(first)
      if !found.contains(selecting) { found.append(selecting) }
      if found.count == Self.mostNotes { break }
    }
    return found
  }
}
