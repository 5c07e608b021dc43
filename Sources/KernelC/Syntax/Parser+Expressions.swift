extension Parser {
  private static let precedences: [String: Int] = [
    "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7, "<<": 8, ">>": 8,
    "+": 9, "-": 9, "*": 10, "/": 10, "%": 10,
  ]
  private static let assignments: Set<String> = ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="]

  /// An expression with the comma operator.
  mutating func expression() throws(NotUnderstood) -> Expression {
    let start = index
    var left = try assignment()
    while takes(",") {
      let right = try assignment()
      left = try node(.comma(left, right), from: start, over: [left, right])
    }
    return left
  }

  /// An expression without the comma operator: an argument or an initial value.
  mutating func assignment() throws(NotUnderstood) -> Expression {
    try enter()
    defer { leave() }
    let start = index
    let target = try conditional()
    guard current.kind == .punctuator, Self.assignments.contains(current.text) else { return target }
    let spelling = take().text
    let value = try assignment()
    let operation = spelling == "=" ? nil : String(spelling.dropLast())
    return try node(.assignment(operation: operation, target, value), from: start, over: [target, value])
  }

  private mutating func conditional() throws(NotUnderstood) -> Expression {
    let start = index
    let condition = try binary(above: 0)
    guard takes("?") else { return condition }
    try enter()
    defer { leave() }
    let first = current.isPunctuator(":") ? nil : try expression()
    try expect(":")
    let second = try conditional()
    return try node(
      .conditional(condition, first, second), from: start, over: [condition, second] + (first.map { [$0] } ?? []))
  }

  private mutating func binary(above minimum: Int) throws(NotUnderstood) -> Expression {
    let start = index
    var left = try unary()
    while current.kind == .punctuator, let precedence = Self.precedences[current.text], precedence > minimum {
      let operation = take().text
      let right = try binary(above: precedence)
      let isLogical = operation == "&&" || operation == "||"
      left = try node(
        isLogical ? .logical(isConjunction: operation == "&&", left, right) : .binary(operation, left, right),
        from: start, over: [left, right])
    }
    return left
  }

  private mutating func unary() throws(NotUnderstood) -> Expression {
    try enter()
    defer { leave() }
    let start = index
    let token = current
    if token.kind == .punctuator {
      switch token.text {
      case "!", "~", "-", "+", "*", "&":
        take()
        let operand = try unary()
        return try node(.unary(token.text, operand), from: start, over: [operand])
      case "++", "--":
        take()
        let operand = try unary()
        return try node(
          .step(operation: String(token.text.prefix(1)), operand, isPrefix: true), from: start, over: [operand])
      case "&&":
        throw notUnderstood("address of a label", at: token.place)
      case "(" where TypeNames.startsType(self.token(at: index + 1)):
        return try cast(from: start)
      default:
        break
      }
    }
    if token.isIdentifier("sizeof") { return try sizeOf(from: start) }
    return try postfix(of: try primary(), from: start)
  }

  private mutating func cast(from start: Int) throws(NotUnderstood) -> Expression {
    try expect("(")
    let type = try typeName()
    try expect(")")
    if current.isPunctuator("{") { throw notUnderstood("compound literal", at: token(at: start).place) }
    let operand = try unary()
    return try node(.cast(type, operand), from: start, over: [operand])
  }

  private mutating func sizeOf(from start: Int) throws(NotUnderstood) -> Expression {
    take()
    if current.isPunctuator("("), TypeNames.startsType(token(at: index + 1)) {
      try expect("(")
      let type = try typeName()
      try expect(")")
      return try node(.sizeOfType(type), from: start)
    }
    let operand = try unary()
    return try node(.sizeOfValue(operand), from: start, over: [operand])
  }

  private mutating func postfix(of primary: Expression, from start: Int) throws(NotUnderstood) -> Expression {
    var operand = primary
    while current.kind == .punctuator {
      switch current.text {
      case "(":
        let arguments = try arguments()
        operand = try node(.call(operand, arguments), from: start, over: [operand] + arguments)
      case "[":
        take()
        let subscripted = try expression()
        try expect("]")
        operand = try node(.element(operand, subscripted), from: start, over: [operand, subscripted])
      case ".", "->":
        let throughPointer = take().text == "->"
        guard current.kind == .identifier else { throw unexpected(expecting: "the name of a member") }
        let name = take().text
        operand = try node(.member(operand, name, throughPointer: throughPointer), from: start, over: [operand])
      case "++", "--":
        let operation = String(take().text.prefix(1))
        operand = try node(.step(operation: operation, operand, isPrefix: false), from: start, over: [operand])
      default:
        return operand
      }
    }
    return operand
  }

  private mutating func arguments() throws(NotUnderstood) -> [Expression] {
    try expect("(")
    var arguments: [Expression] = []
    if takes(")") { return arguments }
    repeat { arguments.append(try assignment()) } while takes(",")
    try expect(")")
    return arguments
  }

  private mutating func primary() throws(NotUnderstood) -> Expression {
    let start = index
    let token = current
    switch token.kind {
    case .number, .character:
      guard let literal = IntegerLiteral(token) else {
        throw notUnderstood("constant '\(token.text)'", at: token.place)
      }
      take()
      return try node(.integer(literal), from: start)
    case .string:
      while current.kind == .string { take() }
      return try node(.string, from: start)
    case .identifier:
      return try name(from: start)
    case .punctuator where token.text == "(":
      take()
      if current.isPunctuator("{") {
        throw notUnderstood("statement expression", at: token.place.through(current.place))
      }
      let inner = try expression()
      try expect(")")
      return Expression(
        inner.kind, at: token.place.through(previous.place), text: inner.text, height: inner.height)
    default:
      throw unexpected(expecting: "an expression")
    }
  }

  private mutating func name(from start: Int) throws(NotUnderstood) -> Expression {
    let token = current
    if let construct = Self.unsupportedWord(token.text) ?? TypeNames.unsupported[token.text] {
      throw notUnderstood(construct, at: token.place)
    }
    take()
    if let question = ConfigQuestion(rawValue: token.text) {
      try expect("(")
      let symbol = try assignment()
      try expect(")")
      return try node(.configQuestion(question, symbol), from: start, over: [symbol])
    }
    return try node(.name(token.text), from: start)
  }

  /// What a report calls a word that starts a construct outside the subset.
  static func unsupportedWord(_ word: String) -> String? {
    switch word {
    case "goto": "'goto'"
    case "asm", "__asm__", "__asm": "inline assembly"
    case "if", "else", "while", "do", "for", "switch", "case", "default", "return", "break", "continue":
      "misplaced '\(word)'"
    case "offsetof", "container_of", "_Alignof", "__alignof__": "'\(word)'"
    default: word.hasPrefix("__builtin_") ? "'\(word)()'" : nil
    }
  }
}
