import Diagnostics

/// What can be wrong in an expression. Identities are stable.
extension Diagnostic {
  static func unexpectedCharacter(_ scalar: Unicode.Scalar, at place: SourceRange) -> Diagnostic {
    let help =
      switch scalar {
      case "&": ["'and' is '&&'"]
      case "|": ["'or' is '||'"]
      case "~": ["'not' is '!'"]
      case "-": ["put the text in double quotes: names hold letters, digits, '_' and '.'"]
      case "$": ["macros are not expanded here"]
      case "%", "+", "*", "/": ["there is no arithmetic in Kconfig"]
      case "[", "{": ["group with '(' and ')'"]
      default: [String]()
      }
    return Diagnostic(
      id: "KCONFIG001", "unexpected character '\(scalar)'", at: place,
      reasons: ["an expression is made of names, constants, = != < <= > >= ! && || and parentheses"], help: help)
  }

  static func mistakenOperator(_ spelling: String, help: String, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG002", "'\(spelling)' is not a Kconfig operator", at: place, help: [help])
  }

  static func unterminatedText(_ quote: Unicode.Scalar, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG003", "the text is not closed on its line", at: place, help: ["close it with \(quote)"])
  }

  static func missingOperand(_ found: String, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG004", "expected a name, a constant, '!' or '(', found \(found)", at: place,
      reasons: ["each operator needs an operand on each of its sides"])
  }

  static func missingOperator(before token: ConditionToken) -> Diagnostic {
    let help =
      switch token.kind {
      case .word("and"), .word("AND"): ["'and' is '&&'"]
      case .word("or"), .word("OR"): ["'or' is '||'"]
      default: ["join the operands with '&&' or '||'"]
      }
    return Diagnostic(
      id: "KCONFIG005", "expected an operator or the end, found \(token.spelling)", at: token.range, help: help)
  }

  static func unopened(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG006", "no '(' belongs to this ')'", at: place, help: ["remove it or open the parenthesis"])
  }

  static func unclosed(at place: SourceRange) -> Diagnostic {
    Diagnostic(id: "KCONFIG006", "this '(' is not closed", at: place, help: ["close it with ')'"])
  }

  static func emptyExpression(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG007", "the expression is empty", at: place, help: ["write 'y' for what is always the case"])
  }

  static func configPrefix(_ word: String, at place: SourceRange) -> Diagnostic {
    let name = word.dropFirst(KconfigWord.configPrefix.count)
    return Diagnostic(
      id: "KCONFIG008", "'\(word)' has the prefix CONFIG_", at: place,
      reasons: ["Kconfig itself names symbols without it"],
      help: [name.isEmpty ? "write the symbol's name" : "write '\(name)'"])
  }

  static func misplacedRelation(_ token: ConditionToken, isChain: Bool) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG009",
      isChain ? "comparisons cannot be chained" : "\(token.spelling) cannot compare what stands in parentheses",
      at: token.range, reasons: ["a comparison joins two names or constants"],
      help: isChain ? ["write two comparisons and join them with '&&'"] : ["compare the names themselves"])
  }

  static func refusedComparand(_ token: ConditionToken, of relation: KconfigRelation) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG009", "'\(relation.rawValue)' cannot compare with what \(token.spelling) begins", at: token.range,
      reasons: ["a comparison joins two names or constants"], help: ["compare with a name or a constant"])
  }

  static func tooDeep(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: "KCONFIG010", "more than \(KconfigExpression.deepestNesting) '(' and '!' inside each other", at: place,
      help: ["remove parentheses that are not needed"])
  }
}
