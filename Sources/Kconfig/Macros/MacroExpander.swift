import Diagnostics

/// Expands `$(…)`: variables, user functions, built-in functions and the environment, in this order.
///
/// Kernel: scripts/kconfig/preprocess.c and Documentation/kbuild/kconfig-macro-language.rst. References nest as deep as a
/// line is long, so they are kept on a stack of their own.
struct MacroExpander {
  private static let mostArguments = 16
  private static let deepestStack = 4_096

  var variables = MacroVariables()
  private let environment: [[UInt8]: [UInt8]]
  /// The variables of the environment that were used, in the order of their first use.
  private(set) var usedEnvironment: [UsedVariable] = []
  private var usedNames: Set<[UInt8]> = []
  let probes: any KconfigProbes
  /// What becomes of commands that nothing answers; nil where they are errors.
  var free: FreeProbes?
  private let limits: KconfigLimits
  let log: MessageLog
  private var expansions = 0
  private var expandedBytes = 0
  /// The assignment that is being made: `conf` counts its lines from the next one, which helps nobody to find it.
  private(set) var assignment: KconfigPlace?

  init(
    environment: [String: String], probes: any KconfigProbes, free: FreeProbes?, limits: KconfigLimits, log: MessageLog
  ) {
    self.environment = Dictionary(
      environment.map { (Array($0.key.utf8), Array($0.value.utf8)) }, uniquingKeysWith: { first, _ in first })
    self.probes = probes
    self.free = free
    self.limits = limits
    self.log = log
  }

  // MARK: what is expanded

  /// Expands everything in a text.
  mutating func expand(_ text: [UInt8], at place: KconfigPlace) throws(KconfigRejection) -> [UInt8] {
    try run(Text(text: text[...], arguments: [], purpose: .root), at: place)
  }

  /// Expands the word that a text begins with, and says where it ends.
  mutating func expandWord(
    _ text: ArraySlice<UInt8>, at place: KconfigPlace
  ) throws(KconfigRejection) -> (word: [UInt8], end: Int) {
    var word: [UInt8] = []
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      if byte == UInt8(ascii: "$") {
        word += try expandReference(text, at: &position, place)
      } else if byte.isKconfigWord {
        word.append(byte)
        position += 1
      } else {
        break
      }
    }
    return (word, position)
  }

  /// Expands the reference at a `$`, and moves behind it.
  mutating func expandReference(
    _ text: ArraySlice<UInt8>, at position: inout Int, _ place: KconfigPlace
  ) throws(KconfigRejection) -> [UInt8] {
    guard let clause = try clause(text, at: &position, place) else { return [UInt8(ascii: "$")] }
    let reference = [UInt8(ascii: "$"), UInt8(ascii: "(")] + clause + [UInt8(ascii: ")")]
    return try expand(reference, at: place)
  }

  /// Assigns to a variable.
  mutating func assign(
    _ name: [UInt8], _ value: [UInt8], _ kind: MacroVariables.Assignment, stated: KconfigPlace, at place: KconfigPlace
  ) throws(KconfigRejection) {
    assignment = stated
    let isRecursive = variables.isRecursive(name, kind)
    variables.assign(name, isRecursive ? value : try expand(value, at: place), kind)
    assignment = nil
  }

  /// The value of a variable of the environment; nil where there is none.
  mutating func environmentValue(_ name: [UInt8]) -> [UInt8]? {
    guard let value = environment[name] else { return nil }
    if usedNames.insert(name).inserted { usedEnvironment.append(UsedVariable(name: name, value: value)) }
    return value
  }

  // MARK: the stack

  /// A text that is being expanded.
  struct Text {
    enum Purpose {
      case root
      /// A part of the call below it: the name or an argument.
      case part
      /// What a variable stands for.
      case body(Int)
    }

    let text: ArraySlice<UInt8>
    let arguments: [[UInt8]]
    let purpose: Purpose
    var position: Int
    var output: [UInt8] = []

    init(text: ArraySlice<UInt8>, arguments: [[UInt8]], purpose: Purpose) {
      self.text = text
      self.arguments = arguments
      self.purpose = purpose
      position = text.startIndex
    }
  }

  /// A call whose name and arguments are being expanded.
  private struct Call {
    let parts: [ArraySlice<UInt8>]
    let arguments: [[UInt8]]
    var expanded: [[UInt8]] = []
  }

  private mutating func run(_ root: Text, at place: KconfigPlace) throws(KconfigRejection) -> [UInt8] {
    var texts = [root]
    var calls: [Call] = []
    while true {
      let top = texts.count - 1
      if let clause = try nextClause(&texts[top], place) {
        let arguments = texts[top].arguments
        if let argument = Self.positional(clause, arguments) {
          try count(argument.count, place)
          texts[top].output += argument
          continue
        }
        try count(clause.count, place)
        guard texts.count < Self.deepestStack else { throw log.limit("macros nest too deep", at: place) }
        let call = Call(parts: try split(clause, place), arguments: arguments)
        calls.append(call)
        texts.append(Text(text: call.parts[0], arguments: arguments, purpose: .part))
        continue
      }
      var result = texts.removeLast()
      switch result.purpose {
      case .root:
        return result.output
      case .body(let variable):
        variables.leave(variable)
      case .part:
        let last = calls.count - 1
        calls[last].expanded.append(result.output)
        if calls[last].expanded.count < calls[last].parts.count {
          let part = calls[last].parts[calls[last].expanded.count]
          texts.append(Text(text: part, arguments: calls[last].arguments, purpose: .part))
          continue
        }
        let call = calls.removeLast()
        if let body = try apply(call.expanded, place, &result.output) {
          texts.append(body)
          continue
        }
      }
      try count(result.output.count, place)
      texts[texts.count - 1].output += result.output
    }
  }

  private mutating func count(_ bytes: Int, _ place: KconfigPlace) throws(KconfigRejection) {
    expansions += 1
    expandedBytes += bytes
    guard expansions <= limits.expansions else { throw log.limit("too many macro expansions", at: assignment ?? place) }
    guard expandedBytes <= limits.expandedBytes else {
      throw log.limit("macros expand to too much text", at: assignment ?? place)
    }
  }

  /// Copies up to the next reference and gives back what stands between its parentheses; nil at the end.
  private func nextClause(_ text: inout Text, _ place: KconfigPlace) throws(KconfigRejection) -> ArraySlice<UInt8>? {
    while let dollar = text.text[text.position...].firstIndex(of: UInt8(ascii: "$")) {
      text.output += text.text[text.position..<dollar]
      text.position = dollar
      if let clause = try clause(text.text, at: &text.position, place) { return clause }
      text.output.append(UInt8(ascii: "$"))
    }
    text.output += text.text[text.position...]
    text.position = text.text.endIndex
    return nil
  }

  /// Moves from a `$` behind its reference and gives back what stands between the parentheses; nil for a mere `$`.
  private func clause(
    _ text: ArraySlice<UInt8>, at position: inout Int, _ place: KconfigPlace
  ) throws(KconfigRejection) -> ArraySlice<UInt8>? {
    let start = position + 2
    guard position + 1 < text.endIndex, text[position + 1] == UInt8(ascii: "(") else {
      position += 1
      return nil
    }
    var depth = 0
    for index in start..<text.endIndex {
      if text[index] == UInt8(ascii: "(") {
        depth += 1
      } else if text[index] == UInt8(ascii: ")") {
        if depth == 0 {
          position = index + 1
          return text[start..<index]
        }
        depth -= 1
      }
    }
    throw failure(
      .text("unterminated reference to '".utf8, text[start...], "': missing ')'".utf8), "KCONFIG120", place)
  }

  private func split(
    _ clause: ArraySlice<UInt8>, _ place: KconfigPlace
  ) throws(KconfigRejection) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var depth = 0
    var start = clause.startIndex
    for index in clause.indices {
      switch clause[index] {
      case UInt8(ascii: ",") where depth == 0:
        parts.append(clause[start..<index])
        start = index + 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
    }
    parts.append(clause[start...])
    guard parts.count <= Self.mostArguments else {
      throw failure(Array(ascii: "too many function arguments"), "KCONFIG121", place)
    }
    return parts
  }

  /// The argument that `$(1)` stands for inside a call.
  private static func positional(_ clause: ArraySlice<UInt8>, _ arguments: [[UInt8]]) -> [UInt8]? {
    guard !arguments.isEmpty, clause.count < 10,
      let number = Int(String(decoding: clause, as: UTF8.self)), number > 0, number <= arguments.count
    else { return nil }
    return arguments[number - 1]
  }

  func failure(_ text: [UInt8], _ id: String, _ place: KconfigPlace) -> KconfigRejection {
    log.rejection(KconfigMessage(.error, id: id, text, at: place))
  }
}
