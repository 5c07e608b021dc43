/// What would have fit where a token does not.
enum Expectation {
  case token(Token)
  /// A statement outside choices.
  case statement
  case statementOfChoice
  /// A block that an `endif`, `endmenu` or `endchoice` could end.
  case openBlock
  case assignment
  case symbolName
  case title
  case prompt
  case fileName
  case operand
  case operatorOrEnd
  case operatorOrClose
  case conditionOrEnd
  case promptOrEnd
  /// A line of the entry that is being read, or the next one.
  case attribute

  var text: String {
    switch self {
    case .token(let token): "expected \(token.description)"
    case .statement: "expected a statement such as 'config', 'menu', 'if' or 'source'"
    case .statementOfChoice: "expected 'config', 'comment', 'if' or the end of the choice"
    case .openBlock: "no block is open that it could end"
    case .assignment: "expected '=', ':=' or '+=': only an assignment begins with a name of its own"
    case .symbolName: "expected the name of a symbol, without quotes"
    case .title: "expected a title in quotes"
    case .prompt: "expected a prompt in quotes"
    case .fileName: "expected the name of a file in quotes"
    case .operand: "expected a symbol, a constant or '('"
    case .operatorOrEnd: "expected '&&', '||', a comparison, 'if' or the end of the line"
    case .operatorOrClose: "expected '&&', '||', a comparison or ')'"
    case .conditionOrEnd: "expected 'if' or the end of the line"
    case .promptOrEnd: "expected a prompt in quotes or the end of the line"
    case .attribute: "expected an attribute such as 'bool', 'depends on' or 'help', or the next statement"
    }
  }
}

extension Token {
  /// As messages name it.
  var description: String {
    switch self {
    case .end: "the end of the file"
    case .endOfLine: "the end of the line"
    case .word: "a word"
    case .quoted: "a text in quotes"
    case .helpText: "a help text"
    case .assignedText: "a value"
    case .or: "'||'"
    case .and: "'&&'"
    case .equal: "'='"
    case .unequal: "'!='"
    case .less: "'<'"
    case .lessOrEqual: "'<='"
    case .greater: "'>'"
    case .greaterOrEqual: "'>='"
    case .not: "'!'"
    case .open: "'('"
    case .close: "')'"
    case .colonEqual: "':='"
    case .plusEqual: "'+='"
    default: "'\(Token.keywords[Int(rawValue - Token.bool.rawValue)])'"
    }
  }
}
