/// `test` and `[`.
extension ShellMachine {
  func test(_ arguments: some Collection<[UInt8]>) throws(Unanswered) -> ShellOutcome {
    try ShellTest(Array(arguments)).holds(in: self) ? ShellOutcome() : .failure
  }

  /// Whether there is a file, as far as it is known.
  fileprivate func isFile(_ path: [UInt8]) -> Bool? {
    if toolchain.files.contains(path) { return true }
    if let tool = toolchain.tool(at: path) { return tool.exists }
    return tree.hasFile(at: path)
  }
}

/// The question that `test` is asked.
enum ShellTest {
  /// Is the text empty?
  case isEmpty([UInt8])
  /// Is there such a file?
  case exists([UInt8])
  case compare([UInt8], KconfigRelation, [UInt8], numerically: Bool)
  indirect case not(ShellTest)

  /// - Throws: where the words are no question that every shell takes alike.
  init(_ words: [[UInt8]]) throws(ShellMachine.Unanswered) {
    let texts = words.map { String(decoding: $0, as: UTF8.self) }
    switch words.count {
    case 1:
      self = .not(.isEmpty(words[0]))
    case 2:
      switch texts[0] {
      case "-z": self = .isEmpty(words[1])
      case "-n": self = .not(.isEmpty(words[1]))
      case "-e": self = .exists(words[1])
      case "!": self = .isEmpty(words[1])
      default: throw ShellMachine.Unanswered()
      }
    case 3:
      if let (relation, numerically) = Self.relations[texts[1]] {
        self = .compare(words[0], relation, words[2], numerically: numerically)
      } else if texts[0] == "!" {
        self = .not(try ShellTest(Array(words.dropFirst())))
      } else {
        throw ShellMachine.Unanswered()
      }
    case 4 where texts[0] == "!":
      self = .not(try ShellTest(Array(words.dropFirst())))
    default:
      throw ShellMachine.Unanswered()
    }
  }

  private static let relations: [String: (KconfigRelation, Bool)] = [
    "=": (.equal, false), "!=": (.notEqual, false), "-eq": (.equal, true), "-ne": (.notEqual, true),
    "-lt": (.less, true), "-le": (.lessOrEqual, true), "-gt": (.greater, true), "-ge": (.greaterOrEqual, true),
  ]

  /// The answer.
  func holds(in machine: ShellMachine) throws(ShellMachine.Unanswered) -> Bool {
    let answer: Bool?
    switch self {
    case .not(let question):
      answer = try !question.holds(in: machine)
    case .isEmpty(let text):
      answer = machine.answers.isEmpty(text)
    case .exists(let path):
      answer = machine.isFile(path)
    case .compare(let left, let relation, let right, numerically: true):
      guard let left = Self.number(left), let right = Self.number(right) else { throw ShellMachine.Unanswered() }
      answer = relation.holds(for: left < right ? -1 : left == right ? 0 : 1)
    case .compare(let left, let relation, let right, numerically: false):
      let isKnown = (left + right).allSatisfy { $0 != ShellMachine.processIdentifier && $0 != ProbeAnswer.mark }
      answer = isKnown || left == right ? relation.holds(for: left == right ? 0 : 1) : nil
    }
    guard let answer else { throw ShellMachine.Unanswered() }
    return answer
  }

  /// A decimal number as every shell reads it.
  static func number(_ text: [UInt8]) -> Int64? {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
    return Int64(String(decoding: text, as: UTF8.self))
  }
}
