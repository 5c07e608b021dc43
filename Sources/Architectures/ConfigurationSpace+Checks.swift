import Diagnostics
import Kconfig

/// What must hold of a configuration before anything is concluded from it.
extension ConfigurationSpace {
  /// A symbol that `config:` sets although what it depends on is n.
  ///
  /// A dependency that can only be selected, and of whose select lines the descriptor lists none, contradicts nothing: the
  /// descriptor may leave out what `config:` already implies.
  func contradiction(in configuration: Configuration) -> Diagnostic? {
    for (name, said) in architecture.config.sorted(by: { $0.key < $1.key }) where said.value != .n {
      guard let depends = catalog.symbols[name]?.depends, !isSelected(name, in: configuration) else { continue }
      let limit = evaluate(depends) { dependency in
        let isUnlisted =
          catalog.symbols[dependency]?.isSelectedOnly == true
          && !architecture.selects.contains { $0.symbol.value == dependency }
        return isUnlisted ? nil : value(of: dependency, in: configuration)
      }
      guard limit == .n else { continue }
      let missing = depends.symbols.filter { value(of: $0.text, in: configuration) == .n }.map(\.text)
      return Diagnostic(
        id: "ARCH019", "no .config can set \(name)", at: said.range,
        reasons: ["it depends on \(depends)"] + missing.map(whyN),
        notes: missing.compactMap { architecture.config[$0].map { .init("n here", at: $0.range) } }
          + missing.flatMap { dependency in
            architecture.selects.filter { $0.symbol.value == dependency }
              .compactMap(\.condition).map { .init("this condition is n", at: $0.range) }
          },
        help: ["remove the line, or correct what it depends on"])
    }
    return nil
  }

  private func whyN(_ symbol: String) -> String {
    architecture.config[symbol] == nil ? "\(symbol) is selected under a condition that is n" : "\(symbol) is n"
  }

  private func isSelected(_ symbol: String, in configuration: Configuration) -> Bool {
    architecture.selects.contains { select in
      select.symbol.value == symbol && (select.condition.map { holds($0, in: configuration) } ?? true)
    }
  }

  /// Everything that a cell is made from has to be decided; n would be a guess.
  /// - Throws: the first condition without a value, or a macro that is defined twice.
  func checkDecided(in configuration: Configuration) throws(Diagnostic) {
    switch architecture.kernel.optIn {
    case .symbol(let name): try checkDecided(name, in: configuration)
    case .condition(let condition):
      for symbol in condition.symbols { try checkDecided(symbol.text, in: configuration) }
    }
    for symbol in architecture.kernel.featureDepends.symbols { try checkDecided(symbol.text, in: configuration) }
    for size in architecture.structPageSizes {
      guard let condition = size.condition else { break }
      try checkDecided(condition, in: configuration)
      // The first that fits counts.
      if holds(condition, in: configuration) { break }
    }
    var first: [String: Architecture.Define] = [:]
    for define in architecture.defines {
      if let condition = define.condition {
        try checkDecided(condition, in: configuration)
        guard holds(condition, in: configuration) else { continue }
      }
      if let other = first[define.macro.value] {
        throw Diagnostic(
          id: "ARCH021", "\(define.macro.value) is defined twice in one configuration", at: define.macro.range,
          notes: [.init("first defined here", at: other.macro.range)],
          help: ["give both an 'if' so that only one holds"])
      }
      first[define.macro.value] = define
    }
  }

  /// A symbol without a value here is undecided because of a select line; `config:` and assumptions give all others one.
  private func checkDecided(_ symbol: String, in configuration: Configuration) throws(Diagnostic) {
    guard value(of: symbol, in: configuration) == nil else { return }
    for select in architecture.selects where select.symbol.value == symbol {
      if let condition = select.condition { try checkDecided(condition, in: configuration) }
    }
    throw undecided(symbol, at: architecture.directory.range)
  }

  private func checkDecided(_ condition: KconfigExpression, in configuration: Configuration) throws(Diagnostic) {
    let truth = condition.evaluate { self.value(of: $0.text, in: configuration).map { .tristate($0) } }
    if case .undecided(let causes) = truth {
      throw undecided(causes.map(\.text).joined(separator: ", "), at: condition.range)
    }
  }

  private func undecided(_ symbols: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "ARCH020", "this depends on \(symbols), of which no value is known", at: range,
      reasons: ["a number, a text or a select line that leads back to its own symbol is never assumed to be y or n"],
      help: ["write the condition for the value that this descriptor is about"])
  }
}
