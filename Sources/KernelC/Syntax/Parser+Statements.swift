extension Parser {
  /// One statement.
  mutating func statement() throws(NotUnderstood) -> Statement {
    try enter()
    defer { leave() }
    let token = current
    if takes(";") { return .empty }
    if takes("{") { return .block(try block()) }
    guard token.kind == .identifier else { return try expressionStatement() }
    switch token.text {
    case "if": return try ifStatement()
    case "while": return try whileStatement()
    case "do": return try doStatement()
    case "for": return try forStatement()
    case "switch": return try switchStatement()
    case "case", "default": return try caseLabel()
    case "break", "continue":
      take()
      try expect(";")
      return token.text == "break" ? .breakOut(token.place) : .continueLoop(token.place)
    case "return":
      take()
      let value = current.isPunctuator(";") ? nil : try expression()
      try expect(";")
      return .returnValue(value, place: token.place)
    default:
      if startsDeclaration { return .declaration(try declaration()) }
      if isNext(":"), Self.unsupportedWord(token.text) == nil {
        throw notUnderstood("label '\(token.text)'", at: token.place)
      }
      return try expressionStatement()
    }
  }

  /// The statements up to the closing brace; the opening one is taken.
  private mutating func block() throws(NotUnderstood) -> [Statement] {
    let open = previous
    var statements: [Statement] = []
    while !takes("}") {
      if current.kind == .end { throw notUnderstood("'{' without '}'", at: open.place) }
      statements.append(try statement())
    }
    return statements
  }

  /// Whether a declaration follows: a known word of a type; or two names, also with stars between them, the first of
  /// which may be a typedef that is not known here.
  private var startsDeclaration: Bool {
    let token = current
    if TypeNames.startsType(token) || TypeNames.unsupported[token.text] != nil { return true }
    var next = index + 1
    while self.token(at: next).isPunctuator("*") { next += 1 }
    guard self.token(at: next).kind == .identifier, Self.unsupportedWord(token.text) == nil else { return false }
    if next == index + 1 { return true }
    let behind = self.token(at: next + 1)
    return [";", "=", ","].contains { behind.isPunctuator($0) } && self.token(at: index + 1).spaceBefore
  }

  private mutating func declaration() throws(NotUnderstood) -> [Statement.Variable] {
    let start = current
    if start.isIdentifier("static") { throw notUnderstood("static local variable", at: start.place) }
    let base = try declarationSpecifiers()
    var variables: [Statement.Variable] = []
    repeat {
      let type = try pointers(to: base)
      if current.isPunctuator("(") { throw notUnderstood("function pointer", at: current.place) }
      guard current.kind == .identifier else { throw unexpected(expecting: "a name") }
      let name = take()
      if current.isPunctuator("[") { throw notUnderstood("array '\(name.text)'", at: name.place) }
      if current.isPunctuator("(") { throw notUnderstood("local function declaration", at: name.place) }
      if !type.isPointer, type.isVoid || type.base == .page || type.base == .folio {
        throw notUnderstood("variable '\(name.text)' of this type", at: name.place)
      }
      if type == .opaque, start.isIdentifier("struct") {
        throw notUnderstood("structure variable '\(name.text)'", at: name.place)
      }
      while current.kind == .identifier, TypeNames.qualifiers.contains(current.text) { take() }
      var value: Expression?
      if takes("=") {
        if current.isPunctuator("{") { throw notUnderstood("aggregate initialiser", at: current.place) }
        value = try assignment()
      }
      variables.append(.init(name: name.text, type: type, place: name.place, initialValue: value))
    } while takes(",")
    try expect(";")
    return variables
  }

  private mutating func expressionStatement() throws(NotUnderstood) -> Statement {
    let value = try expression()
    if case .call(let callee, _) = value.kind, let name = callee.name, !current.isPunctuator(";") {
      let looksLikeLoop = name.contains("for_each") || name.contains("foreach") || current.isPunctuator("{")
      if looksLikeLoop { throw notUnderstood("loop macro '\(name)()'", at: callee.place) }
    }
    try expect(";")
    return .expression(value)
  }

  private mutating func parenthesised() throws(NotUnderstood) -> Expression {
    try expect("(")
    let value = try expression()
    try expect(")")
    return value
  }

  private mutating func ifStatement() throws(NotUnderstood) -> Statement {
    take()
    let condition = try parenthesised()
    let first = try statement()
    guard current.isIdentifier("else") else { return .ifElse(condition, first, nil) }
    take()
    return .ifElse(condition, first, try statement())
  }

  private mutating func whileStatement() throws(NotUnderstood) -> Statement {
    let place = take().place
    let condition = try parenthesised()
    return .loop(first: nil, condition: condition, step: nil, body: try statement(), place: place)
  }

  private mutating func doStatement() throws(NotUnderstood) -> Statement {
    let place = take().place
    let body = try statement()
    guard current.isIdentifier("while") else { throw unexpected(expecting: "'while'") }
    take()
    let condition = try parenthesised()
    try expect(";")
    return .doWhile(body: body, condition: condition, place: place)
  }

  private mutating func forStatement() throws(NotUnderstood) -> Statement {
    let place = take().place
    try expect("(")
    var first: Statement?
    if !takes(";") {
      first = startsDeclaration ? .declaration(try declaration()) : try expressionStatement()
    }
    let condition = current.isPunctuator(";") ? nil : try expression()
    try expect(";")
    let step = current.isPunctuator(")") ? nil : try expression()
    try expect(")")
    return .loop(first: first, condition: condition, step: step, body: try statement(), place: place)
  }

  private mutating func switchStatement() throws(NotUnderstood) -> Statement {
    take()
    let subject = try parenthesised()
    guard takes("{") else { throw unexpected(expecting: "'{' behind 'switch'") }
    return .switchOver(subject, body: try block())
  }

  private mutating func caseLabel() throws(NotUnderstood) -> Statement {
    let start = take()
    guard start.text == "case" else {
      try expect(":")
      return .label(nil, place: start.place)
    }
    // The expression of a label ends at the colon, so `a ? b : c` needs parentheses, as everywhere in the kernel.
    let value = try assignment()
    if current.isPunctuator("...") { throw notUnderstood("case range", at: start.place.through(current.place)) }
    try expect(":")
    return .label(value, place: start.place)
  }
}
