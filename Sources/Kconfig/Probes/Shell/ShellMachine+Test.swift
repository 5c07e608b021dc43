/// `test` and `[`.
extension ShellMachine {
  func test(_ arguments: some Collection<[UInt8]>) throws(Unanswered) -> ShellOutcome {
    guard let holds = try ShellTest(Array(arguments)).holds(where: isFile) else { throw Unanswered() }
    return holds ? ShellOutcome() : .failure
  }

  /// Whether there is a file, as far as it is known.
  private func isFile(_ path: [UInt8]) -> Bool? {
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

  /// The answer; nil where it is not known.
  func holds(where isFile: ([UInt8]) -> Bool?) throws(ShellMachine.Unanswered) -> Bool? {
    switch self {
    case .not(let question):
      return try question.holds(where: isFile).map { !$0 }
    case .isEmpty(let text):
      return text.isEmpty
    case .exists(let path):
      return isFile(path)
    case .compare(let left, let relation, let right, numerically: true):
      guard let left = Self.number(left), let right = Self.number(right) else { throw ShellMachine.Unanswered() }
      return relation.holds(for: left < right ? -1 : left == right ? 0 : 1)
    case .compare(let left, let relation, let right, numerically: false):
      guard !(left + right).contains(ShellMachine.processIdentifier) else { throw ShellMachine.Unanswered() }
      return relation.holds(for: left == right ? 0 : 1)
    }
  }

  /// A decimal number as every shell reads it.
  static func number(_ text: [UInt8]) -> Int64? {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
    return Int64(String(decoding: text, as: UTF8.self))
  }
}
