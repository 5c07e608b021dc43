/// Lets the answers that nobody knows be anything: what remains to be known is counted, and texts that depend on it say
/// how.
///
/// The shell's own commands are worked out as far as they go. A compiler, assembler or linker has one of the names and
/// any version that the kernel's scripts find; every other command may succeed or fail, and print, whatever it likes.
/// Nothing is known about how the answers of one tool hang together: a compiler that accepts an option of Clang may be
/// called GCC. So there is no toolchain for some of the answers, but none is left out. An answer that stands alone as a
/// word is taken for a value, not for the name of a symbol.
public struct FreeProbes {
  private let machine: ShellMachine
  private(set) var inputs: [ProbeInput] = []
  private var inputNumbers: [Identity: Int] = [:]
  private(set) var answers: [ProbeAnswer] = []
  /// What does not hold where the tree can be read at all.
  private(set) var refusals: [ProbeCondition] = []
  private var answerNumbers: [ProbeAnswer: Int] = [:]
  private var known = KnownAnswers()

  private struct Identity: Hashable {
    var command: [UInt8]
    var aspect: String
    var isSuccess: Bool
  }

  /// - Parameters:
  ///   - folder: the folder of the tree, as `srctree` names it.
  ///   - sources: the files of the tree.
  ///   - environment: what commands see of the environment.
  public init(folder: String, sources: any KconfigSources, environment: [String: String]) {
    machine = ShellMachine(free: folder, sources: sources, environment: environment)
  }

  /// What the environment calls the tools of a toolchain that nothing is known of.
  public static let environment = [
    "AR": "ar", "BINDGEN": "bindgen", "CC": "cc", "CC_VERSION_TEXT": "cc", "CLANG_FLAGS": "", "LD": "ld", "NM": "nm",
    "OBJCOPY": "objcopy", "PAHOLE": "pahole", "PYTHON3": "python3", "RUSTC": "rustc", "RUSTC_VERSION_TEXT": "",
  ]

  // MARK: answers

  /// The value of a command, with answers in it that are not known.
  mutating func value(of command: [UInt8], at place: KconfigPlace) -> [UInt8] {
    var machine = machine
    machine.answers = known
    guard let list = try? ShellParser.parse(command) else { return anyText(command, place) }
    var shell = machine
    if let output = (try? shell.run(list, input: nil))?.output { return output.asOneLine }
    if let value = version(list, command, machine, place) { return value }
    if let form = SuccessForm(list, in: command), let texts = form.texts(in: machine) {
      switch success(form, machine, place) {
      case .known(let succeeds): return succeeds ? texts.then : texts.otherwise
      case .depends(let condition): return text(of: .choice(condition, texts.then, texts.otherwise))
      }
    }
    return anyText(command, place)
  }

  private mutating func anyText(_ command: [UInt8], _ place: KconfigPlace) -> [UInt8] {
    text(of: .input(input(.text, command, "", place)))
  }

  /// A text that other answers make up together with more text.
  mutating func composed(_ text: [UInt8], at place: KconfigPlace) -> Int {
    input(.text, text, "text", place)
  }

  private mutating func input(_ kind: ProbeInput.Kind, _ command: [UInt8], _ aspect: String, _ place: KconfigPlace)
    -> Int
  {
    let identity = Identity(command: command, aspect: aspect, isSuccess: kind == .success)
    if let number = inputNumbers[identity] { return number }
    inputNumbers[identity] = inputs.count
    inputs.append(ProbeInput(kind: kind, command: command, aspect: aspect, place: place))
    return inputs.count - 1
  }

  private mutating func text(of answer: ProbeAnswer) -> [UInt8] {
    if case .choice(_, let first, let second) = answer, first == second { return first }
    let number = answerNumbers[answer] ?? answers.count
    let text = [ProbeAnswer.mark] + Array(String(number).utf8) + [ProbeAnswer.mark]
    if number == answers.count {
      answers.append(answer)
      answerNumbers[answer] = number
      if isWord(answer) { known.words.insert(text) }
    }
    return text
  }

  private func isWord(_ answer: ProbeAnswer) -> Bool {
    func isPlain(_ text: [UInt8]) -> Bool { !text.isEmpty && text.allSatisfy(\.isKconfigWord) }
    switch answer {
    case .choice(_, let first, let second): return isPlain(first) && isPlain(second)
    case .input(let input):
      switch inputs[input].kind {
      case .name, .number: return true
      case .success, .text: return false
      }
    }
  }

  /// The files cannot be read where a text is y.
  /// - Returns: whether it is understood when that is.
  mutating func refuse(_ text: [UInt8]) -> Bool {
    guard let number = ProbeAnswer.number(text), number < answers.count else { return false }
    let yes = [UInt8(ascii: "y")]
    switch answers[number] {
    case .choice(let condition, yes, _): refusals.append(condition)
    case .choice(let condition, _, yes): refusals.append(!condition)
    case .choice: break
    case .input(let input) where inputs[input].kind == .text:
      refusals.append(ProbeCondition(fact: .compares(input, .equal, yes)))
    case .input: break
    }
    return true
  }

  /// The files cannot be read where a word is missing.
  mutating func refuseEmpty(_ input: Int) {
    if inputs[input].kind == .text { refusals.append(ProbeCondition(fact: .compares(input, .equal, []))) }
  }

  // MARK: versions

  /// What the version scripts of the kernel find: a name and a number.
  private mutating func version(
    _ list: ShellList, _ command: [UInt8], _ machine: ShellMachine, _ place: KconfigPlace
  ) -> [UInt8]? {
    guard list.items.count == 1, list.items[0].pipeline.count == 1, list.items[0].pipeline[0].redirections.isEmpty,
      let path = (try? machine.words(of: list.items[0].pipeline[0]))?.first,
      let question = machine.tree.script(at: path)?.version(in: machine.tree)
    else { return nil }
    var least: [ToolVersion] = []
    for tool in question.tools {
      // Where the tree does not say what it asks for, anything will do.
      guard let versions = machine.tree.leastVersions(of: tool) else {
        least = []
        break
      }
      least += versions
    }
    let number = input(
      .number(atLeast: least.map(\.canonical).min() ?? 0), command, question.names.isEmpty ? "" : "version", place)
    let version = text(of: .input(number))
    guard !question.names.isEmpty else { return version }
    return text(of: .input(input(.name(question.names), command, "name", place))) + [.space] + version
  }

  // MARK: success

  private enum Success {
    case known(Bool)
    case depends(ProbeCondition)
  }

  private mutating func success(_ form: SuccessForm, _ machine: ShellMachine, _ place: KconfigPlace) -> Success {
    var shell = machine
    if let outcome = try? shell.run(form.list, input: nil) { return .known(outcome.succeeds) }
    if form.list.items.count == 1, form.list.items[0].pipeline.count == 1,
      let words = try? machine.words(of: form.list.items[0].pipeline[0]), let test = Self.test(words),
      let success = success(test)
    {
      return success
    }
    return .depends(ProbeCondition(fact: .succeeds(input(.success, form.command, "", place))))
  }

  private static func test(_ words: [[UInt8]]) -> ShellTest? {
    if words.first == Array(ascii: "test") { return try? ShellTest(Array(words.dropFirst())) }
    guard words.first == Array(ascii: "["), words.last == Array(ascii: "]"), words.count > 1 else { return nil }
    return try? ShellTest(Array(words.dropFirst().dropLast()))
  }

  /// What a test of an answer comes to; nil where it does not follow from the answer alone.
  private func success(_ test: ShellTest) -> Success? {
    switch test {
    case .not(let inner):
      switch success(inner) {
      case .known(let holds): return .known(!holds)
      case .depends(let condition): return .depends(!condition)
      case nil: return nil
      }
    case .exists: return nil
    case .isEmpty(let text): return compared(text, .equal, [], numerically: false)
    case .compare(let left, let relation, let right, let numerically):
      return compared(left, relation, right, numerically: numerically)
        ?? compared(right, relation.mirrored, left, numerically: numerically)
    }
  }

  private func compared(
    _ text: [UInt8], _ relation: KconfigRelation, _ constant: [UInt8], numerically: Bool
  ) -> Success? {
    guard let number = ProbeAnswer.number(text), number < answers.count, !constant.contains(ProbeAnswer.mark) else {
      return nil
    }
    if numerically, Self.canonical(constant) == nil { return nil }
    switch answers[number] {
    case .choice(let condition, let first, let second):
      func holds(_ text: [UInt8]) -> Bool? {
        guard let test = try? ShellTest.compare(text, relation, constant, numerically: numerically).holds(in: machine)
        else { return nil }
        return test
      }
      guard let first = holds(first), let second = holds(second) else { return nil }
      return first == second ? .known(first) : .depends(first ? condition : !condition)
    case .input(let input):
      switch inputs[input].kind {
      case .success: return nil
      case .number:
        guard let canonical = Self.canonical(constant), numerically || canonical == constant else {
          return .known(relation == .notEqual)
        }
        return .depends(ProbeCondition(fact: .compares(input, relation, canonical)))
      case .name(let names):
        guard !numerically else { return nil }
        let isOne = names.contains { Array($0.utf8) == constant }
        return isOne
          ? .depends(ProbeCondition(fact: .compares(input, relation, constant))) : .known(relation == .notEqual)
      case .text:
        guard !numerically else { return nil }
        return .depends(ProbeCondition(fact: .compares(input, relation, constant)))
      }
    }
  }

  /// A number as it is usually written; nil for other texts.
  private static func canonical(_ text: [UInt8]) -> [UInt8]? {
    ShellTest.number(text).map { Array(String($0).utf8) }
  }
}

extension KconfigRelation {
  /// What holds with the sides changed.
  fileprivate var mirrored: KconfigRelation {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
