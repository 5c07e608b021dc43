import Diagnostics

extension Parser {
  /// Declaration specifiers: storage classes, qualifiers and the base type.
  mutating func declarationSpecifiers() throws(NotUnderstood) -> CType {
    let start = current
    var words: [String] = []
    var type: CType?
    while current.kind == .identifier {
      let token = current
      if TypeNames.qualifiers.contains(token.text) || token.text == "static" {
        take()
      } else if token.text == "__attribute__" {
        take()
        try skipParentheses()
      } else if TypeNames.integerWords.contains(token.text) {
        words.append(take().text)
      } else if token.text == "struct", type == nil, words.isEmpty {
        take()
        type = try structure(start: token)
      } else if type == nil, words.isEmpty, let named = TypeNames.named[token.text] {
        take()
        type = named
      } else {
        break
      }
    }
    if let type { return type }
    guard !words.isEmpty else { throw unknownType() }
    guard let type = Self.integerType(words) else {
      throw notUnderstood("type '\(words.joined(separator: " "))'", at: start.place.through(previous.place))
    }
    return type
  }

  private func unknownType() -> NotUnderstood {
    let token = current
    if let construct = TypeNames.unsupported[token.text] { return notUnderstood(construct, at: token.place) }
    guard token.kind == .identifier else { return unexpected(expecting: "a type") }
    return notUnderstood(
      "unknown type '\(token.text)'", at: token.place, help: didYouMean(token.text, among: TypeNames.named.keys))
  }

  private mutating func structure(start: Token) throws(NotUnderstood) -> CType {
    guard current.kind == .identifier else { throw notUnderstood("structure without a name", at: start.place) }
    let name = take().text
    if current.isPunctuator("{") {
      throw notUnderstood("definition of 'struct \(name)'", at: start.place.through(previous.place))
    }
    switch name {
    case "page": return CType(base: .page)
    case "folio": return CType(base: .folio)
    default: return .opaque
    }
  }

  /// The type of words such as `unsigned long long int`.
  private static func integerType(_ words: [String]) -> CType? {
    let isUnsigned = words.contains("unsigned")
    let longs = words.count { $0 == "long" }
    let rest = words.filter { !["unsigned", "signed", "__signed__", "long", "int"].contains($0) }
    let hasSign = words.contains { ["unsigned", "signed", "__signed__"].contains($0) }
    switch (rest.first, rest.count) {
    case (nil, _): return .integer(bits: longs > 0 ? 64 : 32, signed: !isUnsigned)
    case ("void", 1) where words.count == 1: return .void
    case ("bool", 1) where words.count == 1, ("_Bool", 1) where words.count == 1: return .bool
    // Kernels are built with -funsigned-char since v6.2; before, char follows the architecture.
    case ("char", 1) where longs == 0: return .integer(bits: 8, signed: hasSign && !isUnsigned)
    case ("short", 1) where longs == 0: return .integer(bits: 16, signed: !isUnsigned)
    default: return nil
    }
  }

  /// The `*` of a declarator with their qualifiers.
  mutating func pointers(to base: CType) throws(NotUnderstood) -> CType {
    var type = base
    while true {
      if current.isPunctuator("*") {
        if type.pointers >= 8 { throw notUnderstood("more than 8 levels of pointers", at: current.place) }
        take()
        type = type.pointer()
      } else if current.kind == .identifier, TypeNames.qualifiers.contains(current.text) {
        take()
      } else {
        return type
      }
    }
  }

  /// A type in parentheses: of a cast or of sizeof.
  mutating func typeName() throws(NotUnderstood) -> CType {
    let type = try pointers(to: try declarationSpecifiers())
    if current.isPunctuator("(") || current.isPunctuator("[") {
      throw notUnderstood("function or array type", at: current.place)
    }
    return type
  }

  /// The parameters of a helper function, as names and types; `(void)` and `()` have none.
  mutating func parameterList() throws(NotUnderstood) -> [Statement.Variable] {
    var parameters: [Statement.Variable] = []
    if current.kind == .end || (current.text == "void" && token(at: index + 1).kind == .end) { return [] }
    repeat {
      if current.isPunctuator("...") { throw notUnderstood("variable number of parameters", at: current.place) }
      let type = try pointers(to: try declarationSpecifiers())
      if current.isPunctuator("(") { throw notUnderstood("function pointer", at: current.place) }
      guard current.kind == .identifier else { throw unexpected(expecting: "the name of a parameter") }
      let name = take()
      if current.isPunctuator("[") { throw notUnderstood("array '\(name.text)'", at: name.place) }
      while current.kind == .identifier, TypeNames.qualifiers.contains(current.text) { take() }
      parameters.append(.init(name: name.text, type: type, place: name.place))
    } while takes(",")
    if current.kind != .end { throw unexpected(expecting: "',' or ')'") }
    return parameters
  }

  /// Skips a balanced `( ... )`.
  mutating func skipParentheses() throws(NotUnderstood) {
    var open = 0
    repeat {
      if current.kind == .end || (open == 0 && !current.isPunctuator("(")) { throw unexpected(expecting: "'('") }
      let token = take()
      if token.isPunctuator("(") { open += 1 }
      if token.isPunctuator(")") { open -= 1 }
    } while open > 0
  }
}
