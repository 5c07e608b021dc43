/// The commands that print and look at text.
extension ShellMachine {
  /// Shells disagree about options and escapes of `echo`; without them they do not.
  func echo(_ arguments: [[UInt8]]) throws(Unanswered) -> ShellOutcome {
    if let first = arguments.first, first.count > 1, first.first == UInt8(ascii: "-") {
      let options = [UInt8(ascii: "n"), UInt8(ascii: "e"), UInt8(ascii: "E"), ProbeAnswer.mark]
      if first.dropFirst().allSatisfy(options.contains) || first[1] == ProbeAnswer.mark { throw Unanswered() }
    }
    // Nor may an answer that is not known be one.
    if arguments.first?.first == ProbeAnswer.mark, !answers.isWord(arguments[0]) { throw Unanswered() }
    let text = Array(arguments.joined(separator: [.space]))
    guard !text.contains(UInt8(ascii: "\\")), !text.contains(Self.processIdentifier) else { throw Unanswered() }
    return ShellOutcome(text + [.newline])
  }

  /// `printf` of one `%s` or `%b`, with or without a line end behind it.
  func printf(_ arguments: [[UInt8]]) throws(Unanswered) -> ShellOutcome {
    guard arguments.count == 2, Self.isKnown(arguments[1]) else { throw Unanswered() }
    switch String(decoding: arguments[0], as: UTF8.self) {
    case "%s": return ShellOutcome(arguments[1])
    case "%s\\n": return ShellOutcome(arguments[1] + [.newline])
    case "%b": return ShellOutcome(try unescaped(arguments[1]))
    case "%b\\n": return ShellOutcome(try unescaped(arguments[1]) + [.newline])
    default: throw Unanswered()
    }
  }

  /// The escapes that all shells take alike.
  private func unescaped(_ text: [UInt8]) throws(Unanswered) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): result.append(.newline)
      case UInt8(ascii: "t"): result.append(.tab)
      case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
      default: throw Unanswered()
      }
    }
    return result
  }

  /// `head -n N` and `head -nN`.
  func head(_ arguments: [[UInt8]], _ input: [UInt8]?) throws(Unanswered) -> ShellOutcome {
    let option = Array(ascii: "-n")
    guard let first = arguments.first, first.starts(with: option) else { throw Unanswered() }
    let digits = arguments.count == 2 && first == option ? arguments[1][...] : first.dropFirst(2)
    guard arguments.count == 1 || first == option && arguments.count == 2, let input, Self.isKnown(input),
      let number = Int(String(decoding: digits, as: UTF8.self)), number > 0, digits.allSatisfy(\.isDigit)
    else { throw Unanswered() }
    var lines = 0
    let end = input.firstIndex { byte in
      if byte == .newline { lines += 1 }
      return lines == number
    }
    return ShellOutcome(Array(input.prefix(through: (end ?? input.count - 1))))
  }

  /// `grep -q`, with `-i` and `-v`, of a text that is no pattern.
  func grep(_ arguments: [[UInt8]], _ input: [UInt8]?) throws(Unanswered) -> ShellOutcome {
    guard arguments.count == 2, let input, Self.isKnown(input), arguments[0].first == UInt8(ascii: "-") else {
      throw Unanswered()
    }
    let options = arguments[0].dropFirst()
    let known = [UInt8(ascii: "q"), UInt8(ascii: "i"), UInt8(ascii: "v")]
    let pattern = arguments[1]
    guard options.contains(UInt8(ascii: "q")), options.allSatisfy(known.contains), !pattern.isEmpty,
      pattern.allSatisfy({ $0.isKconfigWord || $0 == UInt8(ascii: "%") }), pattern.first != UInt8(ascii: "-")
    else { throw Unanswered() }
    let isInverted = options.contains(UInt8(ascii: "v"))
    let ignoresCase = options.contains(UInt8(ascii: "i"))
    let wanted = ignoresCase ? Self.lowercased(pattern) : pattern
    for line in Self.lines(of: input) {
      let text = ignoresCase ? Self.lowercased(line) : Array(line)
      if Self.holds(text, wanted) != isInverted { return ShellOutcome() }
    }
    return .failure
  }

  /// Whether nothing in a text depends on what is not known.
  private static func isKnown(_ text: [UInt8]) -> Bool {
    text.allSatisfy { $0 != processIdentifier && $0 != ProbeAnswer.mark }
  }

  /// The lines of a text; a line end at its end begins no further one.
  static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = text.split(separator: .newline, omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  /// Whether a part stands anywhere in a text.
  static func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  private static func lowercased(_ text: some Sequence<UInt8>) -> [UInt8] {
    text.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }
}
