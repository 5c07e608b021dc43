import TestSupport

@testable import Kconfig

/// Small trees in which everything depends on what comes before it, and everything that a user can say about them, but for
/// what is the same as saying nothing.
struct RandomTree {
  /// What a user can say about a symbol: nothing, or one of some values.
  struct Voice {
    var symbol: String
    var values: [String]
  }

  private(set) var text = "config MODULES\n\tbool \"modules\"\n\tmodules\n\n"
  private(set) var voices = [Voice(symbol: "MODULES", values: ["y"])]
  /// All symbols, in the order of the text.
  private(set) var symbols = ["MODULES", "NUMBER"]
  private var random: SeededGenerator
  private var names: [String] = []

  /// - Parameter isOld: with the choice symbols, which may be tristate and optional.
  init(seed: UInt64, isOld: Bool) {
    random = SeededGenerator(seed: seed)
    text += "config NUMBER\n\tint \"number\"" + condition() + "\n\trange 1 3\n\tdefault 2\n\n"
    voices.append(Voice(symbol: "NUMBER", values: ["1", "3"]))
    for name in ["A", "B"] { add(name) }
    text += "config TARGET\n\ttristate\n\tdepends on \(expression())\n\n"
    symbols.append("TARGET")
    addChoice(isOld)
    text += "config LAST\n\tdef_bool y\n\tdepends on (P || TARGET) && NUMBER != 3\n\n"
    symbols.append("LAST")
    text += "config NAME\n\tstring \"name\"\n\tdefault \"x\" if Q\n\tdepends on \(expression())\n"
    voices.append(Voice(symbol: "NAME", values: ["x", "z"]))
    symbols.append("NAME")
  }

  private mutating func add(_ name: String) {
    let isBool = Bool.random(using: &random)
    let hasPrompt = Int.random(in: 0..<4, using: &random) > 0
    text += "config \(name)\n\t\(isBool ? "bool" : "tristate")" + (hasPrompt ? " \"\(name)\"" + condition() : "") + "\n"
    if !names.isEmpty, Bool.random(using: &random) { text += "\tdepends on \(expression())\n" }
    if Bool.random(using: &random) {
      text += "\tdefault \(["y", "m", "n"].randomElement(using: &random) ?? "y")\(condition())\n"
    }
    if Bool.random(using: &random) {
      text += "\t\(Bool.random(using: &random) ? "select" : "imply") TARGET\(condition())\n"
    }
    text += "\n"
    if hasPrompt { voices.append(Voice(symbol: name, values: isBool ? ["y", "n"] : ["y", "m", "n"])) }
    symbols.append(name)
    names.append(name)
  }

  private mutating func addChoice(_ isOld: Bool) {
    let isTristate = isOld && Bool.random(using: &random)
    let isOptional = isOld && Int.random(in: 0..<3, using: &random) == 0
    text += "choice\n\tprompt \"one\"" + condition() + "\n"
    if isTristate { text += "\ttristate\n" }
    if isOptional { text += "\toptional\n" }
    if Bool.random(using: &random) { text += "\tdefault Q" + condition() + "\n" }
    for member in ["P", "Q"] {
      text += "config \(member)\n\t\(isTristate ? "tristate" : "bool") \"\(member)\"\n\tdepends on \(expression())\n"
      voices.append(Voice(symbol: member, values: isTristate ? ["y", "m", "n"] : ["y", "n"]))
      symbols.append(member)
    }
    text += "endchoice\n\n"
  }

  private mutating func operand() -> String {
    let name = names.randomElement(using: &random) ?? "y"
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return "!\(name)"
    case 1: return "\(name) = \(["y", "m", "n"].randomElement(using: &random) ?? "y")"
    case 2 where symbols.count > 2: return "NUMBER > \(Int.random(in: 0...4, using: &random))"
    default: return name
    }
  }

  private mutating func expression() -> String {
    let joint = Bool.random(using: &random) ? " && " : " || "
    let count = Int.random(in: 1...2, using: &random)
    return (0..<count).map { _ in operand() }.joined(separator: joint)
  }

  private mutating func condition() -> String { Bool.random(using: &random) ? " if \(expression())" : "" }

  /// What a user says: for each voice nothing (-1) or the number of a value.
  typealias Words = [Int]

  /// Everything that a user can say.
  var allWords: [Words] {
    voices.reduce([[]]) { words, voice in
      words.flatMap { word in (-1..<voice.values.count).map { word + [$0] } }
    }
  }

  func randomWords(using random: inout SeededGenerator) -> Words {
    voices.map { Int.random(in: -1..<$0.values.count, using: &random) }
  }

  /// The `.config` file of what is said: what differs from `standing` comes last.
  func file(_ words: Words, behind standing: Words) -> [UInt8] {
    func line(_ voice: Int) -> String {
      guard words[voice] >= 0 else { return "" }
      let (symbol, value) = (voices[voice].symbol, voices[voice].values[words[voice]])
      if symbol == "NAME" { return "CONFIG_NAME=\"\(value)\"\n" }
      return value == "n" ? "# CONFIG_\(symbol) is not set\n" : "CONFIG_\(symbol)=\(value)\n"
    }
    let stay = voices.indices.filter { words[$0] == standing[$0] }
    let change = voices.indices.filter { words[$0] != standing[$0] }
    return Array((stay + change).map(line).joined().utf8)
  }
}
