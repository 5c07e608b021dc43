import Diagnostics
import Kconfig

/// Symbols that the user names, with or without `CONFIG_`, each with the value that is asked about.
package struct SymbolQuery {
  /// A name, and what stands behind `=`; nil without.
  package struct Entry {
    let name: String
    let value: String?

    init(_ text: some StringProtocol) {
      let equals = text.firstIndex(of: "=")
      let name = text[..<(equals ?? text.endIndex)]
      self.name = String(name.hasPrefix("CONFIG_") ? name.dropFirst("CONFIG_".count) : name[...])
      value = equals.map { Self.unquoted(String(text[text.index(after: $0)...])) }
    }

    private static func unquoted(_ text: String) -> String {
      text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
    }
  }

  package let entries: [Entry]

  /// - Parameter texts: names with commas between them.
  package init(_ texts: [String]) {
    entries = texts.flatMap { $0.split(separator: ",") }.map { Entry($0) }
  }

  /// Whether values are asked about, not symbols.
  package var haveValues: Bool { entries.contains { $0.value != nil } }

  /// The numbers of the symbols.
  /// - Throws: names that no file defines.
  func numbers(in model: KconfigModel, of architecture: String) throws(Diagnostic) -> [SymbolID] {
    guard !entries.isEmpty else {
      throw Diagnostic(
        id: "KCONFIG197", "no symbol is named", at: nil, help: ["names are written with commas between them"])
    }
    var numbers: [SymbolID] = []
    var undefined: [String] = []
    for entry in entries {
      if let number = model.symbolID(named: entry.name), model.isDefined(number) {
        numbers.append(number)
      } else {
        undefined.append(entry.name)
      }
    }
    guard undefined.isEmpty else {
      let known = model.symbolIDs.lazy.filter(model.isDefined).map(model.name(of:))
      let meant = undefined.count == 1 ? didYouMean(undefined[0], among: known) : []
      throw Diagnostic(
        id: "KCONFIG197", "no Kconfig file of \(architecture) defines \(undefined.joined(separator: ", "))", at: nil,
        help: meant)
    }
    return numbers
  }

  /// What is asked for; a bool or tristate without a value is to be y.
  /// - Throws: names that no file defines, values that are none of the symbol's type, and no value where one is needed.
  func goals(in model: KconfigModel, of architecture: String) throws(Diagnostic) -> [KconfigEdits.Goal] {
    let numbers = try numbers(in: model, of: architecture)
    var goals: [KconfigEdits.Goal] = []
    for (entry, number) in zip(entries, numbers) {
      let symbol = model.symbol(number)
      guard let value = entry.value ?? (symbol.type.isLogical ? "y" : nil) else {
        throw Diagnostic(
          id: "KCONFIG240", "\(entry.name) is \(symbol.type.word): say which value is meant", at: nil,
          help: ["\(entry.name)=VALUE"])
      }
      guard symbol.type.canBe(value) else {
        throw Diagnostic(
          id: "KCONFIG240", "'\(value.printable)' is no value of \(entry.name), which is \(symbol.type.word)", at: nil)
      }
      goals.append(KconfigEdits.Goal(symbol: number, value: value))
    }
    return goals
  }
}

extension KconfigModel {
  /// Whether some file defines the symbol.
  fileprivate func isDefined(_ number: SymbolID) -> Bool { type(of: number) != .unknown && !name(of: number).isEmpty }
}

extension KconfigType {
  fileprivate func canBe(_ value: String) -> Bool {
    switch self {
    case .bool: ["y", "n"].contains(value)
    case .tristate: ["y", "m", "n"].contains(value)
    case .int, .hex, .string, .unknown: accepts(value.utf8)
    }
  }

  fileprivate var word: String {
    switch self {
    case .bool: "a bool"
    case .tristate: "a tristate"
    case .int: "an int"
    case .hex: "a hex"
    case .string: "a string"
    case .unknown: "of no type"
    }
  }
}
