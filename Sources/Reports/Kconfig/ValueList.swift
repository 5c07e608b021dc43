import Diagnostics
package import Kconfig

/// The answer to `--get`: the values of symbols in the present configuration, a line each.
package struct ValueList {
  private let symbols: [SymbolID]
  private let values: KconfigEvaluation
  private let path: String?

  /// The values of symbols, in the order of the question.
  /// - Parameter path: the file that the configuration was read from; nil where there is none.
  package init(of symbols: [SymbolID], in values: KconfigEvaluation, from path: String?) {
    self.symbols = symbols
    self.values = values
    self.path = path
  }

  /// A line for each symbol.
  package var lines: [String] { symbols.map { values.value(of: $0).text.printable + "\n" } }

  /// The answer as `hvo/kconfig/v1`.
  package var json: JSON {
    let list = symbols.map { symbol -> JSON in
      ["symbol": .text(values.model.name(of: symbol)), "value": .text(values.value(of: symbol).text)]
    }
    return [
      "schema": .text(KconfigJSON.schema), "configuration": path.map { .text($0) }, "values": .array(list),
    ]
  }
}
