import Diagnostics

/// Reads an expression with two stacks instead of recursion.
struct ConditionParser {
  /// An operator whose right side is still to come.
  private enum Pending {
    case not(SourceRange)
    case open(SourceRange)
    case and
    case or
  }

  private let path: String
  private var lexer: ConditionLexer
  private var operands: [KconfigOperand] = []
  private var nodes: [KconfigExpression.Node] = []
  private var finished: [Int] = []
  private var pending: [Pending] = []
  private var depth = 0

  init(_ text: EmbeddedText) {
    path = text.path
    lexer = ConditionLexer(text)
  }

  mutating func parse() throws(Diagnostic) -> KconfigExpression {
    var previous: ConditionToken?
    var isComparison = false
    var next = try lexer.next()
    while true {
      // An operand, with what stands in front of it.
      while next.kind == .not || next.kind == .open {
        try enter(next)
        previous = next
        next = try lexer.next()
      }
      let operand = next
      next = try takeOperand(operand, after: previous, isComparison: &isComparison)
      previous = operand
      finishNegations()
      // The parentheses that end behind it.
      while next.kind == .close {
        try leave(next)
        isComparison = false
        previous = next
        next = try lexer.next()
      }
      switch next.kind {
      case .and:
        finish { if case .and = $0 { true } else { false } }
        pending.append(.and)
      case .or:
        finishBinary()
        pending.append(.or)
      case .end:
        return try finishExpression()
      case .relation:
        throw .misplacedRelation(next, isChain: isComparison)
      case .word, .quoted, .not, .open, .close:
        throw .missingOperator(before: next)
      }
      previous = next
      next = try lexer.next()
    }
  }

  // MARK: Operands

  /// Takes an operand and the comparison it may begin.
  /// - Returns: the token behind it.
  private mutating func takeOperand(
    _ token: ConditionToken, after previous: ConditionToken?, isComparison: inout Bool
  ) throws(Diagnostic) -> ConditionToken {
    guard token.isOperand else { throw missingOperand(at: token, after: previous) }
    let next = try lexer.next()
    guard case .relation(let relation) = next.kind else {
      isComparison = false
      let operand = try add(token, .truth)
      push(.operand(operand), from: token.range.start, to: token.range.end)
      return next
    }
    let left = try add(token, .leftOfRelation)
    let other = try lexer.next()
    guard other.isOperand else {
      if other.kind == .open || other.kind == .not { throw .refusedComparand(other, of: relation) }
      throw missingOperand(at: other, after: next)
    }
    let right = try add(other, .rightOfRelation)
    isComparison = true
    push(.comparison(left: left, relation, right: right), from: token.range.start, to: other.range.end)
    return try lexer.next()
  }

  private mutating func add(_ token: ConditionToken, _ role: KconfigOperand.Role) throws(Diagnostic) -> Int {
    let text: String
    let kind: KconfigOperand.Kind
    switch token.kind {
    case .word(let word):
      if word.hasPrefix(KconfigWord.configPrefix) { throw .configPrefix(word, at: token.range) }
      text = word
      if let value = Tristate(letter: word) {
        kind = .constant(.tristate(value))
      } else {
        kind = KconfigWord.isNumber(word) ? .constant(.untyped(word)) : .name
      }
    case .quoted(let content):
      text = content
      kind = .constant(Tristate(letter: content).map { .tristate($0) } ?? .untyped(content))
    case .relation, .not, .and, .or, .open, .close, .end:
      throw .missingOperand(token.spelling, at: token.range)
    }
    operands.append(KconfigOperand(text: text, kind: kind, role: role, range: token.range))
    return operands.count - 1
  }

  /// At the end the operator that waits for an operand is the place to look at.
  private func missingOperand(at token: ConditionToken, after previous: ConditionToken?) -> Diagnostic {
    guard token.kind == .end else { return .missingOperand(token.spelling, at: token.range) }
    guard let previous else { return .emptyExpression(at: lexer.start) }
    return .missingOperand("the end behind \(previous.spelling)", at: previous.range)
  }

  // MARK: Operators

  private mutating func enter(_ token: ConditionToken) throws(Diagnostic) {
    depth += 1
    guard depth <= KconfigExpression.deepestNesting else { throw .tooDeep(at: token.range) }
    pending.append(token.kind == .not ? .not(token.range) : .open(token.range))
  }

  private mutating func leave(_ token: ConditionToken) throws(Diagnostic) {
    finishBinary()
    guard case .open = pending.popLast() else { throw .unopened(at: token.range) }
    depth -= 1
    finishNegations()
  }

  private mutating func finishExpression() throws(Diagnostic) -> KconfigExpression {
    finishBinary()
    if case .open(let range) = pending.last { throw .unclosed(at: range) }
    return KconfigExpression(operands: operands, nodes: nodes, path: path)
  }

  /// `!` binds tighter than what follows an operand, a comparison being part of the operand.
  private mutating func finishNegations() {
    while case .not(let range) = pending.last, let operand = finished.popLast() {
      pending.removeLast()
      depth -= 1
      push(.not(operand), from: range.start, to: nodes[operand].end)
    }
  }

  private mutating func finishBinary() {
    finish { pending in
      switch pending {
      case .and, .or: true
      case .not, .open: false
      }
    }
  }

  private mutating func finish(while isTighter: (Pending) -> Bool) {
    while let last = pending.last, isTighter(last), let right = finished.popLast(), let left = finished.popLast() {
      pending.removeLast()
      let isAnd = if case .and = last { true } else { false }
      push(isAnd ? .and(left, right) : .or(left, right), from: nodes[left].start, to: nodes[right].end)
    }
  }

  private mutating func push(
    _ shape: KconfigExpression.Shape, from start: SourcePosition, to end: SourcePosition
  ) {
    nodes.append(KconfigExpression.Node(shape: shape, start: start, end: end))
    finished.append(nodes.count - 1)
  }
}

extension ConditionToken {
  fileprivate var isOperand: Bool {
    switch kind {
    case .word, .quoted: true
    case .relation, .not, .and, .or, .open, .close, .end: false
    }
  }
}
