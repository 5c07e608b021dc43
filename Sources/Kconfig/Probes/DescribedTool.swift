/// A program as probes see it: what it prints for which arguments.
struct DescribedTool: Sendable, Hashable {
  /// What it does where all of some words are among its arguments.
  struct Reaction: Sendable, Hashable {
    /// What it does.
    enum Deed: Sendable, Hashable {
      case succeed(prints: String)
      /// It complains on standard error.
      case fail
      /// As a C preprocessor: lines of its input with the macros that it knows replaced; all others vanish.
      case preprocess
      /// Prints a text unless the input holds another.
      case succeedUnless(inputHolds: String, prints: String)
    }

    /// Each of them is an argument of its own.
    var words: [String]
    var deed: Deed
  }

  /// False for a program that is not there.
  var exists = true
  /// The first that fits counts; without any it succeeds and prints nothing, whatever it is asked.
  var reactions: [Reaction] = []
  /// The macros of a preprocessor that stand alone on a line.
  var macros: [String: String] = [:]
  /// What it is where it is a compiler.
  var compiler: Compiler?

  /// What scripts/cc-version.sh finds out of a compiler.
  struct Compiler: Sendable, Hashable {
    var name: String
    var version: String
  }

  /// What it does with arguments and an input.
  func answer(
    to arguments: [[UInt8]], input: [UInt8]?, in machine: ShellMachine
  ) throws(ShellMachine.Unanswered) -> ShellOutcome {
    guard exists else { return .complaint }
    guard !arguments.contains(where: { $0.contains(ProbeAnswer.mark) }) else { throw ShellMachine.Unanswered() }
    switch reaction(to: arguments) {
    case nil: return ShellOutcome()
    case .succeed(let text): return ShellOutcome(machine.toolchain.placed(text))
    case .fail: return .complaint
    case .succeedUnless(let unwanted, let text):
      guard let input else { throw ShellMachine.Unanswered() }
      return ShellMachine.holds(input, Array(unwanted.utf8)) ? ShellOutcome() : ShellOutcome(Array(text.utf8))
    case .preprocess:
      guard let input else { throw ShellMachine.Unanswered() }
      return ShellOutcome(try preprocessed(input))
    }
  }

  /// Whether it would act as a preprocessor.
  func preprocesses(_ arguments: [[UInt8]]) -> Bool {
    reaction(to: arguments) == .preprocess
  }

  private func reaction(to arguments: [[UInt8]]) -> Reaction.Deed? {
    reactions.first { $0.words.allSatisfy { arguments.contains(Array($0.utf8)) } }?.deed
  }

  private func preprocessed(_ input: [UInt8]) throws(ShellMachine.Unanswered) -> [UInt8] {
    var output: [UInt8] = []
    for line in ShellMachine.lines(of: input) {
      // Anything but the name of a macro would need more of a preprocessor.
      guard line.starts(with: Array(ascii: "__")), line.allSatisfy(\.isShellName) else {
        throw ShellMachine.Unanswered()
      }
      guard let value = macros[String(decoding: line, as: UTF8.self)] else { continue }
      output += Array(value.utf8) + [.newline]
    }
    return output
  }
}
