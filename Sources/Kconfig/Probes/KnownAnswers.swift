/// What is known of answers that are not known.
struct KnownAnswers {
  /// Those that are one word each, without anything that means something to a shell.
  var words: Set<[UInt8]> = []

  func isWord(_ answer: [UInt8]) -> Bool { words.contains(answer) }
}
