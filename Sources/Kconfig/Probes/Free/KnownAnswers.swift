/// What a shell can tell of texts with answers in them that are not known.
struct KnownAnswers {
  /// Those that are one word each, without anything that means something to a shell.
  var words: Set<[UInt8]> = []

  func isWord(_ answer: [UInt8]) -> Bool { words.contains(answer) }

  /// Whether a text is empty; nil where that depends.
  func isEmpty(_ text: [UInt8]) -> Bool? {
    guard text.contains(ProbeAnswer.mark) else { return text.isEmpty }
    var rest = text[...]
    while rest.first == ProbeAnswer.mark, let end = rest.dropFirst().firstIndex(of: ProbeAnswer.mark) {
      if isWord(Array(rest[...end])) { return false }
      rest = rest[(end + 1)...]
    }
    return rest.isEmpty ? nil : false
  }
}
