import Diagnostics
import Kconfig
import KernelC

/// What kind of value a Kconfig symbol has, judged by the catalog or else by how the descriptor uses it.
struct SymbolUses: Sendable {
  /// What the numbers and texts that a symbol is compared with are like.
  enum TextKind: Sendable {
    /// Decimal numbers only.
    case int
    /// Numbers in 0x only.
    case hex
    /// Texts that it is or is not.
    case string
    /// Something else: what its value has to do with a comparison cannot be said.
    case mixed
  }

  private let catalog: KernelCatalog
  private let version: KernelVersion
  /// `ARM64` for arch/arm64: the symbol of the architecture itself, and the prefix of its own.
  let own: String
  private var texts: [String: TextKind] = [:]
  /// Symbols that are spoken of as modules.
  private var askedForModule: Set<String> = []

  init(in architecture: Architecture, catalog: KernelCatalog) {
    self.catalog = catalog
    version = architecture.version.value
    own = architecture.directory.value.uppercased()
    let conditions =
      architecture.selects.map(\.condition) + architecture.structPageSizes.map(\.condition)
      + architecture.defines.map(\.condition)
    for condition in conditions {
      for comparison in condition?.comparisons ?? [] { note(comparison) }
    }
    for text in architecture.codeTexts { note(text) }
    askedForModule.formUnion(architecture.config.filter { $0.value.value == .m }.map(\.key))
  }

  /// The kind of a symbol that holds a number or a text: what it holds is unknown, and it is neither y nor n. Nil for all
  /// others.
  func textKind(of symbol: String) -> TextKind? {
    guard let known = catalog.symbols[symbol] else { return texts[symbol] }
    return known.isInteger ? texts[symbol] ?? .int : nil
  }

  /// Whether the symbol may be m. What the catalog knows is bool.
  func isTristate(_ symbol: String) -> Bool {
    if catalog.symbols[symbol] != nil || symbol == own { return false }
    return !symbol.hasPrefix(own + "_") || askedForModule.contains(symbol)
  }

  private mutating func note(_ comparison: KconfigComparison) {
    let isEquality = comparison.relation == .equal || comparison.relation == .notEqual
    for (side, other) in [(comparison.left, comparison.right), (comparison.right, comparison.left)]
    where side.isName && !(isEquality && isTristate(other)) {
      note(side.text, as: Self.kind(of: other, isEquality: isEquality))
    }
  }

  private static func kind(of other: KconfigOperand, isEquality: Bool) -> TextKind {
    guard case .constant = other.kind else { return .mixed }
    if Int64(other.text) != nil { return .int }
    if other.text.hasPrefix("0x"), Int64(other.text.dropFirst(2), radix: 16) != nil { return .hex }
    return isEquality ? .string : .mixed
  }

  private mutating func note(_ symbol: String, as kind: TextKind) {
    texts[symbol] = texts[symbol] ?? kind == kind ? kind : .mixed
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
      // Code that takes the number says nothing about its kind.
      if !Self.questions.contains(before) { texts[symbol] = texts[symbol] ?? .int }
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
