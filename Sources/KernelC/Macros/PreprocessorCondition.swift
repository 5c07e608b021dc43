/// Evaluates the expression of an `#if` with three-valued logic, so that a decided side of `&&` and `||` is enough.
struct PreprocessorCondition {
  private static let depthLimit = 64
  private static let precedences: [String: Int] = [
    "?": 1, "||": 2, "&&": 3, "|": 4, "^": 5, "&": 6, "==": 7, "!=": 7, "<": 8, ">": 8, "<=": 8, ">=": 8, "<<": 9,
    ">>": 9, "+": 10, "-": 10, "*": 11, "/": 11, "%": 11,
  ]

  private let tokens: [Token]
  private let names: PreprocessorNames
  private let directive: Token
  private let texts: SourceTexts
  private var index = 0
  private var depth = 0

  init(tokens: [Token], names: PreprocessorNames, directive: Token, texts: SourceTexts) {
    self.tokens = tokens
    self.names = names
    self.directive = directive
    self.texts = texts
  }

  mutating func value() throws(NotUnderstood) -> PreprocessorValue {
    let value = try expression(above: 0)
    if index < tokens.count { throw unexpected() }
    return value
  }

  private var current: Token? { index < tokens.count ? tokens[index] : nil }

  private func unexpected() -> NotUnderstood {
    guard let token = current else {
      return texts.notUnderstood(
        "condition of '#\(directive.text)' without an end", at: tokens.last?.place ?? directive.place)
    }
    let construct = token.kind == .invalid ? token.text : "'\(token.text)' in '#\(directive.text)'"
    return texts.notUnderstood(construct, at: token.place)
  }

  private mutating func expect(_ punctuator: String) throws(NotUnderstood) {
    guard current?.isPunctuator(punctuator) == true else { throw unexpected() }
    index += 1
  }

  private mutating func expression(above minimum: Int) throws(NotUnderstood) -> PreprocessorValue {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit {
      throw texts.notUnderstood(
        "'#\(directive.text)' nested deeper than \(Self.depthLimit)", at: current?.place ?? directive.place)
    }
    var left = try unary()
    while let token = current, token.kind == .punctuator, let precedence = Self.precedences[token.text],
      precedence > minimum
    {
      index += 1
      if token.text == "?" {
        let first = try expression(above: 0)
        try expect(":")
        let second = try expression(above: precedence - 1)
        switch left {
        case .known(let number): left = number.bits != 0 ? first : second
        case .undecided: break
        }
      } else {
        left = try combine(token, left, try expression(above: precedence))
      }
    }
    return left
  }

  private mutating func unary() throws(NotUnderstood) -> PreprocessorValue {
    guard let token = current else { throw unexpected() }
    guard token.kind == .punctuator else { return try primary(token) }
    index += 1
    if token.text == "(" {
      let value = try expression(above: 0)
      try expect(")")
      return value
    }
    guard ["!", "~", "-", "+"].contains(token.text) else {
      index -= 1
      throw unexpected()
    }
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw unexpected() }
    let operand = try unary()
    guard case .known(var number) = operand else { return operand }
    switch token.text {
    case "!": return .truth(number.bits == 0)
    case "~": number.bits = ~number.bits
    case "-": number.bits = 0 &- number.bits
    default: break
    }
    return .known(number)
  }

  private mutating func primary(_ token: Token) throws(NotUnderstood) -> PreprocessorValue {
    switch token.kind {
    case .number, .character:
      guard let literal = IntegerLiteral(token) else { throw unexpected() }
      index += 1
      // Every integer is as wide as intmax_t here.
      let isUnsigned = token.text.contains { "uU".contains($0) } || literal.bits > UInt64(Int64.max)
      return .known(.init(bits: literal.bits, isUnsigned: isUnsigned && token.kind == .number))
    case .identifier:
      index += 1
      if let question = ConfigQuestion(rawValue: token.text) { return try answer(question) }
      if current?.isPunctuator("(") == true { try skipArguments() }
      return names.value(of: token)
    default:
      throw unexpected()
    }
  }

  private mutating func answer(_ question: ConfigQuestion) throws(NotUnderstood) -> PreprocessorValue {
    try expect("(")
    guard let name = current, name.kind == .identifier || name.kind == .number else { throw unexpected() }
    index += 1
    try expect(")")
    // A macro that is 1 counts as built in; it was expanded before the question.
    if name.kind == .number { return .truth(name.text == "1" && question != .module) }
    return names.answer(question, about: name)
  }

  private mutating func skipArguments() throws(NotUnderstood) {
    var open = 0
    while let token = current {
      index += 1
      if token.isPunctuator("(") { open += 1 }
      if token.isPunctuator(")") {
        open -= 1
        if open == 0 { return }
      }
    }
    throw unexpected()
  }

  private func combine(
    _ operation: Token, _ left: PreprocessorValue, _ right: PreprocessorValue
  ) throws(NotUnderstood) -> PreprocessorValue {
    if operation.text == "&&" {
      if left.truth == false || right.truth == false { return .truth(false) }
      return left.truth == nil ? left : right.truth == nil ? right : .truth(true)
    }
    if operation.text == "||" {
      if left.truth == true || right.truth == true { return .truth(true) }
      return left.truth == nil ? left : right.truth == nil ? right : .truth(false)
    }
    guard case .known(let a) = left else { return left }
    guard case .known(let b) = right else { return right }
    let isUnsigned = a.isUnsigned || b.isUnsigned
    let mirrored = [">": "<", ">=": "<="][operation.text]
    let (first, second) = mirrored == nil ? (a, b) : (b, a)
    guard let arithmetic = Arithmetic(binary: mirrored ?? operation.text, type: isUnsigned ? .unsignedLong : .long),
      let bits = arithmetic.result(first.bits, second.bits)
    else { throw texts.notUnderstood("'\(operation.text)' in '#\(directive.text)'", at: operation.place) }
    let keepsSign = arithmetic.isComparison ? false : isUnsigned
    return .known(.init(bits: bits, isUnsigned: keepsSign))
  }
}
