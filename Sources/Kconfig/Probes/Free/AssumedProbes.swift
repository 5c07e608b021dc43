/// A toolchain that answers as a combination of values needs it: with it the files can be read again, without anything
/// that is not known.
public struct AssumedProbes: KconfigProbes {
  private let machine: ShellMachine
  private var successes: [[UInt8]: Bool] = [:]
  private var outputs: [[UInt8]: [UInt8]] = [:]
  /// Whether one command would have to answer twice: then there is no such toolchain.
  public private(set) var isContradictory = false

  /// - Parameters:
  ///   - answers: those of a combination; everything else fails, and prints the least that it can.
  ///   - model: the model that the combination is of.
  ///   - folder: the folder of the tree, as for `FreeProbes`; so are `sources` and `environment`.
  public init(
    _ answers: [ToolchainAnswer], in model: KconfigModel, folder: String, sources: any KconfigSources,
    environment: [String: String]
  ) {
    machine = ShellMachine(free: folder, sources: sources, environment: environment)
    let open = model.openAnswers
    var values = open.inputs.map(\.leastValue)
    for answer in answers {
      if let input = open.symbols[answer.symbol] { values[input] = answer.value }
    }
    let texts = open.answers.map { Self.text(of: $0, open, values) }
    var versions: [[UInt8]: [String: String]] = [:]
    for (input, value) in zip(open.inputs, values) {
      let command = Self.placed(texts, in: input.command)
      switch input.kind {
      case .success:
        if !Self.note(value == "y", of: command, in: &successes) { isContradictory = true }
      case .text where !input.aspect.isEmpty: break
      case .text:
        if !Self.note(Array(value.utf8), of: command, in: &outputs) { isContradictory = true }
      case .name, .number:
        if let known = versions[command]?[input.aspect], known != value { isContradictory = true }
        versions[command, default: [:]][input.aspect] = value
      }
    }
    for (command, parts) in versions {
      let text = ["name", "version", ""].compactMap { parts[$0] }.joined(separator: " ")
      if !Self.note(Array(text.utf8), of: command, in: &outputs) { isContradictory = true }
    }
  }

  /// - Returns: whether nothing else was noted before.
  private static func note<Value: Equatable>(
    _ value: Value, of command: [UInt8], in table: inout [[UInt8]: Value]
  ) -> Bool {
    defer { table[command] = value }
    return table[command].map { $0 == value } ?? true
  }

  /// What the command prints.
  public func output(of command: [UInt8]) -> [UInt8]? {
    guard let list = try? ShellParser.parse(command) else { return outputs[command] }
    var shell = machine
    if let output = (try? shell.run(list, input: nil))?.output { return output }
    if let output = outputs[command] { return output }
    guard let form = SuccessForm(list, in: command), let texts = form.texts(in: machine),
      let succeeds = successes[form.command]
    else { return nil }
    return succeeds ? texts.then : texts.otherwise
  }

  // MARK: texts

  private static func text(of answer: ProbeAnswer, _ open: OpenProbes, _ values: [String]) -> [UInt8] {
    switch answer {
    case .input(let input): return Array(values[input].utf8)
    case .choice(let condition, let first, let second):
      let holds: Bool
      switch condition.fact {
      case .succeeds(let input): holds = values[input] == "y"
      case .compares(let input, let relation, let text):
        let constant = String(decoding: text, as: UTF8.self)
        if case .number = open.inputs[input].kind {
          holds = KconfigTerm.int(values[input]).holds(relation, .int(constant))
        } else {
          holds = KconfigTerm.string(values[input]).holds(relation, .string(constant))
        }
      }
      return holds != condition.isNegated ? first : second
    }
  }

  /// A command with the texts of answers in it.
  private static func placed(_ texts: [[UInt8]], in command: [UInt8]) -> [UInt8] {
    let parts = command.split(separator: ProbeAnswer.mark, omittingEmptySubsequences: false)
    return parts.enumerated().flatMap { offset, part -> [UInt8] in
      guard offset % 2 == 1, let number = Int(String(decoding: part, as: UTF8.self)), number < texts.count else {
        return Array(part)
      }
      return texts[number]
    }
  }
}

extension ProbeInput {
  /// What it is where nothing depends on it.
  var leastValue: String {
    switch kind {
    case .success: "n"
    case .name(let names): names.first ?? ""
    case .number(let least): String(least)
    case .text: ""
    }
  }
}
