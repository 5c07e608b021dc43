/// Words: what stands between blanks, with quotes and expansions.
extension ShellParser {
  mutating func word(isFirst: Bool) throws(NotUnderstood) -> ShellWord {
    var word = ShellWord()
    var literal: [UInt8] = []
    let start = position
    while position < text.count, !Self.endsWord(text[position]) {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "'"):
        guard let end = text[(position + 1)...].firstIndex(of: byte) else { throw NotUnderstood() }
        literal += text[(position + 1)..<end]
        if literal.isEmpty { word.pieces.append(.text([])) }
        position = end + 1
      case UInt8(ascii: "\""):
        try quoted(into: &word, &literal)
      case UInt8(ascii: "\\"):
        guard position + 1 < text.count else { throw NotUnderstood() }
        literal.append(text[position + 1])
        position += 2
      case UInt8(ascii: "$"):
        try expansion(isQuoted: false, into: &word, &literal)
      case UInt8(ascii: "["):
        // Alone it is a command; in a word it is a pattern.
        guard position == start, position + 1 < text.count, text[position + 1].isBlank else { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      case UInt8(ascii: "#") where position == start: throw NotUnderstood()
      case ProbeAnswer.mark:
        guard let end = text[(position + 1)...].firstIndex(of: byte) else { throw NotUnderstood() }
        if !literal.isEmpty { word.pieces.append(.text(literal)) }
        literal = []
        word.pieces.append(.answer(Array(text[position...end])))
        position = end + 1
      case UInt8(ascii: "="):
        // In front of a command it would be an assignment.
        if isFirst { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      case UInt8(ascii: "!"):
        // In front of a command it would be a negation.
        if isFirst { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      default:
        if Self.isSpecial(byte) { throw NotUnderstood() }
        literal.append(byte)
        position += 1
      }
    }
    if !literal.isEmpty || word.pieces.isEmpty { word.pieces.append(.text(literal)) }
    let spelling = String(decoding: text[start..<position], as: UTF8.self)
    if isFirst, Self.reserved.contains(spelling) { throw NotUnderstood() }
    // `2 >` is an argument and a redirection, `2>` is not; neither is needed.
    if position < text.count, text[position] == UInt8(ascii: ">") || text[position] == UInt8(ascii: "<") {
      throw NotUnderstood()
    }
    return word
  }

  private mutating func quoted(into word: inout ShellWord, _ literal: inout [UInt8]) throws(NotUnderstood) {
    position += 1
    while position < text.count {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        if literal.isEmpty { word.pieces.append(.text([])) }
        return
      case UInt8(ascii: "`"): throw NotUnderstood()
      case UInt8(ascii: "$"):
        try expansion(isQuoted: true, into: &word, &literal)
      case UInt8(ascii: "\\"):
        guard position + 1 < text.count else { throw NotUnderstood() }
        let next = text[position + 1]
        let isEscape = [UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(next)
        if !isEscape { literal.append(byte) }
        literal.append(next)
        position += 2
      default:
        literal.append(byte)
        position += 1
      }
    }
    throw NotUnderstood()
  }

  private mutating func expansion(
    isQuoted: Bool, into word: inout ShellWord, _ literal: inout [UInt8]
  ) throws(NotUnderstood) {
    var end = position + 1
    guard end < text.count else { throw NotUnderstood() }
    let piece: ShellWord.Piece
    if text[end] == UInt8(ascii: "$") {
      end += 1
      piece = .processIdentifier
    } else {
      let isNumber = text[end].isDigit
      while end < text.count, text[end].isShellName {
        end += 1
        // `$12` is `$1` with a 2 behind it.
        if isNumber { break }
      }
      guard end > position + 1, text[position + 1] != UInt8(ascii: "0") else { throw NotUnderstood() }
      piece = .variable(Array(text[(position + 1)..<end]), isQuoted: isQuoted)
    }
    if !literal.isEmpty { word.pieces.append(.text(literal)) }
    literal = []
    word.pieces.append(piece)
    position = end
  }
}
