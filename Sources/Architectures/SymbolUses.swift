import Diagnostics
import Kconfig
import KernelC

/// Which values a Kconfig symbol may have, judged by the catalog or else by how the descriptor uses it.
struct SymbolUses: Sendable {
  private let catalog: KernelCatalog
  /// `ARM64` for arch/arm64: the symbol of the architecture itself, and the prefix of its own.
  private let own: String
  private var numbersOrTexts: Set<String> = []
  private var askedForModule: Set<String> = []

  init(in architecture: Architecture, catalog: KernelCatalog) {
    self.catalog = catalog
    own = architecture.directory.value.uppercased()
    let conditions =
      architecture.selects.map(\.condition) + architecture.structPageSizes.map(\.condition)
      + architecture.defines.map(\.condition)
    for condition in conditions {
      for comparison in condition?.comparisons ?? [] { note(comparison) }
    }
    for text in architecture.codeTexts { note(text) }
  }

  /// A symbol that holds a number or a text: what it holds is unknown, and it is neither y nor n.
  func isNumberOrText(_ symbol: String) -> Bool {
    if let known = catalog.symbols[symbol] { return known.isInteger }
    return numbersOrTexts.contains(symbol)
  }

  /// The values that are tried where nothing decides the symbol. y comes first, so that of several assumptions with the
  /// same effect the plain one is shown. What the catalog knows is bool.
  func possibleValues(of symbol: String) -> [Tristate] {
    if catalog.symbols[symbol] != nil || symbol == own { return [.y, .n] }
    if symbol.hasPrefix(own + "_"), !askedForModule.contains(symbol) { return [.y, .n] }
    return [.y, .n, .m]
  }

  private mutating func note(_ comparison: KconfigComparison) {
    let isEquality = comparison.relation == .equal || comparison.relation == .notEqual
    for (side, other) in [(comparison.left, comparison.right), (comparison.right, comparison.left)]
    where side.isName && !(isEquality && isTristate(other)) {
      numbersOrTexts.insert(side.text)
    }
  }

  private func isTristate(_ operand: KconfigOperand) -> Bool {
    switch operand.kind {
    case .constant(.tristate): true
    case .constant: false
    case .name: catalog.symbols[operand.text].map { !$0.isInteger } ?? false
    }
  }

  /// Notes how a C text asks for symbols; anything but a question for y, m or n takes the macro's value.
  private mutating func note(_ text: EmbeddedText) {
    let words = CWords(text.text).words
    for (index, word) in words.enumerated() where word.hasPrefix(Self.prefix) {
      let symbol = String(word.dropFirst(Self.prefix.count))
      if symbol.hasSuffix(Self.moduleSuffix) {
        askedForModule.insert(String(symbol.dropLast(Self.moduleSuffix.count)))
      }
      let before = words[..<index].last { $0 != "(" } ?? ""
      if Self.moduleQuestions.contains(before) { askedForModule.insert(symbol) }
      if !Self.questions.contains(before) { numbersOrTexts.insert(symbol) }
    }
  }

  private static let prefix = "CONFIG_"
  private static let moduleSuffix = "_MODULE"
  private static let moduleQuestions: Set<String> = ["IS_MODULE", "IS_REACHABLE", "IS_BUILTIN"]
  private static let questions = moduleQuestions.union([
    "IS_ENABLED", "defined", "ifdef", "ifndef", "elifdef", "elifndef",
  ])
}

/// The words and signs of a C text without comments and blanks, enough to see what stands before a name.
private struct CWords {
  private(set) var words: [String] = []

  /// - Complexity: O(length)
  init(_ text: String) {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let start = index
      if bytes[index...].starts(with: "//".utf8) {
        index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if bytes[index...].starts(with: "/*".utf8) {
        index += 2
        while index < bytes.count, !bytes[index...].starts(with: "*/".utf8) { index += 1 }
        index += 2
      } else if Self.isWordByte(bytes[index]) {
        while index < bytes.count, Self.isWordByte(bytes[index]) { index += 1 }
        words.append(String(decoding: bytes[start..<index], as: UTF8.self))
      } else {
        if bytes[index] > UInt8(ascii: " ") { words.append(String(decoding: [bytes[index]], as: UTF8.self)) }
        index += 1
      }
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}

extension Architecture {
  /// Every C text of the descriptor.
  var codeTexts: [EmbeddedText] {
    [flush, icacheSync].compactMap { $0?.routine }.flatMap { [$0.body] + ($0.declarations.map { [$0] } ?? []) }
  }
}
