import Diagnostics

/// A token of an expression.
struct ConditionToken {
  enum Kind: Hashable {
    case word(String)
    case quoted(String)
    case relation(KconfigRelation)
    case not
    case and
    case or
    case open
    case close
    case end
  }

  var kind: Kind
  var range: SourceRange

  /// The token as a message shows it.
  var spelling: String {
    switch kind {
    case .word(let word): "'\(word)'"
    case .quoted(let text): "\"\(text)\""
    case .relation(let relation): "'\(relation.rawValue)'"
    case .not: "'!'"
    case .and: "'&&'"
    case .or: "'||'"
    case .open: "'('"
    case .close: "')'"
    case .end: "the end"
    }
  }
}

/// Cuts a text into tokens; positions are those of the file that holds the text.
struct ConditionLexer {
  private let embedded: EmbeddedText
  private var rest: Substring.UnicodeScalarView
  private var position = SourcePosition(line: 1, column: 1)

  init(_ text: EmbeddedText) {
    embedded = text
    rest = text.text.unicodeScalars[...]
  }

  /// Where the text starts.
  var start: SourceRange {
    let first = SourcePosition(line: 1, column: 1)
    return embedded.range(from: first, to: first)
  }

  /// The next token; `end` for ever at the end.
  mutating func next() throws(Diagnostic) -> ConditionToken {
    skipBlanks()
    let start = position
    guard let first = rest.first else { return token(.end, from: start) }
    if KconfigWord.holds(first) {
      let word = String(rest.prefix(while: KconfigWord.holds))
      advance(word.utf8.count)
      return token(.word(word), from: start)
    }
    if first == "\"" || first == "'" { return try quoted(by: first) }
    if let mistaken = Self.mistaken.first(where: { rest.starts(with: $0.spelling.unicodeScalars) }) {
      advance(mistaken.spelling.unicodeScalars.count)
      throw .mistakenOperator(mistaken.spelling, help: mistaken.help, at: range(from: start))
    }
    for (spelling, kind) in Self.operators where rest.starts(with: spelling.unicodeScalars) {
      advance(spelling.unicodeScalars.count)
      return token(kind, from: start)
    }
    advance(1)
    throw .unexpectedCharacter(first, at: range(from: start))
  }

  /// Longer ones first.
  private static let operators: [(String, ConditionToken.Kind)] = [
    ("&&", .and), ("||", .or), ("!=", .relation(.notEqual)), ("<=", .relation(.lessOrEqual)),
    (">=", .relation(.greaterOrEqual)), ("=", .relation(.equal)), ("<", .relation(.less)), (">", .relation(.greater)),
    ("!", .not), ("(", .open), (")", .close),
  ]

  /// Operators of other languages, and what was meant. They come before the operators that they begin with.
  private static let mistaken: [(spelling: String, help: String)] = [
    ("===", "equality is '='"), ("!==", "inequality is '!='"), ("==", "equality is '='"),
    ("=>", "greater or equal is '>='"), ("=<", "less or equal is '<='"), ("<>", "inequality is '!='"),
  ]

  private mutating func quoted(by quote: Unicode.Scalar) throws(Diagnostic) -> ConditionToken {
    let start = position
    var text = String.UnicodeScalarView()
    advance(1)
    while let scalar = rest.first, scalar != "\n" {
      advance(1)
      if scalar == quote { return token(.quoted(String(text)), from: start) }
      if scalar == "\\", let escaped = rest.first, escaped != "\n" {
        // As in the kernel: a backslash only keeps the next character.
        text.append(escaped)
        advance(1)
      } else {
        text.append(scalar)
      }
    }
    throw .unterminatedText(quote, at: range(from: start))
  }

  /// Skips blanks, line ends with or without a backslash, and comments.
  private mutating func skipBlanks() {
    while let scalar = rest.first {
      switch scalar {
      case " ", "\t", "\r", "\n":
        advance(1)
      case "#":
        advance(rest.prefix { $0 != "\n" }.count)
      case "\\" where rest.dropFirst().first == "\n":
        advance(2)
      default:
        return
      }
    }
  }

  private mutating func advance(_ count: Int) {
    for _ in 0..<count {
      guard let scalar = rest.popFirst() else { return }
      if scalar == "\n" {
        position = SourcePosition(line: position.line + 1, column: 1)
      } else {
        position.column += 1
      }
    }
  }

  private func token(_ kind: ConditionToken.Kind, from start: SourcePosition) -> ConditionToken {
    ConditionToken(kind: kind, range: range(from: start))
  }

  private func range(from start: SourcePosition) -> SourceRange {
    embedded.range(from: start, to: position)
  }
}
