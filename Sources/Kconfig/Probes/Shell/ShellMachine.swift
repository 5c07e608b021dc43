/// Works out what a command would print and whether it would succeed, without running anything.
///
/// It knows the shell's own commands as far as probes use them, the described tools, and the kernel's scripts. A command
/// that it does not know, or an argument whose meaning depends on the shell, ends it: nothing is guessed.
struct ShellMachine {
  /// The answer is not known.
  struct Unanswered: Error {}

  /// What stands for `$$`: a process number that nobody knows.
  static let processIdentifier: UInt8 = 1
  /// Variables that a shell has a use for itself.
  private static let shellVariables: Set<String> = [
    "ENV", "HOME", "IFS", "LINENO", "MAIL", "MAILPATH", "OLDPWD", "OPTARG", "OPTIND", "PATH", "PPID", "PS1", "PS2",
    "PS4", "PWD", "RANDOM", "SECONDS", "UID",
  ]

  let toolchain: DescribedToolchain
  let tree: KernelScripts
  /// What is known of answers that are not known.
  var answers = KnownAnswers()
  /// The environment; `env` adds to it for one command.
  var variables: [[UInt8]: [UInt8]]
  /// `$1` and so on.
  var parameters: [[UInt8]] = []
  /// Folders that the command has made.
  var madeFolders: Set<[UInt8]> = []

  /// A shell with the described tools.
  init(
    _ toolchain: DescribedToolchain, folder: String, sources: any KconfigSources, environment: [String: String]
  ) {
    self.toolchain = toolchain.placed(in: folder)
    tree = KernelScripts(folder: folder, sources: sources)
    variables = Dictionary(
      environment.map { (Array($0.key.utf8), Array($0.value.utf8)) }, uniquingKeysWith: { first, _ in first })
  }

  /// A shell without tools.
  init(free folder: String, sources: any KconfigSources, environment: [String: String]) {
    let nothing = DescribedToolchain(tools: [:], variables: [:], files: [])
    self.init(nothing, folder: folder, sources: sources, environment: environment)
  }

  // MARK: lists and pipelines

  mutating func run(_ list: ShellList, input: [UInt8]?) throws(Unanswered) -> ShellOutcome {
    var outcome = ShellOutcome()
    for item in list.items {
      switch item.connection {
      case .afterSuccess where !outcome.succeeds, .afterFailure where outcome.succeeds: continue
      default: break
      }
      let next = try run(item.pipeline, input: input)
      outcome = ShellOutcome(
        Self.behind(outcome.output, next.output), errors: Self.behind(outcome.errors, next.errors),
        succeeds: next.succeeds)
    }
    return outcome
  }

  private static func behind(_ first: [UInt8]?, _ second: [UInt8]?) -> [UInt8]? {
    guard let first, let second else { return nil }
    return first + second
  }

  private mutating func run(_ pipeline: [ShellStage], input: [UInt8]?) throws(Unanswered) -> ShellOutcome {
    guard pipeline.count > 1 else { return try run(pipeline[0], input: input) }
    var outcome = ShellOutcome(input)
    var errors: [UInt8]? = []
    for stage in pipeline {
      // Each stage is a shell of its own: what it sets is gone with it.
      var machine = self
      outcome = try machine.run(stage, input: outcome.output)
      // Stages run side by side.
      errors = errors == [] ? outcome.errors : outcome.errors == [] ? errors : nil
    }
    return ShellOutcome(outcome.output, errors: errors, succeeds: outcome.succeeds)
  }

  private mutating func run(_ stage: ShellStage, input: [UInt8]?) throws(Unanswered) -> ShellOutcome {
    let outcome: ShellOutcome
    switch stage.command {
    case .group(let list, _): outcome = try run(list, input: input)
    case .words: outcome = try run(try words(of: stage), input: input)
    }
    return outcome.redirected(stage.redirections)
  }

  // MARK: words

  /// The words of a command, expanded; a group has none.
  func words(of stage: ShellStage) throws(Unanswered) -> [[UInt8]] {
    guard case .words(let words) = stage.command else { throw Unanswered() }
    var fields: [[UInt8]] = []
    for word in words { try expand(word, into: &fields) }
    return fields
  }

  private func expand(_ word: ShellWord, into fields: inout [[UInt8]]) throws(Unanswered) {
    var field: [UInt8]?
    for piece in word.pieces {
      switch piece {
      case .text(let text): field = (field ?? []) + text
      case .processIdentifier: field = (field ?? []) + [Self.processIdentifier]
      case .answer(let answer):
        // Nobody knows how many words it is.
        guard answers.isWord(answer) else { throw Unanswered() }
        field = (field ?? []) + answer
      case .variable(let name, true): field = (field ?? []) + (try value(of: name))
      case .variable(let name, false):
        let value = try value(of: name)
        guard !value.contains(where: Self.mayMatchFiles) else { throw Unanswered() }
        let parts = value.split { $0.isBlank || $0 == .newline }
        // Blanks at an end separate from what stands beside it.
        if let first = value.first, first.isBlank, let last = field {
          fields.append(last)
          field = nil
        }
        for (number, part) in parts.enumerated() {
          if number > 0, let last = field {
            fields.append(last)
            field = nil
          }
          field = (field ?? []) + part
        }
        if let last = value.last, last.isBlank, let ended = field {
          fields.append(ended)
          field = nil
        }
      }
    }
    if let field { fields.append(field) }
  }

  private static func mayMatchFiles(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "\\")].contains(byte)
  }

  private func value(of name: [UInt8]) throws(Unanswered) -> [UInt8] {
    if let first = name.first, first.isDigit {
      let number = Int(first - UInt8(ascii: "0"))
      return number <= parameters.count ? parameters[number - 1] : []
    }
    guard !Self.shellVariables.contains(String(decoding: name, as: UTF8.self)), let value = variables[name] else {
      throw Unanswered()
    }
    return value
  }

  // MARK: simple commands

  /// Runs a command by its words.
  mutating func run(_ words: [[UInt8]], input: [UInt8]?) throws(Unanswered) -> ShellOutcome {
    guard let name = words.first else { throw Unanswered() }
    let arguments = Array(words.dropFirst())
    if let tool = toolchain.tool(at: name) { return try tool.answer(to: arguments, input: input, in: self) }
    if let script = tree.script(at: name) { return try script.run(arguments, in: self) }
    switch String(decoding: name, as: UTF8.self) {
    case "true", ":": return ShellOutcome()
    case "false": return .failure
    case "echo": return try echo(arguments)
    case "printf": return try printf(arguments)
    case "test": return try test(arguments)
    case "[":
      guard arguments.last == [UInt8(ascii: "]")] else { throw Unanswered() }
      return try test(arguments.dropLast())
    case "command": return try find(arguments)
    case "set":
      guard arguments.first == Array(ascii: "--") else { throw Unanswered() }
      parameters = Array(arguments.dropFirst())
      return ShellOutcome()
    case "trap":
      // What it does at the end leaves no trace.
      guard arguments == [Array(ascii: "rm -rf ") + Self.scratchFolder, Array(ascii: "EXIT")] else {
        throw Unanswered()
      }
      return ShellOutcome()
    case "mkdir":
      guard arguments == [Self.scratchFolder], madeFolders.insert(Self.scratchFolder).inserted else {
        throw Unanswered()
      }
      return ShellOutcome()
    case "env": return try runWithVariables(arguments, input: input)
    case "head": return try head(arguments, input)
    case "grep": return try grep(arguments, input)
    default: throw Unanswered()
    }
  }

  /// `.tmp_$$`, as the kernel's probes name it.
  private static let scratchFolder = Array(ascii: ".tmp_") + [processIdentifier]

  /// `command -v NAME`.
  private func find(_ arguments: [[UInt8]]) throws(Unanswered) -> ShellOutcome {
    guard arguments.count == 2, arguments[0] == Array(ascii: "-v") else { throw Unanswered() }
    let name = arguments[1]
    if let tool = toolchain.tool(at: name) {
      return tool.exists ? ShellOutcome(name + [.newline]) : .failure
    }
    if name == Array(ascii: "true") || name == Array(ascii: "false") { return ShellOutcome(name + [.newline]) }
    throw Unanswered()
  }

  /// `env NAME=VALUE… COMMAND…`.
  private mutating func runWithVariables(_ arguments: [[UInt8]], input: [UInt8]?) throws(Unanswered) -> ShellOutcome {
    var machine = self
    var rest = arguments[...]
    while let argument = rest.first, let equal = argument.firstIndex(of: UInt8(ascii: "=")) {
      let name = Array(argument[..<equal])
      // Only what the described environment has: others may mean something to a tool.
      guard variables[name] != nil, !Self.shellVariables.contains(String(decoding: name, as: UTF8.self)) else {
        throw Unanswered()
      }
      machine.variables[name] = Array(argument[(equal + 1)...])
      rest = rest.dropFirst()
    }
    guard let command = rest.first, toolchain.tool(at: command) != nil || tree.script(at: command) != nil else {
      throw Unanswered()
    }
    return try machine.run(Array(rest), input: input)
  }
}
